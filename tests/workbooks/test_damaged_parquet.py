"""A Parquet file with one wrong byte in its description is read or refused; it never ends the process."""

from __future__ import annotations

import io

import pytest

from integrator.errors import InputRefused
from integrator.workbooks import read_book

pyarrow = pytest.importorskip("pyarrow")
TAIL = 8
"""Bytes at the end: the length of the description, and the mark of the format."""


@pytest.mark.parametrize("value", [0, 21])
def test_a_wrong_byte_in_the_description_is_refused_or_harmless(tmp_path, value):
    from pyarrow import parquet

    made = io.BytesIO()
    parquet.write_table(pyarrow.table({"a": ["x", None] * 20, "b": [1.5, 2.0] * 20}), made)
    whole = made.getvalue()
    length = int.from_bytes(whole[-TAIL:-4], "little")
    path, refused = tmp_path / "a.parquet", 0
    for place in range(len(whole) - TAIL - length, len(whole) - TAIL):
        changed = bytearray(whole)
        changed[place] = value
        path.write_bytes(changed)
        try:
            read_book(path, "a.parquet")
        except InputRefused:
            refused += 1
    assert refused > 0
