"""What goes through Arrow and Parquet comes back as it was."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.spark import frames
from integrator.spark.frames import (
    ExchangeError,
    from_arrow,
    read_frame,
    rows_of,
    to_arrow,
    write_frame,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(["", "دش", "nan", "None", "\0"])
ROWS = st.lists(
    st.tuples(
        st.none() | TEXT,
        TEXT,
        st.floats(),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.sampled_from("abc"),
        st.booleans(),
        st.none() | st.booleans(),
    ),
    max_size=6,
)


def frame_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """A frame with a column of every kind."""
    missing, text, number, whole, category, flag, unsure = map(list, zip(*rows, strict=True)) if rows else [[]] * 7
    return pd.DataFrame(
        {
            "object": pd.Series(missing, dtype=object),
            "text": pd.Series(text, dtype=pd.StringDtype(na_value=np.nan)),
            "string": pd.array(missing, dtype="string"),
            "number": np.asarray(number, dtype=float),
            "whole": pd.array(whole, dtype="Int64"),
            "category": pd.Categorical(category, list("cab")),
            "ordered": pd.Categorical(category, list("cab"), ordered=True),
            "flag": np.asarray(flag, dtype=bool),
            "unsure": pd.array(unsure, dtype="boolean"),
        }
    )


@given(ROWS)
def test_every_kind_of_column_comes_back(rows):
    frame = frame_of(rows)
    found = from_arrow(to_arrow(frame))
    pd.testing.assert_frame_equal(found, frame, check_exact=True)
    assert found["object"].tolist() == frame["object"].tolist(), "None stays None, and is no NaN"
    signs = [np.signbit(one["number"].to_numpy()).tolist() for one in (found, frame)]
    assert signs[0] == signs[1], "a zero keeps its sign"


def test_a_number_that_is_not_known_is_no_missing_one():
    table = to_arrow(pd.DataFrame({"number": [1.0, np.nan], "text": pd.Series(["", None], dtype=object)}))
    assert table.column("number").null_count == 0
    assert table.column("text").to_pylist() == ["", None]


def test_the_same_frame_gives_the_same_file_and_others_can_read_it(tmp_path):
    frame = frame_of([("a", "é", 1.5, 7, "b", True, None), (None, "", float("nan"), None, None, False, True)])
    first, again = (write_frame(frame, tmp_path / f"{name}.parquet") for name in "xy")
    assert first == again
    assert (tmp_path / "x.parquet").read_bytes() == (tmp_path / "y.parquet").read_bytes()
    assert pq.read_table(tmp_path / "x.parquet").column("text").to_pylist() == ["é", ""]
    pd.testing.assert_frame_equal(read_frame(tmp_path / "x.parquet", first), frame)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.parquet", "y.parquet"]


def test_a_changed_file_is_refused(tmp_path):
    path = tmp_path / "x.parquet"
    mark = write_frame(pd.DataFrame({"number": [1.0]}), path)
    write_frame(pd.DataFrame({"number": [2.0]}), path)
    with pytest.raises(ExchangeError, match=r"x\.parquet: other bytes"):
        read_frame(path, mark)
    path.unlink()
    with pytest.raises(ExchangeError, match="cannot be read"):
        read_frame(path, mark)


@pytest.mark.parametrize(
    ("values", "words"),
    [(["a", float("nan")], "float among texts"), (["a", 0], "int among texts"), (["\ud800"], "half a character")],
)
def test_what_is_no_text_is_not_sent_as_one(values, words):
    with pytest.raises(ExchangeError, match=words):
        to_arrow(pd.DataFrame({"text": pd.Series(values, dtype=object)}))


def test_dates_are_no_column_of_ours():
    with pytest.raises(ExchangeError, match="datetime64"):
        to_arrow(pd.DataFrame({"day": pd.to_datetime(["2026-01-01"])}))


def test_a_table_of_others_is_refused():
    with pytest.raises(ExchangeError, match="not written by integrator"):
        from_arrow(pa.table({"text": ["a"]}))
    table = to_arrow(pd.DataFrame({"number": [1.0]}))
    with pytest.raises(ExchangeError, match="other columns"):
        from_arrow(table.append_column("more", pa.array([1])))
    holed = pa.Table.from_arrays([pa.array([None], pa.float64())], schema=table.schema)
    with pytest.raises(ExchangeError, match="a number is missing"):
        from_arrow(holed)


def test_rows_are_chosen_from_files_without_reading_them_whole(tmp_path, monkeypatch):
    frame = pd.DataFrame({"id": pd.Series([f"S{i % 7}" for i in range(1000)], dtype="str"), "number": np.arange(1000)})
    monkeypatch.setattr(frames, "ROWS", 90)
    for name, part in (("x", frame[:600]), ("y", frame[600:]), ("z", frame[:0])):
        write_frame(part, tmp_path / f"{name}.parquet")
    paths = [tmp_path / f"{name}.parquet" for name in "xyz"]
    for chosen in ({"S3", "S5", "unknown"}, set(), {f"S{i}" for i in range(7)}):
        expected = frame[frame["id"].isin(chosen)].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows_of(paths, "id", chosen), expected)
