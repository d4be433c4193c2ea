"""Values with their interval and unit, as a reader reads them; an estimate is never shown bare."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valuations import ESTIMATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.project_sheets.theme import Style
    from integrator.wording import Wording

MARK = "≈ "
"""Stands before an estimate, which is in italics too."""
_MILLION = 1e6
_SAFE_UNIT = re.compile(r"[\w€$£%/ .-]{0,30}")
"""A unit that may stand inside a cell format; units come from the users' files."""
_COUNTED = ("jobs", "need", "supplier", "vehicle")


class Amount(NamedTuple):
    """A value between two ends, of which one may be infinite; `unit` as the tables have it.

    Both are infinite for what nothing reaches, e.g. the break-even of a part that costs more to make than to buy.
    """

    low: float
    point: float | None
    high: float
    unit: str
    is_estimated: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high and not self.is_out_of_reach

    @property
    def is_out_of_reach(self) -> bool:
        """Whether no number is large enough."""
        return self.low == math.inf

    @property
    def is_share(self) -> bool:
        """Whether it is shown in percent: a share, or a share of something named by the unit."""
        return self.unit.split("/")[0] == "share" or self.unit.startswith("of_")

    @property
    def mark(self) -> str:
        """What stands before it."""
        return MARK if self.is_estimated else ""


def amount(row: Mapping[str, Any], name: str = "", unit: str = "", *, is_estimated: bool = False) -> Amount | None:
    """The value in the columns `low`, `point`, `high` of a row, or in those of `name`; None when it is not known.

    The unit and the mark are those of the row where it has them. "At least 0 jobs" is not known.
    """
    low, point, high = (
        row[one] for one in ((f"{name}_low", name, f"{name}_high") if name else ("low", "point", "high"))
    )
    if low is None or high is None or (low == -math.inf and high == math.inf):
        return None
    unit = unit or row.get("unit", "")
    if unit in _COUNTED and low <= 0 and high == math.inf:
        return None
    return Amount(low, point, high, unit, is_estimated or row.get("status") == ESTIMATED)


def amount_text(value: Amount | None, words: Wording, *, short: bool = False) -> str:
    """`≈ 36 à 48 %, plutôt 40 %`; `short` writes millions of money as such and leaves out the likeliest value."""
    if value is None:
        return words("worth.unknown")
    if value.is_out_of_reach:
        return value.mark + words("worth.out_of_reach")
    factor, unit = _scaled(value, words, short=short)
    decimals = _decimals(value, factor)
    low, high = (_number(end * factor, decimals, words) for end in _finite(value))
    if math.isinf(value.high):
        text = words("worth.at_least", low=low)
    elif math.isinf(value.low):
        text = words("worth.at_most", high=high)
    else:
        text = low if low == high else words("worth.between", low=low, high=high)
    text = value.mark + _with_unit(text, value, unit, words)
    is_one = low == high and math.isfinite(value.low) and math.isfinite(value.high)
    if short or value.point is None or is_one:
        return text
    if math.isinf(value.point):
        return words("worth.rather", text=text, point=words("worth.out_of_reach"))
    point = _number(value.point * factor, decimals, words)
    return words("worth.rather", text=text, point=words("worth.percent", number=point) if value.is_share else point)


def _scaled(value: Amount, words: Wording, *, short: bool) -> tuple[float, str]:
    """What the numbers are multiplied by to be shown, and the unit they then have."""
    unit = unit_text(value.unit, words)
    if value.is_share:
        return 100.0, unit
    largest = max((abs(end) for end in (value.low, value.high) if math.isfinite(end)), default=0.0)
    if short and largest >= _MILLION and value.unit.endswith("/year") and not value.unit.startswith("part/"):
        return 1 / _MILLION, f"M {unit}"
    return 1.0, unit


def _with_unit(text: str, value: Amount, unit: str, words: Wording) -> str:
    number = words("worth.percent", number=text) if value.is_share else text
    return f"{number} {unit}".strip()


def _number(number: float, decimals: int, words: Wording) -> str:
    return words.number(number, decimals).replace("-", "−")


def amount_cell(span: int, value: Amount | None, words: Wording, style: Style = theme.BOLD) -> Cell:
    """A cell of a value: a number where it is one, so that a reader can go on with it, else its text."""
    if value is None:
        return Cell(span, words("worth.unknown"), {**theme.SMALL, **_frame(style)})
    look = {**style, "italic": True} if value.is_estimated else style
    unit = unit_text(value.unit, words)
    if not value.is_exact or not _SAFE_UNIT.fullmatch(unit):
        return Cell(span, amount_text(value, words), look)
    decimals = _decimals(value, 100.0 if value.is_share else 1.0)
    return Cell(span, value.low, {**look, "num_format": _cell_format(value, decimals, unit, words), "align": "left"})


def unit_text(unit: str, words: Wording) -> str:
    """`EUR/part` as `EUR/pièce`, `part/year` as `pièces/an`."""
    if unit in ("share", "position"):
        return ""
    first, *rest = unit.split("/")
    if first == "share":
        return words("worth.a", per=words.known(f"worth.per.{rest[0]}", rest[0]))
    said = [words.known(f"worth.unit.{first}", first), *(words.known(f"worth.per.{one}", one) for one in rest)]
    return "/".join(said)


def _cell_format(value: Amount, decimals: int, unit: str, words: Wording) -> str:
    mark = f'"{value.mark}"' if value.mark else ""
    tail = f'" {unit}"' if unit else ""
    if value.is_share:
        return mark + "0" + ("." + "0" * decimals if decimals else "") + words.percent_format[1:] + tail
    return mark + words.number_format(value.low, decimals) + tail


def _frame(style: Style) -> Style:
    """The lines around a look."""
    return {key: one for key, one in style.items() if key in ("top", "top_color", "bottom", "bottom_color", "bg_color")}


def _finite(value: Amount) -> tuple[float, float]:
    low = value.high if math.isinf(value.low) else value.low
    return low, low if math.isinf(value.high) else value.high


def _decimals(value: Amount, factor: float) -> int:
    """As many as tell the ends apart at a glance: none for people and large numbers, two for prices."""
    ends = [end * factor for end in _finite(value)]
    size = max(map(abs, ends))
    if value.unit == "position":
        return 2
    if value.unit in _COUNTED or size == 0:
        return 0
    if factor == 1 / _MILLION:
        return 1
    if value.is_share:
        return _digits(size, 2) if size < 1 else int(any(round(end, 1) != round(end) for end in ends))
    if value.unit.endswith("/part"):
        return 2 if size >= 1 else _digits(size, 3)
    return 0 if size >= 100 or all(end == round(end) for end in ends) else 2 if size >= 1 else _digits(size, 3)


def _digits(size: float, digits: int) -> int:
    """Decimals that show so many digits of a number below 1."""
    return min(digits - 1 - math.floor(math.log10(size)), 8)
