"""The first actors on page one, each with what speaks for it, against it and is unknown, in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.content import LEADING
from integrator.project_sheets.page import Cell, clipped
from integrator.project_sheets.valued.amounts import MARK
from integrator.text.remarks import apart

if TYPE_CHECKING:
    from integrator.project_sheets.content import Actor, SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_NONE = "–"
"""Nothing of its kind is known."""


def write_leaders(page: Page, content: SheetContent, words: Wording) -> None:
    """The first three actors; the nearest when none is able, without odds, which would be read as a finding."""
    nobody = content.opportunity["outlook"] == "none"
    actors = content.actors[:LEADING]
    is_learned = any(phrases.is_known(actor.match["probability"]) for actor in actors)
    odds = "" if nobody or not actors else "probability" if is_learned else "score"
    heads = [words(f"actors.col.{name}") if name else "" for name in ("grade", odds, "distance")]
    title = Cell(8, words("front.nearest" if nobody else "front.actors"), theme.FRONT_HEAD)
    named = (Cell(span, text, theme.FRONT_HEAD_SMALL) for span, text in zip((2, 1, 1), heads, strict=True))
    page.line([title, *named], least=16)
    if not actors:
        page.line([Cell(12, words("actors.nobody"), theme.TEXT)])
        return
    for number, actor in enumerate(actors, start=1):
        _leader(page, number, actor, content, odds, words)
    page.note(words("front.grades"))
    if odds == "probability":
        page.note(words("front.chances"))


def _leader(page: Page, number: int, actor: Actor, content: SheetContent, odds: str, words: Wording) -> None:
    match, supplier = actor.match, actor.supplier
    look = {**theme.LEADER, "align": "center"}
    number_format = words.percent_format if odds == "probability" else "0"
    grade = words("front.grade", level=match["grade"], grade=phrases.grade(match["grade"], words))
    page.line(
        [
            Cell(4, clipped(f"{number}. {supplier['name']}", 4, 2, bold=True), {**theme.LEADER, "bold": True}),
            Cell(4, clipped(phrases.place(supplier, words), 4, 2), theme.LEADER),
            Cell(2, grade, theme.grade_style(match["grade"])),
            Cell(1, match[odds] if odds else "", {**look, "bold": True, "num_format": number_format}),
            _distance(actor, content, look, words),
        ],
        least=15,
    )
    basis = match["grade_basis"]
    said = [one for one in apart(match["reasons"]) if one not in basis][:2]
    for key, text in (
        ("actors.met", words.joined((*filter(None, [basis]), *said)) or words("actors.none")),
        ("actors.gaps", words.joined(apart(match["missing"])[:2]) or _NONE),
        ("actors.ask", words.joined(apart(match["questions"])[:1]) or _NONE),
        ("actors.conflict", match["conflict"]),
    ):
        if text:
            shown = clipped(text, 10, 2 if key == "actors.met" else 1, size=8)
            cells = [Cell(2, words(key), theme.SMALL_LABEL), Cell(10, shown, theme.SMALL_TEXT)]
            page.line(cells, least=11)


def _distance(actor: Actor, content: SheetContent, look: theme.Style, words: Wording) -> Cell:
    kilometres = actor.match["distance_km"]
    if not phrases.is_known(kilometres):
        return Cell(1, _NONE, look)
    is_about = content.need["place_verified"] == "no" or actor.supplier["place_verified"] == "no"
    text = words.number(kilometres)
    return Cell(1, f"{MARK}{text}" if is_about else text, {**look, "italic": is_about})
