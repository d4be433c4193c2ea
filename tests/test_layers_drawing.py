"""docs/img/layers.svg shows the layers and imports of today; its figures may lag a little behind the code."""

import importlib.util
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

TOP = Path(__file__).resolve().parents[1]
LAG = 0.25
"""Share by which lines and imports may have changed since they were drawn: not every commit draws anew."""
FEW = 12
"""Imports between two layers, and lines of a room, that are never many."""


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("draw_layers", TOP / ".ci" / "draw_layers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw_layers"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def today(script):
    return script.structure()


def _drawn(text: str) -> tuple[dict[str, int], dict[tuple[int, int], int]]:
    groups = [one.attrib for one in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}g")]
    rooms = {one["data-room"]: int(one["data-lines"]) for one in groups if "data-room" in one}
    cells = {
        (int(one["data-from"]), int(one["data-to"])): int(one["data-imports"]) for one in groups if "data-from" in one
    }
    return rooms, cells


def _near(drawn: int, now: int) -> bool:
    return abs(drawn - now) <= max(FEW, LAG * max(drawn, now))


def test_the_drawing_shows_the_rooms_and_imports_of_today(script, today):
    rooms, cells = _drawn(script.DRAWING.read_text(encoding="utf-8"))
    now_rooms, now_cells = _drawn(script.drawing(today))
    redraw = "docs/img/layers.svg is old: python .ci/draw_layers.py"
    assert list(rooms) == list(now_rooms), redraw
    assert all(_near(lines, now_rooms[room]) for room, lines in rooms.items()), redraw
    assert all(_near(cells.get(at, 0), now_cells.get(at, 0)) for at in cells.keys() | now_cells.keys()), redraw


def test_every_import_points_down(today):
    assert all(source < target for source, target in today.imports)


def test_every_layer_of_the_drawing_stands_in_the_design_in_the_same_order(today):
    block = (TOP / "docs" / "design.md").read_text(encoding="utf-8").split("```")[1]
    lines = [line.replace("/", " ").split() for line in block.strip().splitlines()]
    assert [line[: len(layer)] for line, layer in zip(lines, today.layers, strict=True)] == today.layers
