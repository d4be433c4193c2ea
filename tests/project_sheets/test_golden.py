"""Sheets of the made-up example, cell by cell with their looks, against what was looked at on the page.

When a change is meant: `INTEGRATOR_GOLDEN=write pytest tests/project_sheets/test_golden.py`, then read the difference.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
HEAD = ("cell", "value", "format", "font", "colour", "ground", "align", "across")
CASES = [("fr", "FP-D1"), ("fr", "FP-D2"), ("en", "FP-D2"), ("ar", "FP-D2")]


def _looks(sheet):
    """One row a cell that says something: formulas as they stand, fonts as size and weight."""
    across = {one.start_cell.coordinate: one.coord.partition(":")[2] for one in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                font = f"{cell.font.size:g}" + ("b" if cell.font.bold else "") + ("i" if cell.font.italic else "")
                colour = cell.font.color.rgb if cell.font.color else ""
                ground = cell.fill.fgColor.rgb if cell.fill.fill_type else ""
                yield (cell.coordinate, str(cell.value), cell.number_format, font, colour, ground,
                       cell.alignment.horizontal or "", across.get(cell.coordinate, ""))  # fmt: skip


@pytest.mark.parametrize(("language", "name"), CASES)
def test_a_sheet_looks_as_it_did(written, language, name):
    stream = io.StringIO()
    stream.write("# Made-up data: a sheet of the example as written, one line a cell.\n")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(_looks(written(language)[name]))
    path = GOLDEN / f"{name}_{language}.csv"
    if os.environ.get("INTEGRATOR_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(stream.getvalue(), encoding="utf-8")
    assert path.read_text(encoding="utf-8").splitlines() == stream.getvalue().splitlines()
