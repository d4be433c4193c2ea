"""Figures without an upper end, and those that nothing reaches, in the cells of the calculator. Made-up figures."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

import integrator

JOB = Path(__file__).parents[2] / "examples" / "value"


class Cells:
    """The named cells of the calculator of V1: their values as stored, and what stands in them."""

    def __init__(self, path: Path) -> None:
        self._stored, self._written = (openpyxl.load_workbook(path, data_only=only)["FP-V1"] for only in (True, False))

    def has(self, name: str) -> bool:
        return name in self._stored.defined_names

    def stored(self, name: str) -> object:
        return self._stored[self._place(name)].value

    def written(self, name: str) -> object:
        return self._written[self._place(name)].value

    def _place(self, name: str) -> str:
        return str(self._stored.defined_names[name].attr_text).split("!")[1].replace("$", "")


def written(folder: Path, file: str, old: str, new: str) -> Cells:
    """The example job with one cell changed."""
    shutil.copytree(JOB, folder / "value", ignore=shutil.ignore_patterns("out"))
    path = folder / "value" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Cells(integrator.run(folder / "value" / "job.toml").write(folder / "out") / "project_sheets.xlsx")


@pytest.fixture(scope="module")
def open_volume(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """V1 is asked for in more than 600,000 parts a year."""
    folder = tmp_path_factory.mktemp("open")
    return written(
        folder, "needs.csv", "853690;injection plastique;PA66;600000;", "853690;injection plastique;PA66;>600000;"
    )


@pytest.fixture(scope="module")
def dear(tmp_path_factory: pytest.TempPathFactory) -> Cells:
    """The local part of V1 costs 6.95 EUR beside 4.62 landed: no volume pays."""
    return written(tmp_path_factory.mktemp("dear"), "values.csv", "variable_cost;2,95", "variable_cost;6,95")


def test_an_end_that_is_open_is_a_cell_to_fill_in(open_volume: Cells) -> None:
    assert open_volume.stored("volume_low") == 600_000
    assert open_volume.written("volume_high") is None
    assert open_volume.stored("gross_low") == pytest.approx(600_000 * 4.43)
    for name in ("gross_high", "net_high", "remaining_high"):
        assert open_volume.stored(name) in (None, ""), name
        assert str(open_volume.written(name)).startswith("=IFERROR(IF(COUNT("), name


def test_a_cost_that_no_volume_pays_keeps_its_calculator(dear: Cells) -> None:
    assert dear.stored("variable_cost_low") == 6.95
    assert dear.stored("gap_low") == pytest.approx(0.902, abs=5e-4)
    for name in ("break_even_low", "break_even_high", "break_even_share_low", "break_even_share_high"):
        assert dear.stored(name) in (None, ""), name
        assert str(dear.written(name)).startswith("=IFERROR(IF(COUNT("), name
