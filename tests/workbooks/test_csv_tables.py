"""Made-up tables: the fast writer gives the bytes of the plain one."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.workbooks import csv_tables
from integrator.workbooks.csv_tables import write_csv, write_csv_parts
from integrator.workbooks.writing import inert


def plainly(path: Path, frame: pd.DataFrame) -> bytes:
    """Every cell by itself, by the standard library."""
    columns = {str(name): [cell(value) for value in frame[name].tolist()] for name in frame.columns}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path.read_bytes()


def cell(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.10g}" if isinstance(value, float) else inert(str(value)) if isinstance(value, str) else str(value)


texts = st.text(
    st.sampled_from("aé,\"';\n\r\t =+-@0م\u200f\ufffe\x07<r>"), max_size=6
) | st.sampled_from(["<r>x</r>", "=1+1", "-3.5", "+212", "x" * 40_000, "  ", "nan", "é" * 20_000])  # fmt: skip
numbers = st.floats(width=64) | st.sampled_from(
    [0.0, -0.0, math.nan, math.inf, -math.inf, 1 / 3, 1e300, 123456789012.0]
)


@given(
    rows=st.lists(
        st.tuples(texts, numbers, st.none() | st.integers(-5, 5), st.booleans(), texts | st.none()), max_size=9
    )
)
def test_the_bytes_are_those_of_the_plain_writer(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")
    names = ["text", "number", "whole", "flag", "object"]
    frame = pd.DataFrame(rows, columns=names).astype({"text": str, "number": float, "whole": "Int64", "flag": bool})
    frame["object"] = frame["object"].astype(object)
    for part in (frame, frame[["text"]], frame[["number"]], frame[["object", "whole"]]):
        write_csv(folder / "fast.csv", part)
        assert (folder / "fast.csv").read_bytes() == plainly(folder / "plain.csv", part)


def test_parts_and_portions_follow_each_other(tmp_path, monkeypatch):
    frame = pd.DataFrame({"a": [f"t{i % 7}" for i in range(100)], "b": np.arange(100) / 7})
    write_csv(tmp_path / "whole.csv", frame)
    monkeypatch.setattr(csv_tables, "ROWS", 9)
    write_csv_parts(tmp_path / "parts.csv", [frame.iloc[:30], frame.iloc[30:30], frame.iloc[30:]])
    assert (tmp_path / "parts.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame({"a,b": [""], 3: [None]})])
def test_small_tables(frame, tmp_path):
    write_csv(tmp_path / "fast.csv", frame)
    assert (tmp_path / "fast.csv").read_bytes() == plainly(tmp_path / "plain.csv", frame)
