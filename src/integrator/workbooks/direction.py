"""Right to left: what a spreadsheet does not mirror by itself.

Columns, borders, merged cells, frozen panes and the places of charts follow the direction of a sheet. Alignment, the
sides of headers and footers and the axes of charts do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_OTHER_SIDE = {"left": "right", "right": "left"}
_CODES = re.compile(r"(&.)")
_RIGHT_TO_LEFT = 2
"""Reading order of a cell."""


def is_arabic(text: str) -> bool:
    """Whether a text holds Arabic letters: then it is read from the right, even where it begins with a Latin name."""
    return bool(_ARABIC.search(text))


def mirrored(style: Mapping[str, Any], text: str = "") -> dict[str, Any]:
    """The look of a cell on a sheet that runs from the right.

    What has no side begins at the right, as a number does anyway; a Latin text stays in its own order there. A style
    that states a reading order is meant as it stands.
    """
    if "reading_order" in style:
        return dict(style)
    side = style.get("align", "left")
    found = {**style, "align": _OTHER_SIDE.get(side, side)}
    return {**found, "reading_order": _RIGHT_TO_LEFT} if is_arabic(text) else found


class MirroredSheet(Worksheet):  # type: ignore[misc]
    """A sheet that runs from the right, whose headers and footers are given as for the left."""

    def __init__(self) -> None:
        super().__init__()
        self.right_to_left()

    def set_header(self, header: str = "", options: dict[str, Any] | None = None, margin: float | None = None) -> None:
        """See `xlsxwriter`."""
        super().set_header(swapped(header), options, margin)

    def set_footer(self, footer: str = "", options: dict[str, Any] | None = None, margin: float | None = None) -> None:
        """See `xlsxwriter`."""
        super().set_footer(swapped(footer), options, margin)


def mirror_chart(chart: Any) -> None:
    """Let the axis that lies across run from the right; of lying bars the library calls that of the values x too."""
    chart.x_axis["reverse"] = not chart.x_axis.get("reverse")


def swapped(sides: str) -> str:
    """A header or footer with left and right exchanged, in the order left, centre, right; `&&` is a written sign."""
    found = dict.fromkeys(("&L", "&C", "&R"), "")
    side = "&C"
    for part in _CODES.split(sides):
        if part in found:
            side = part
        else:
            found[side] += part
    found["&L"], found["&R"] = found["&R"], found["&L"]
    return "".join(code + text for code, text in found.items() if text)
