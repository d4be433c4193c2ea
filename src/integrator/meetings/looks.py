"""The look of the agenda: one dark band, hairlines, heights that hold wrapped text, both reading directions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from integrator.workbooks.writing import WorkbookWriter, Worksheet

Style = Mapping[str, Any]

_DARK, _ACCENT, _GREY, _FAINT, _LINE = "#17324D", "#1B7F8C", "#5F6B78", "#EEF2F5", "#C9D2DA"
_LINE_HEIGHT = 12.0
_SIGNS = 1.2
"""Letters of nine points in one unit of a column's width, narrow and wide ones mixed."""
_HIGHEST = 400.0


class Looks:
    """The styles of an agenda, given as for the left; the writer mirrors them."""

    def __init__(self) -> None:
        base: dict[str, Any] = {"font_name": "Calibri", "font_size": 9, "valign": "top"}
        wrapped = {**base, "text_wrap": True}
        line = {"bottom": 4, "bottom_color": _LINE}
        self.title: Style = {**base, "font_size": 16, "bold": True, "font_color": _DARK, "valign": "vcenter"}
        self.section: Style = {
            **base,
            "font_size": 11,
            "bold": True,
            "font_color": _DARK,
            "bottom": 2,
            "bottom_color": _ACCENT,
        }
        self.text: Style = {**wrapped, **line, "indent": 1}
        self.bold: Style = {**self.text, "bold": True}
        self.plain: Style = wrapped
        self.note: Style = {**wrapped, "font_size": 8, "italic": True, "font_color": _GREY}
        self.number: Style = {**base, **line, "align": "center"}
        self.value: Style = {**base, **line, "align": "right", "bold": True, "font_color": _ACCENT}
        self.link: Style = {**self.text, "font_color": _ACCENT, "underline": 1}
        self.head: Style = {
            **wrapped,
            "indent": 1,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": _DARK,
            "valign": "vcenter",
        }
        self.head_centre: Style = {**self.head, "align": "center", "indent": 0}
        self.band: Style = {
            **base,
            "font_size": 12,
            "bold": True,
            "font_color": _DARK,
            "bg_color": _FAINT,
            "valign": "vcenter",
            "indent": 1,
        }
        self.cell: Style = {**wrapped, "font_size": 8, "border": 1, "border_color": _LINE}

    def page(self, sheet: Worksheet, book: WorkbookWriter, page: str, *, landscape: bool) -> None:
        """A4, numbered."""
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(0.4, 0.4, 0.55, 0.55)
        sheet.set_footer(f"&C&8{page} &P / &N")


def height(texts: Sequence[str], widths: Sequence[float], least: float = 15.0, size: float = 9.0) -> float:
    """The height in points of a row that shows all of its wrapped texts; widths of the columns, size of the letters."""
    signs = _SIGNS * 9 / size
    lines = [
        sum(max(1, math.ceil(len(part) / (width * signs))) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return min(_HIGHEST, max(least, _LINE_HEIGHT * size / 9 * max(lines, default=1) + 3))
