"""Draws docs/img/layers.svg: the layers of pyproject.toml, with what the import graph says of them today.

Left: the rooms of each layer, with their lines of code. Right: how many modules of a layer import modules of another, a
column for each layer in the same order; all that is drawn stands right of the diagonal, as imports point down only.

    python .ci/draw_layers.py
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

TOP = Path(__file__).resolve().parents[1]
DRAWING = TOP / "docs" / "img" / "layers.svg"
PACKAGE = "integrator"

Layers = list[list[str]]
_ROOM, _HIGH, _GAP, _A_LINE, _LEFT = 132, 34, 8, 5, 24
_CELL, _HEAD = 34, 86
_INK, _SOFT, _LINE, _PAPER = "#1b2a33", "#52626b", "#d5dde1", "#ffffff"
_ROW, _BOX, _BAR, _SHADES = "#f4f7f8", "#ffffff", "#2a7f8e", ("#d9ecef", "#a9d3da", "#6db3bf", "#2a7f8e")
_STEPS = (1, 5, 20, 60)
"""From how many imports on a cell takes each shade."""


@dataclass(frozen=True)
class Structure:
    """What is drawn."""

    layers: Layers
    """From the top down."""
    lines: dict[str, int]
    """Room -> lines of its modules."""
    modules: dict[str, int]
    about: dict[str, str]
    """Room -> the first line that it says of itself."""
    imports: dict[tuple[int, int], int]
    """(layer, layer) -> pairs of modules of which the first imports the second; rooms of one layer apart."""


def structure() -> Structure:
    """The layers as they are promised, and what the code does."""
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers")
    layers = [[room.strip(" ()") for room in layer.replace(":", "|").split("|")] for layer in contract["layers"]]
    place = {room: at for at, layer in enumerate(layers) for room in layer}
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    lines: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    imports: Counter[tuple[int, int]] = Counter()
    about: dict[str, str] = {}
    for module in graph.modules:
        room = _room(module)
        if room not in place:
            continue
        text = _source(module)
        lines[room] += len(text.splitlines())
        modules[room] += 1
        if module.count(".") == 1:
            about[room] = (ast.get_docstring(ast.parse(text)) or "").split("\n")[0]
        for other in map(_room, graph.find_modules_directly_imported_by(module)):
            if other in place and other != room:
                imports[place[room], place[other]] += 1
    return Structure(layers, dict(lines), dict(modules), about, dict(imports))


def _room(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""


def _source(module: str) -> str:
    path = TOP.joinpath("src", *module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return file.read_text(encoding="utf-8") if file.exists() else ""


def drawing(what: Structure) -> str:
    """The picture as SVG."""
    heights = [_row_height(layer) for layer in what.layers]
    tops = [_HEAD + sum(heights[:at]) + at * _GAP for at in range(len(heights))]
    matrix = _LEFT + _A_LINE * (_ROOM + _GAP) + 48
    width = matrix + len(heights) * _CELL + _LEFT
    high = tops[-1] + heights[-1] + 56
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}" width="{width}" height="{high}"'
            ' font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif">',
            "<title>Layers of integrator, drawn from its imports</title>",
            f'<rect width="{width}" height="{high}" fill="{_PAPER}"/>',
            _text(_LEFT, 34, "The rooms, layer by layer", 17, _INK, weight=600),
            _text(_LEFT, 54, "A room imports from layers below its own. Bar: lines of code.", 12, _SOFT),
            _text(matrix, 34, "Who imports whom", 17, _INK, weight=600),
            _text(matrix, 54, "Imports of a layer (its row) from another (its column).", 12, _SOFT),
            *_rows(what, heights, tops, matrix - 8 - _LEFT),
            *_matrix(what, heights, tops, matrix),
            _text(_LEFT, high - 22, _total(what), 12, _SOFT),
            "</svg>\n",
        ]
    )


def _row_height(layer: list[str]) -> int:
    a_line = -(-len(layer) // _A_LINE)
    return a_line * _HIGH + (a_line + 1) * 6


def _rows(what: Structure, heights: list[int], tops: list[int], wide: int) -> Iterator[str]:
    most = max(what.lines.values())
    for at, (layer, height, top) in enumerate(zip(what.layers, heights, tops, strict=True)):
        yield f'<rect x="{_LEFT}" y="{top}" width="{wide}" height="{height}" rx="6" fill="{_ROW}"/>'
        yield _text(_LEFT + 14, top + height / 2 + 4, str(at + 1), 11, _SOFT, "middle")
        for number, room in enumerate(layer):
            x = _LEFT + 28 + (number % _A_LINE) * (_ROOM + _GAP - 4)
            y = top + 6 + (number // _A_LINE) * (_HIGH + 6)
            yield from _box(what, room, x, y, most)
        if len(layer) == 1:
            x = _LEFT + 28 + _ROOM + 8
            yield _text(x, top + height / 2 + 4, _cut(what.about[layer[0]], (wide - 28 - _ROOM - 16) // 5), 11, _SOFT)


def _box(what: Structure, room: str, x: int, y: int, most: int) -> Iterator[str]:
    lines = what.lines[room]
    bar = max(2, round((_ROOM - 20) * lines / most))
    yield f'<g data-room="{escape(room)}" data-lines="{lines}" data-modules="{what.modules[room]}">'
    yield f'<rect x="{x}" y="{y}" width="{_ROOM - 4}" height="{_HIGH}" rx="4" fill="{_BOX}" stroke="{_LINE}"/>'
    yield _text(x + 8, y + 16, room, 12, _INK, weight=600)
    yield _text(x + _ROOM - 12, y + 16, _short(lines), 10, _SOFT, "end")
    yield f'<rect x="{x + 8}" y="{y + 24}" width="{bar}" height="4" rx="2" fill="{_BAR}"/>'
    yield "</g>"


def _cut(text: str, most: int) -> str:
    text = text.rstrip(".")
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _short(lines: int) -> str:
    return f"{lines / 1000:.1f}k" if lines >= 1000 else str(round(lines, -1))


def _matrix(what: Structure, heights: list[int], tops: list[int], left: int) -> Iterator[str]:
    for at in range(len(heights)):
        yield _text(left + at * _CELL + _CELL / 2, _HEAD - 8, str(at + 1), 11, _SOFT, "middle")
    for source, (height, top) in enumerate(zip(heights, tops, strict=True)):
        for target in range(len(heights)):
            x = left + target * _CELL + 1
            shape = f'x="{x}" y="{top}" width="{_CELL - 2}" height="{height}" rx="4"'
            count = what.imports.get((source, target), 0)
            if count:
                shade = sum(count >= step for step in _STEPS) - 1
                ink = _PAPER if shade == len(_SHADES) - 1 else _INK
                yield f'<g data-from="{source + 1}" data-to="{target + 1}" data-imports="{count}">'
                yield f'<rect {shape} fill="{_SHADES[shade]}"/>'
                yield _text(x + _CELL / 2 - 1, top + height / 2 + 4, str(count), 11, ink, "middle")
                yield "</g>"
            elif source == target:
                yield f'<rect {shape} fill="{_LINE}"/>'
            elif source < target:
                yield f'<rect {shape} fill="{_ROW}"/>'


def _total(what: Structure) -> str:
    lines, modules = sum(what.lines.values()), sum(what.modules.values())
    return f"{modules} modules, {lines:,} lines, {sum(what.imports.values()):,} imports between layers"


def _text(x: float, y: float, text: str, size: int, ink: str, anchor: str = "start", weight: int = 400) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{ink}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )


if __name__ == "__main__":
    DRAWING.write_text(drawing(structure()), encoding="utf-8")
