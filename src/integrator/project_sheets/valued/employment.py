"""Jobs by every estimator that is known, and the trades that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator import places
from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.amounts import amount, amount_cell
from integrator.project_sheets.valued.lines import figure_line, head, not_stated_lines
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

FIGURES = ("jobs", "jobs_by_revenue", "jobs_by_capex", "jobs_by_station")
_LEVELS = ("manager", "technician", "operator")
_SPANS = (2, 5, 2, 3)


def has_jobs(valued: Valued) -> bool:
    """Whether any estimator is known."""
    return bool(valued.known(*FIGURES))


def write_jobs(page: Page, content: SheetContent, words: Wording) -> None:
    """The estimators side by side, their coefficients, then one row a trade."""
    valued = content.valued
    for name in FIGURES:
        figure_line(page, valued, name, words)
    not_stated_lines(page, valued, FIGURES, words)
    trades = sorted(valued.rows("trades"), key=lambda row: (_LEVELS.index(row["level"]), row["isco08"]))
    if trades:
        page.gap(3)
        head(page, _SPANS, ("level", "trade", "headcount", "when"), words)
        for row in trades:
            _trade(page, row, words)
        page.note(words("worth.trades.note"))


def _trade(page: Page, row: Row, words: Wording) -> None:
    value = amount(row, unit="jobs", is_estimated=row["estimated"] == "yes")
    page.line(
        [
            Cell(2, words(f"worth.level.{row['level']}"), theme.FACT_LABEL),
            Cell(5, trade_text(row, words), theme.FACT),
            amount_cell(2, value, words, theme.FACT),
            Cell(3, _when(row, words), theme.FACT_LABEL),
        ],
        least=11,
    )


def trade_text(row: Row, words: Wording) -> str:
    """`7213 Tôliers`, with the national codes where they are known and a mark where the code was not verified."""
    codes = ", ".join(f"{name} {row[key]}" for name, key in (("ROME", "rome"), ("REM", "rem")) if row[key])
    marks = [codes, "" if row["verified"] == "yes" else words("worth.basis.unverified")]
    said = [one for one in marks if one]
    return f"{row['isco08']} {row['title_' + words.language]}" + (f" ({', '.join(said)})" if said else "")


def _when(row: Row, words: Wording) -> str:
    months = [one for one in dict.fromkeys((row["first"], row["last"])) if one]
    when = words("worth.between", low=months[0], high=months[-1]) if len(months) == 2 else "".join(months)
    return ", ".join(
        part
        for part in (when or words("worth.when.unknown"), places.region_name(row["region"], words.language))
        if part
    )


def lacking_jobs(valued: Valued, words: Wording) -> str:
    """What lacks for a number, and which trades it would be."""
    missing = names(words.language).inputs(valued.missing("jobs"))
    text = words("worth.missing", inputs=missing) if missing else ""
    trades = ", ".join(dict.fromkeys(trade_text(row, words) for row in valued.rows("trades")))
    return words.joined((text, words("worth.trades.expected", trades=trades) if trades else ""))
