"""What making the part takes: its processes and materials, and who of the sites read declares each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.lines import head

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.steps import Step
    from integrator.wording import Wording

_SPANS = (2, 4, 2, 2, 2)
_MOST_MATERIALS = 6


def write_solution(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a process or material, then the volume to reach."""
    page.section(words("section.solution"))
    shown = [one for one in content.steps if one.role == "process"]
    shown += [one for one in content.steps if one.role == "material"][:_MOST_MATERIALS]
    if shown:
        head(page, _SPANS, ("role", "element", "basis", "sites", "able"), words)
    for one in shown:
        cells = (
            words(f"solution.{one.role}"),
            one.label,
            words("solution.asked" if one.is_asked else "solution.implied"),
            _sites(one, words),
            one.able,
        )
        looks = (theme.FACT_LABEL, theme.FACT, theme.FACT_LABEL, theme.FACT, {**theme.FACT, "align": "left"})
        page.line([Cell(*cell) for cell in zip(_SPANS, cells, looks, strict=True)], least=11)
    if not shown:
        page.pair(words("solution.process"), words("need.unknown"), theme.SMALL)
    _volumes(page, content, words)
    page.note(words("solution.note"))


def _sites(one: Step, words: Wording) -> str:
    return words("solution.sites", declared=one.declared, deduced=one.deduced)


def _volumes(page: Page, content: SheetContent, words: Wording) -> None:
    """The volume that pays, beside what is asked; equipment, area and lead time are questions."""
    row = content.valued.figure("break_even_volume")
    value = amount(row) if row else None
    look = {**theme.TEXT, "italic": value.is_estimated} if value else theme.SMALL
    page.pair(words("solution.break_even"), amount_text(value, words), look)
    page.pair(words("solution.to_study"), words("solution.to_study.list"), theme.SMALL)
