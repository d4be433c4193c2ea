"""One project on A4 portrait: headline first, then need, actors, questions, value, action, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.page import COLUMNS, Cell, Page

if TYPE_CHECKING:
    from integrator.project_sheets.content import Actor, Row, SheetContent
    from integrator.project_sheets.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter

_NEED_FIELDS = (
    "component", "component_en", "component_ar", "plant", "programme", "hs_code", "processes", "materials",
    "certifications",
)  # fmt: skip
_ASKED_WHEN_BLANK = ("hs_code", "processes", "materials")


def write_sheet(book: WorkbookWriter, content: SheetContent, portfolio: str, date: str, words: Wording) -> None:
    """Write the sheet of one project."""
    code = content.opportunity["sheet_id"]
    page = Page(book, code, f"{code}  {date}".strip())
    _headline(page, content, portfolio, date, words)
    _need(page, content, words)
    _actors(page, content, words)
    _questions(page, content, words)
    _value(page, content, words)
    _next(page, content, words)
    _evidence(page, content, words)
    page.gap()
    page.note(words("sheet.disclaimer"))
    page.finish()


def _headline(page: Page, content: SheetContent, portfolio: str, date: str, words: Wording) -> None:
    need, opportunity = content.need, content.opportunity
    kind = f"{words('sheet.kind')}  ·  {opportunity['sheet_id']}"
    back = Cell(3, words("sheet.back"), theme.BAND_LINK, f"internal:'{portfolio}'!A1")
    page.line([Cell(9, kind, theme.BAND_KIND), back], least=18)
    title = words("sheet.title", component=opportunity["component"])
    page.line([Cell(COLUMNS, title, theme.BAND_TITLE)], least=28)
    subtitle = "  |  ".join(
        part for part in (words("sheet.subtitle"), phrases.buyer(need, words), need["plant"], date) if part
    )
    page.line([Cell(COLUMNS, subtitle, theme.BAND_SUB)], least=16)
    page.gap()
    _cards(page, content, words)
    for key, shown in (
        ("sheet.banner.none", opportunity["outlook"] == "none" and need["aggregate"] != "yes"),
        ("sheet.banner.aggregate", need["aggregate"] == "yes"),
        ("sheet.banner.unsourced", not need["source_url"]),
    ):
        if shown:
            page.gap(4)
            page.line([Cell(COLUMNS, words(key), theme.BANNER)], least=18)


def _cards(page: Page, content: SheetContent, words: Wording) -> None:
    need, opportunity = content.need, content.opportunity
    unknown = words("sheet.card.unknown")
    gross = opportunity["gross_value"]
    amount = words("sheet.card.not_valued")
    if gross is not None:
        amount = f"{words.number(gross / 1e6, 1)} M {opportunity['currency']}{words('period.year')}"
    counts = " · ".join(str(opportunity[f"actors_{level}"]) for level in (4, 3, 2))
    best = phrases.grade(opportunity["best_grade"], words)
    cards = (
        ("sheet.card.imports", need["imported_from"] or unknown, "", bool(need["import_country"])),
        (
            "sheet.card.volume",
            phrases.volume(opportunity, need, words) or unknown,
            phrases.volume_kind(need, words),
            need["volume_basis"] in ("demand", "derived"),
        ),
        ("sheet.card.value", amount, phrases.value_note(opportunity, words), gross is not None),
        ("sheet.card.actors", counts, best, opportunity["outlook"] == "actors"),
    )
    page.line([Cell(3, words(key), theme.CARD_LABEL) for key, _, _, _ in cards], least=14)
    page.line([Cell(3, value, _card_value(value, good)) for _, value, _, good in cards], least=24)
    page.line([Cell(3, note, theme.CARD_NOTE) for _, _, note, _ in cards], least=13)


def _card_value(value: str, good: bool) -> theme.Style:
    """Long values in smaller letters; the signal colour marks what is weak or unknown."""
    size = 14 if len(value) <= 14 else 10 if len(value) <= 40 else 8
    return {**(theme.CARD_VALUE if good else theme.CARD_SIGNAL), "font_size": size}


def _need(page: Page, content: SheetContent, words: Wording) -> None:
    need = content.need
    page.section(words("section.need"))
    page.pair(words("need.buyer"), phrases.buyer(need, words))
    for field in _NEED_FIELDS:
        if need[field]:
            page.pair(words(f"need.{field}"), need[field])
        elif field in _ASKED_WHEN_BLANK:
            page.pair(words(f"need.{field}"), words("need.unknown"), theme.SMALL)
    volume = phrases.volume(content.opportunity, need, words)
    if volume:
        page.pair(words("need.volume"), f"{volume} – {phrases.volume_kind(need, words)} [{need['unit']}]")
    else:
        page.pair(words("need.volume"), words("need.unknown"), theme.SMALL)
    if need["sop"]:
        page.pair(words("need.sop"), need["sop"])
    if need["evidence"]:
        page.pair(words("need.evidence"), need["evidence"])
    page.pair(words("need.confidence"), words.known(f"confidence.{need['confidence']}", need["confidence"]))


def _actors(page: Page, content: SheetContent, words: Wording) -> None:
    nobody = content.opportunity["outlook"] == "none"
    page.section(words("section.nearest" if nobody else "section.actors"))
    if content.actors:
        names = ("rank", "name", "place", "grade", "score", "distance")
        heads = [words(f"actors.col.{name}") for name in names]
        spans = (1, 4, 3, 2, 1, 1)
        page.line([Cell(span, head, theme.HEAD) for span, head in zip(spans, heads, strict=True)], least=16)
    for actor in content.actors:
        _actor(page, actor, words)
    page.note(words("actors.implied") + " " + words("actors.distance_note"))
    if content.others > 0:
        page.note(words("actors.more", count=content.others))


def _actor(page: Page, actor: Actor, words: Wording) -> None:
    match, supplier = actor.match, actor.supplier
    number = {**theme.ROW_TOP, "num_format": "0", "align": "center"}
    page.line(
        [
            Cell(1, match["rank"], number),
            Cell(4, supplier["name"], theme.ROW_BOLD),
            Cell(3, phrases.place(supplier), theme.ROW_TOP),
            Cell(2, phrases.grade(match["grade"], words), theme.grade_style(match["grade"])),
            Cell(1, match["score"], number),
            Cell(1, match["distance_km"], number),
        ],
        least=15,
    )
    for key, text in (
        ("actors.basis", match["grade_basis"]),
        ("actors.met", match["reasons"]),
        ("actors.gaps", match["missing"]),
    ):
        if text:
            page.line([Cell(1, "", theme.TEXT), Cell(2, words(key), theme.LABEL), Cell(9, text, theme.TEXT)])


def _questions(page: Page, content: SheetContent, words: Wording) -> None:
    page.section(words("section.questions"))
    asked = content.opportunity["questions"].replace("\n", " ; ")
    if asked:
        page.line([Cell(3, words("questions.buyer"), theme.BOLD), Cell(9, asked, theme.ROW)])
    for actor in content.actors:
        if actor.match["questions"]:
            page.line([Cell(3, actor.supplier["name"], theme.BOLD), Cell(9, actor.match["questions"], theme.ROW)])


def _value(page: Page, content: SheetContent, words: Wording) -> None:
    opportunity = content.opportunity
    page.section(words("section.value"))
    note = phrases.value_note(opportunity, words)
    if opportunity["gross_value"] is None:
        page.pair(words("value.gross"), note)
    else:
        amount = {**theme.BOLD, "num_format": words.integer_format, "align": "left"}
        tail = f"{opportunity['currency']}{words('period.year')} – {note} [{opportunity['value_basis']}]"
        page.line(
            [
                Cell(3, words("value.gross"), theme.LABEL),
                Cell(2, opportunity["gross_value"], amount),
                Cell(7, tail, theme.TEXT),
            ]
        )
    quoted = phrases.quoted(opportunity, words)
    if quoted:
        page.pair(words("value.quoted"), quoted)
    page.pair(words("value.net"), words("value.net.todo"), theme.SMALL)


def _next(page: Page, content: SheetContent, words: Wording) -> None:
    page.section(words("section.next"))
    page.pair(words("next.action"), words(f"action.{content.opportunity['next_action']}"), theme.BOLD)
    page.line([Cell(3, words("next.owner"), theme.LABEL), Cell(9, "", theme.FILL_IN)], least=16)
    page.line([Cell(3, words("next.date"), theme.LABEL), Cell(9, "", theme.FILL_IN)], least=16)


def _evidence(page: Page, content: SheetContent, words: Wording) -> None:
    page.section(words("section.evidence"))
    share = {**theme.BOLD, "num_format": words.percent_format, "align": "left"}
    page.pair(words("sheet.completeness"), content.opportunity["completeness"], share)
    spans = (2, 1, 3, 2, 2, 1, 1)
    names = ("entity", "field", "value", "cell", "source", "date", "class")
    small = {**theme.HEAD, "font_size": 8}
    page.line([Cell(s, words(f"evidence.col.{n}"), small) for s, n in zip(spans, names, strict=True)], least=15)
    who = {actor.supplier["supplier_id"]: actor.supplier["name"] for actor in content.actors}
    for fact in content.evidence:
        _fact(page, fact, who.get(fact["entity_id"], words("evidence.need")), words)
    page.note(words("evidence.note"))


def _fact(page: Page, fact: Row, subject: str, words: Wording) -> None:
    look = {**theme.ROW, "font_size": 7.5}
    link = {**look, "font_color": theme.ACCENT, "underline": 1}
    cell = f"{fact['file'].rsplit('/', 1)[-1]} {fact['sheet']} {fact['cell']}".replace("  ", " ")
    source = fact["source_title"] or fact["source_url"]
    page.line(
        [
            Cell(2, subject, look),
            Cell(1, words.known(f"field.{fact['field']}", fact["field"]), look),
            Cell(3, fact["value"], look),
            Cell(2, cell, look),
            Cell(2, source, link if fact["source_url"] else look, fact["source_url"]),
            Cell(1, fact["source_date"], look),
            Cell(1, fact["evidence_class"], look),
        ],
        least=12,
    )
