"""The made-up tables of `example/`, and workbooks written from them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.data import read
from integrator.project_sheets import write_project_sheets

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


@pytest.fixture
def example() -> dict[str, pd.DataFrame]:
    return {name: table(name) for name in tables.ALL}


@pytest.fixture
def written(tmp_path: Path, example: dict[str, pd.DataFrame]):
    """Write the example in a language and read it back with openpyxl."""

    def write(language: str = "fr", top: int = 10, notice: str = "", **changed: pd.DataFrame) -> openpyxl.Workbook:
        path = tmp_path / "sheets.xlsx"
        write_project_sheets(path, example | changed, language, top, "2026-01-31", notice)
        return openpyxl.load_workbook(path)

    return write
