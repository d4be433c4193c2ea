"""What ranking counts over every supplier <-> plain tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from integrator.ranking import COUNTED, Counted, Vocabulary
from integrator.spark.frames import read_frame, write_frame
from integrator.vectors import Terms

if TYPE_CHECKING:
    from integrator.records import Role

RARITY, BUYERS, SIZES = "counted-rarity.parquet", "counted-buyers.parquet", "counted-sizes.parquet"


def write_counted(counted: Counted, folder: Path) -> dict[str, str]:
    """Write it into a folder; sha256 by file."""
    made = {name: counted.made[make] for name, make in COUNTED.items()}
    frames = {
        RARITY: pd.DataFrame(counted.rarity),
        BUYERS: pd.DataFrame({"buyer": pd.Series(counted.buyers, dtype=object)}),
        SIZES: pd.DataFrame({"texts": [int(one.texts) for one in made.values()]}),
        **{_name(name): _frame(one) for name, one in made.items()},
    }
    return {name: write_frame(frame, folder / name) for name, frame in frames.items()}


def read_counted(folder: Path) -> Counted:
    """What `write_counted` wrote."""
    rarity = read_frame(folder / RARITY)
    sizes = read_frame(folder / SIZES)["texts"].tolist()
    made = {
        make: _made(read_frame(folder / _name(name)), size)
        for (name, make), size in zip(COUNTED.items(), sizes, strict=True)
    }
    buyers = tuple(read_frame(folder / BUYERS)["buyer"].tolist())
    return Counted({cast("Role", role): rarity[role].to_numpy() for role in rarity.columns}, buyers, dict(made))


def _frame(counted: Terms | Vocabulary) -> pd.DataFrame:
    if isinstance(counted, Terms):
        return pd.DataFrame({"name": pd.Series(counted.names, dtype=object), "holding": counted.holding})
    return pd.DataFrame({"name": pd.Series(list(counted.columns), dtype=object), "weight": counted.weight})


def _made(frame: pd.DataFrame, texts: int) -> Terms | Vocabulary:
    names = frame["name"].tolist()
    if "holding" in frame:
        return Terms(tuple(names), frame["holding"].to_numpy(dtype=np.int64), texts)
    return Vocabulary({name: i for i, name in enumerate(names)}, frame["weight"].to_numpy(), texts)


def _name(counted: str) -> str:
    return f"counted-{counted}.parquet"
