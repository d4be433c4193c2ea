"""The first actors on page one, each with what speaks for it, against it and is unknown, in a line or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.content import LEADING
from integrator.project_sheets.grouping import sentences
from integrator.project_sheets.page import Cell, clipped
from integrator.project_sheets.valued.amounts import MARK

if TYPE_CHECKING:
    from integrator.project_sheets.content import Actor, SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_SPANS = (4, 4, 2, 1, 1)
_NONE = "–"
"""Nothing of its kind is known."""


def write_leaders(page: Page, content: SheetContent, words: Wording) -> None:
    """The first three actors; that nobody is near when there is none."""
    nobody = content.opportunity["outlook"] == "none"
    title = Cell(8, words("front.nearest" if nobody else "front.actors"), theme.FRONT_HEAD)
    actors = content.actors[:LEADING]
    is_learned = any(phrases.is_known(actor.match["probability"]) for actor in actors)
    heads = ("grade", "probability" if is_learned else "score", "distance")
    cells = zip((2, 1, 1), heads, strict=True)
    page.line(
        [title, *(Cell(span, words(f"actors.col.{name}"), theme.FRONT_HEAD_SMALL) for span, name in cells)], least=16
    )
    if not actors:
        page.line([Cell(12, words("actors.nobody"), theme.TEXT)])
        return
    for number, actor in enumerate(actors, start=1):
        _leader(page, number, actor, content, words, is_learned=is_learned)
    if is_learned:
        page.note(words("front.chances"))


def _leader(page: Page, number: int, actor: Actor, content: SheetContent, words: Wording, *, is_learned: bool) -> None:
    match, supplier = actor.match, actor.supplier
    chances = match["probability"] if is_learned else match["score"]
    look = {**theme.ROW_TOP, "align": "center", "bold": True}
    page.line(
        [
            Cell(4, clipped(f"{number}. {supplier['name']}", 4, 2, bold=True), theme.ROW_BOLD),
            Cell(4, clipped(phrases.place(supplier, words), 4, 2), theme.ROW_TOP),
            Cell(2, phrases.grade(match["grade"], words), theme.grade_style(match["grade"])),
            Cell(1, chances, {**look, "num_format": words.percent_format if is_learned else "0"}),
            _distance(actor, content, {**look, "bold": False}, words),
        ],
        least=15,
    )
    met = "; ".join((*filter(None, [match["grade_basis"]]), *sentences(match["reasons"])[:2]))
    for key, text in (
        ("actors.met", met or words("actors.none")),
        ("actors.gaps", "; ".join(sentences(match["missing"])[:2]) or _NONE),
        ("actors.ask", "; ".join(sentences(match["questions"])[:1]) or _NONE),
    ):
        page.line(
            [Cell(2, words(key), theme.SMALL_LABEL), Cell(10, clipped(text, 10, 2, size=8), theme.SMALL_TEXT)], least=11
        )


def _distance(actor: Actor, content: SheetContent, look: theme.Style, words: Wording) -> Cell:
    kilometres = actor.match["distance_km"]
    if not phrases.is_known(kilometres):
        return Cell(1, _NONE, look)
    is_about = content.need["place_verified"] == "no" or actor.supplier["place_verified"] == "no"
    text = words.number(kilometres)
    return Cell(1, f"{MARK}{text}" if is_about else text, {**look, "italic": is_about})
