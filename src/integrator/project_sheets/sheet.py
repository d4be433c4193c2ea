"""One project on A4 portrait: page one does alone, then need, market, solution, actors, economics, value, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.actors import write_actors, write_questions
from integrator.project_sheets.evidence import write_evidence
from integrator.project_sheets.excluded import write_excluded
from integrator.project_sheets.front import write_front
from integrator.project_sheets.page import Page
from integrator.project_sheets.reviewed import write_reviews
from integrator.project_sheets.risks import write_risks
from integrator.project_sheets.solution import write_solution
from integrator.project_sheets.valued.sections import write_sections
from integrator.project_sheets.worth import write_value

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter

_NEED_FIELDS = (
    "component", "component_en", "component_ar", "plant", "programme", "hs_code", "imported_from", "processes",
    "materials", "specification", "certifications",
)  # fmt: skip
_ASKED_WHEN_BLANK = ("hs_code", "imported_from", "processes", "materials", "certifications")


def write_sheet(
    book: WorkbookWriter, name: str, content: SheetContent, portfolio: str, date: str, words: Wording
) -> None:
    """Write the sheet of one project under `name`; `portfolio` is the name of the sheet to link back to."""
    header = words("sheet.title", component=phrases.component(content.need, words))
    page = Page(book, name, f"{content.opportunity['sheet_id']}  {date}".strip(), header)
    write_front(page, content, portfolio, date, words)
    _need(page, content, words)
    write_solution(page, content, words)
    write_actors(page, content, words)
    write_excluded(page, content, words)
    write_questions(page, content, words)
    write_reviews(page, content.reviews, words)
    write_value(page, content, words)
    write_sections(page, content, words)
    write_risks(page, content, words)
    write_evidence(page, content, words)
    page.gap()
    page.note(words("sheet.disclaimer"))
    page.finish()


def _need(page: Page, content: SheetContent, words: Wording) -> None:
    need = content.need
    page.section(words("section.need"))
    page.pair(words("need.buyer"), phrases.buyer(need, words))
    for field in _NEED_FIELDS:
        label = words("sheet.card.imports") if field == "imported_from" else words(f"need.{field}")
        if need[field]:
            page.pair(label, need[field])
        elif field == "processes" and content.implied:
            page.pair(label, words("need.implied", processes=", ".join(content.implied)), theme.SMALL)
        elif field in _ASKED_WHEN_BLANK:
            page.pair(label, words("need.unknown"), theme.SMALL)
    volume = phrases.volume(content.opportunity, need, words)
    if volume:
        received = f" ({words('need.volume.received', text=need['unit'])})" if need["unit"] else ""
        look = {**theme.TEXT, "italic": volume.startswith("≈")}
        page.pair(words("need.volume"), f"{volume} – {phrases.volume_kind(need, words)}{received}", look)
    else:
        page.pair(words("need.volume"), words("need.unknown"), theme.SMALL)
    if need["sop"]:
        page.pair(words("need.sop"), need["sop"])
    if need["evidence"]:
        page.pair(words("need.evidence"), need["evidence"])
    page.pair(words("need.confidence"), words.known(f"confidence.{need['confidence']}", need["confidence"]))
