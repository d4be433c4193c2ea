"""Make or buy: landed against local cost, the volume that pays, alone and with others, and what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.amounts import amount, amount_cell, amount_text
from integrator.project_sheets.valued.lines import known_lines, not_stated_lines
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

COSTS = (
    "landed_cost", "local_unit_cost", "cost_gap", "break_even_volume", "break_even_share", "subsidy_yearly",
    "subsidy_grant", "scaled_break_even",
)  # fmt: skip
POOLED = ("pooled_volume", "break_even_share_pooled")
_MOVED = ("local_unit_cost", "cost_gap", "break_even_volume", "break_even_share")
_SPANS = (4, 2, 2, 2, 2)


def has_making(valued: Valued) -> bool:
    """Whether a cost or break-even is known, or others ask for the same part."""
    return bool(valued.known(*COSTS) or valued.rows("pools"))


def write_making(page: Page, content: SheetContent, words: Wording) -> None:
    """The figures, the members of the pool, the table of sensitivities."""
    valued = content.valued
    known = known_lines(page, valued, (*COSTS[:5], *POOLED, *COSTS[5:]), words)
    _pool(page, valued, words)
    not_stated_lines(page, valued, known, words)
    _sensitivities(page, valued, words)


def _pool(page: Page, valued: Valued, words: Wording) -> None:
    members = valued.rows("pools")
    if not members:
        return
    said = "\n".join(_member(one, valued, words) for one in members)
    label = words("worth.pool", family=members[0]["pool"])
    page.line([Cell(4, label, theme.LABEL), Cell(8, said, theme.TEXT)])


def _member(one: Row, valued: Valued, words: Wording) -> str:
    name = valued.needs.get(one["member_id"], "")
    who = " – ".join(part for part in (one["member_id"], name, one["buyer"]) if part)
    is_counted = one["role"] == "counted"
    return words.told(who, amount_text(amount(one), words) if is_counted else words(f"worth.pool.{one['role']}"))


def _sensitivities(page: Page, valued: Valued, words: Wording) -> None:
    """One row a step of a driver, one column a figure."""
    rows = [row for row in valued.rows("sensitivities") if row["figure"] in _MOVED]
    if not rows:
        return
    page.gap(3)
    heads = [words("worth.col.driver"), *(names(words.language).figure(name) for name in _MOVED)]
    page.line([Cell(span, text, theme.HEAD) for span, text in zip(_SPANS, heads, strict=True)], least=15)
    steps: dict[tuple[str, float], dict[str, Row]] = {}
    for row in rows:
        steps.setdefault((row["driver"], row["change"]), {})[row["figure"]] = row
    for (driver, change), found in steps.items():
        sign = "+" if change > 0 else "−"
        moved = words("worth.percent", number=words.number(abs(change) * 100, 0))
        cells = [Cell(_SPANS[0], f"{words(f'worth.driver.{driver}')} {sign}{moved}", theme.FACT)]
        for span, name in zip(_SPANS[1:], _MOVED, strict=True):
            one = found.get(name)
            value = (
                None
                if one is None
                else amount(one, is_estimated=valued.is_estimated(name) or one["estimated"] == "yes")
            )
            cells.append(amount_cell(span, value, words, theme.FACT))
        page.line(cells, least=11)
