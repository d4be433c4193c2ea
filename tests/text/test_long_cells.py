"""A cell takes time by its length, not by the square of it: one made to stop the reading does not. Nothing is real."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from integrator.sources.headings import headings
from integrator.text.dates import read_date
from integrator.text.lists import items

LENGTH = 100_000
"""Three times what a cell of a workbook can hold; by the square it would take minutes."""
READERS: dict[str, Callable[[str], object]] = {
    "date": read_date, "list": items, "heading": headings("need").field, "unit": headings("need").unit,
}  # fmt: skip


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("text", ["2024" + " " * LENGTH + "x", "(" * LENGTH, "[" + "\n" * LENGTH + ")x", "+" * LENGTH])
def test_a_long_cell(reader: Callable[[str], object], text: str) -> None:
    begun = time.process_time()
    reader(text)
    assert time.process_time() - begun < 5
