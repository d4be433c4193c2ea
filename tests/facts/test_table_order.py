"""Tables are sorted by key like a slow twin sorts them, whatever the types of the key and the order of rows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import tables

THINGS = tables.Table("things", (("a", "text"), ("b", "integer"), ("c", "text"), ("v", "number")), ("a", "b", "c"))
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "a", "B", "é", "aa", None]),
        st.sampled_from([None, 1, 2, 10]),
        st.sampled_from(["x", "10", "9", "", "ا"]),
    ),
    max_size=12,
)


def slow(rows):
    """Rows as the contract wants them: sorted, blanks for texts that are missing, unknown numbers last."""
    filled = [("" if a is None else a, b, c, float(i)) for i, (a, b, c) in enumerate(rows)]
    return sorted(filled, key=lambda row: (row[0], row[1] is None, row[1] or 0, row[2]))


@given(ROWS)
def test_order_and_repeated_keys(rows):
    frame = pd.DataFrame([(*row, i) for i, row in enumerate(rows)], columns=["a", "b", "c", "v"])
    expected = slow(rows)
    keys = [row[:3] for row in expected]
    if len(set(keys)) < len(keys):
        with pytest.raises(tables.TableError, match="key repeats"):
            tables.check(THINGS, frame)
        return
    found = tables.check(THINGS, frame)
    got = [(a, None if pd.isna(b) else b, c, v) for a, b, c, v in found.itertuples(index=False, name=None)]
    assert got == expected
    assert list(found.index) == list(range(len(rows)))


@given(ROWS)
def test_checking_leaves_the_given_frame_alone(rows):
    frame = pd.DataFrame([(*row, i) for i, row in enumerate(dict.fromkeys(rows))], columns=["a", "b", "c", "v"])
    before = frame.copy()
    if not pd.DataFrame(slow(dict.fromkeys(rows))).duplicated([0, 1, 2] if len(frame) else None).any():
        tables.check(THINGS, frame)
    pd.testing.assert_frame_equal(frame, before)


@given(st.lists(st.sampled_from(["", "a", "é", "ا"]), min_size=1), st.data())
def test_few_texts_spread_over_many_rows(texts, data):
    numbers = data.draw(st.lists(st.integers(0, len(texts) - 1)))
    column = tables.spread(texts, pd.array(numbers, dtype="int64").to_numpy())
    pd.testing.assert_series_equal(column, pd.Series([texts[number] for number in numbers], dtype="str"))
