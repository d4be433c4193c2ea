"""Candidates that were compared and not kept, by what each lacks: nobody is left out in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valued.lines import head
from integrator.text.remarks import apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integrator.project_sheets.content import Actor, SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_SPANS = (4, 7, 1)


def write_excluded(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a reason with all its sites, the most shared reason first; nothing when everyone is shown."""
    groups = by_reason(content.excluded, words)
    if not groups:
        return
    page.section(words("section.excluded"))
    head(page, _SPANS, ("reason", "sites_named", "count"), words, numbers=("count",))
    for reason, names in groups:
        number = {**theme.FACT, "bold": True, "align": "right"}
        page.line(
            [Cell(4, reason, theme.FACT), Cell(7, ", ".join(names), theme.FACT_LABEL), Cell(1, len(names), number)],
            least=11,
        )
    page.note(words("excluded.note"))
    if content.others > 0:
        page.note(words("actors.more", count=content.others))


def by_reason(excluded: Iterable[Actor], words: Wording) -> list[tuple[str, list[str]]]:
    """Each site once, under its first gap; one without a gap under its grade."""
    found: dict[str, list[str]] = {}
    for actor in excluded:
        gaps = apart(str(actor.match["missing"]))
        reason = gaps[0] if gaps else words("excluded.grade", grade=phrases.grade(actor.match["grade"], words))
        found.setdefault(reason, []).append(str(actor.supplier["name"]))
    return sorted(found.items(), key=lambda item: -len(item[1]))
