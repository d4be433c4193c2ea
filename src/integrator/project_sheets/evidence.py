"""Where every statement of a sheet was read: subject and source once, then its facts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.completing import write_completeness
from integrator.project_sheets.page import Cell, Page

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.valuations import Row
    from integrator.wording import Wording

_SPANS = (3, 7, 1, 1)


def write_evidence(page: Page, content: SheetContent, words: Wording) -> None:
    """The facts of the need, then of the first actors."""
    page.section(words("section.evidence"))
    share = {**theme.BOLD, "num_format": words.percent_format, "align": "left"}
    page.pair(words("sheet.completeness"), content.opportunity["completeness"], share)
    write_completeness(page, content, words)
    page.gap(3)
    heads = [words(f"evidence.col.{name}") for name in ("field", "value", "cell", "class")]
    page.line([Cell(span, head, theme.HEAD) for span, head in zip(_SPANS, heads, strict=True)], least=15)
    who = {actor.supplier["supplier_id"]: str(actor.supplier["name"]) for actor in content.actors}
    for _, facts in groupby(content.evidence, key=_source):
        group = list(facts)
        first = group[0]
        subject = who[first["entity_id"]] if first["entity"] == "supplier" else words("evidence.need")
        _heading(page, subject, first, words)
        for fact in group:
            _fact(page, fact, words)
    page.note(words("evidence.note"))


def _source(fact: Row) -> tuple[str, ...]:
    names = ("entity", "entity_id", "source_title", "source_url", "source_date", "file", "sheet")
    return tuple(fact[name] for name in names)


def _heading(page: Page, subject: str, fact: Row, words: Wording) -> None:
    """Subject, title and date of the source, file and sheet read; the address of the source below, as a link."""
    source = fact["source_title"] or words("evidence.received")
    date = f" ({fact['source_date']})" if fact["source_date"] else ""
    place = fact["file"].rsplit("/", 1)[-1] + (f" [{fact['sheet']}]" if fact["sheet"] else "")
    page.line(
        [Cell(3, subject, theme.SUBJECT), Cell(5, f"{source}{date}", theme.SOURCE), Cell(4, place, theme.SOURCE)],
        least=13,
    )
    if fact["source_url"]:
        page.line([Cell(3, "", theme.FACT), Cell(9, fact["source_url"], theme.ADDRESS, fact["source_url"])], least=11)


def _fact(page: Page, fact: Row, words: Wording) -> None:
    value = "; ".join(part.strip() for part in (fact["raw"] or fact["value"]).splitlines() if part.strip())
    values = (words.known(f"field.{fact['field']}", fact["field"]), value, fact["cell"], fact["evidence_class"])
    looks = (theme.FACT_LABEL, theme.FACT, theme.FACT_LABEL, theme.FACT)
    page.line([Cell(span, text, look) for span, text, look in zip(_SPANS, values, looks, strict=True)], least=11)
