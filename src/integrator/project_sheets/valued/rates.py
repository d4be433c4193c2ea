"""Integration rates before and after, each with its definition, scope, depth, year and cost gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, Cell
from integrator.project_sheets.valuations import tokens
from integrator.project_sheets.valued.amounts import Amount, amount, amount_cell
from integrator.project_sheets.valued.lines import head, lacking_line
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

_SPANS = (1, 4, 2, 2, 1, 2)
_GREYS, _TEALS = ("#CDD4DB", "#9AA5B1"), ("#8CC3C9", theme.ACCENT)
"""Low and high end of the bars before and after."""
_NET = ("D", "E")
"""Rates of a part that rest on its domestic share; the others only ask where the plant stands."""


def has_rates(valued: Valued) -> bool:
    """Whether any rate is known."""
    return any(one["before_low"] is not None or one["after_low"] is not None for one in valued.rows("rates"))


def write_rates(page: Page, content: SheetContent, words: Wording) -> None:
    """A table for each scope that is known, and a chart of the widest."""
    valued = content.valued
    groups = [list(rows) for _, rows in groupby(valued.rows("rates"), key=lambda row: (row["scope"], row["of"]))]
    for rows in groups:
        of_part = rows[0]["of"] in valued.needs and rows[0]["scope"] == "vehicle"
        kind = "bill" if of_part else str(rows[0]["scope"])
        rates_table(page, rows, kind, words, estimated=_estimated(rows, valued), gap_estimated=_gap(rows, valued))
        if rows is groups[-1]:
            rates_chart(page, rows, kind, words)
    page.note(words("worth.rates.note"))


def _estimated(rows: Sequence[Row], valued: Valued) -> Sequence[str]:
    """Rates that rest on an estimate: of a part those with its domestic share in them."""
    return _NET if rows[0]["scope"] == "part" and valued.is_estimated("domestic_share") else ()


def _gap(rows: Sequence[Row], valued: Valued) -> bool:
    return rows[0]["scope"] == "part" and valued.is_estimated("local_unit_cost")


def rates_table(
    page: Page, rows: Sequence[Row], kind: str, words: Wording, *,
    estimated: Iterable[str] = (), gap_estimated: bool = False,
) -> None:  # fmt: skip
    """The rates of one scope: of what, what is localised, year; one row a rate, the gap beside each.

    `kind`: part, vehicle, portfolio, or bill: the bill of materials of a part.
    """
    first = rows[0]
    scope = words(f"worth.scope.{kind}", of=first["of"])
    what = localised(rows, kind, words)
    year = words("worth.scope.year", year=first["year"]) if first["year"] else words("worth.scope.no_year")
    page.line([Cell(COLUMNS, " – ".join((scope, what, year)), theme.SUBJECT)])
    head(page, _SPANS, ("rate", "definition", "before", "after", "change", "gap"), words)
    for row in rows:
        is_estimated = row["rate"] in estimated
        gap = amount(row, "gap", gap_unit(row["currency"], kind), is_estimated=gap_estimated)
        page.line(
            [
                Cell(1, row["rate"], {**theme.FACT, "bold": True}),
                Cell(4, definition(row, words), theme.FACT),
                amount_cell(2, amount(row, "before", "share"), words, theme.FACT),
                amount_cell(2, amount(row, "after", "share", is_estimated=is_estimated), words, theme.FACT),
                _change(row, is_estimated, words),
                amount_cell(2, gap, words, theme.FACT),
            ],
            least=11,
        )
    lacking_line(page, [token for row in rows for token in tokens(row["missing"])], words)


def localised(rows: Sequence[Row], kind: str, words: Wording) -> str:
    """What is localised: nothing, where no rate changes."""
    if rows[0]["need_id"] or kind == "part":
        return words("worth.localised.part")
    return words("worth.localised.lines" if _changes(rows) else "worth.localised.nothing")


def _changes(rows: Sequence[Row]) -> bool:
    return any(row["change_low"] or row["change_high"] for row in rows)


def gap_unit(currency: str, kind: str) -> str:
    """What the cost gap of a scope counts."""
    per = {"part": "/part", "vehicle": "/vehicle", "portfolio": "/year", "bill": ""}[kind]
    return currency + per if currency else ""


def definition(row: Row, words: Wording) -> str:
    """What a rate is, to which depth, and what it leaves out."""
    groups = ", ".join(words.known(f"worth.group.{one}", one) for one in row["left_out"].split(", "))
    out = words("worth.left_out", groups=groups) if row["rate"] == "B" and row["left_out"] else ""
    known = names(words.language).rates[row["rate"]]
    return words.joined((known, words(f"worth.depth.{row['depth']}"), out))


def _change(row: Row, is_estimated: bool, words: Wording) -> Cell:
    if row["change_low"] is None:
        return Cell(1, words("worth.unknown"), {**theme.SMALL, "bottom": 4, "bottom_color": theme.HAIRLINE})
    text = points_text(row, words, is_estimated=is_estimated)
    return Cell(1, text, {**theme.FACT, "italic": True} if is_estimated else theme.FACT)


def points_text(row: Row, words: Wording, *, is_estimated: bool = False) -> str:
    """The change of a rate in points of percentage, with its sign."""
    change = amount(row, "change", "points", is_estimated=is_estimated)
    if change is None:
        return words("worth.unknown")
    low, high = (_points(end, words) for end in (change.low, change.high))
    return change.mark + (low if low == high else words("worth.between", low=low, high=high))


def _points(share: float, words: Wording) -> str:
    number = round(share * 100, 1)
    sign = "+" if number > 0 else "−" if number < 0 else ""
    return sign + words.number(abs(number), 0 if number.is_integer() else 1)


def rates_chart(page: Page, rows: Sequence[Row], kind: str, words: Wording) -> None:
    """Bars of each rate before and after; of an interval its two ends. The numbers stand beside the page."""
    found = chart_columns(rows, words)
    if found:
        title = words("worth.chart.rates", scope=words(f"worth.chart.scope.{kind}"))
        page.bars(title, *found, words.percent_format)


def chart_columns(rows: Sequence[Row], words: Wording) -> tuple[dict[str, Sequence[object]], tuple[str, ...]] | None:
    """The columns of a chart by head, the rates first, and the colours of the others; None where no rate changes."""
    drawn = [(row, amount(row, "before", "share"), amount(row, "after", "share")) for row in rows]
    known = [(row, before, after) for row, before, after in drawn if before and after]
    if not known or not _changes(rows):
        return None
    before, after = [one for _, one, _ in known], [one for _, _, one in known]
    columns: dict[str, Sequence[object]] = {
        words("worth.chart.rate"): [row["rate"] for row, _, _ in known],
        **_bars(words("worth.chart.before"), before, words),
        **_bars(words("worth.chart.after"), after, words),
    }
    return columns, (*_shades(_GREYS, before), *_shades(_TEALS, after))


def _shades(shades: tuple[str, str], values: Sequence[Amount]) -> tuple[str, ...]:
    return shades[1:] if all(one.is_exact for one in values) else shades


def _bars(name: str, values: Sequence[Amount], words: Wording) -> dict[str, list[float]]:
    if all(one.is_exact for one in values):
        return {name: [one.low for one in values]}
    return {
        words("worth.chart.low", name=name): [one.low for one in values],
        words("worth.chart.high", name=name): [one.high for one in values],
    }
