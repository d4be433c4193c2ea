"""The made-up tables of `example/` in the columns of the contract."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from integrator import tables
from integrator.data import read

EXAMPLE = Path(__file__).parent / "example"


def table(name: str) -> pd.DataFrame:
    """One made-up table in the columns of the contract; what the file does not hold is unknown."""
    contract = tables.ALL[name]
    path = EXAMPLE / f"{name}.csv"
    if not path.exists():
        return tables.empty(contract)
    with path.open(encoding="utf-8") as stream:
        frame = pd.DataFrame(list(read(stream, name))).reindex(columns=contract.names)
    for column, kind in contract.columns:
        if kind in ("number", "integer"):
            frame[column] = pd.to_numeric(frame[column])
    return tables.check(contract, frame)
