"""Who could make it: the ranked actors with what speaks for them, against them and is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.grouping import by_sentence, listed
from integrator.project_sheets.page import Cell, Page
from integrator.text.remarks import apart

if TYPE_CHECKING:
    from integrator.project_sheets.content import Actor, SheetContent
    from integrator.project_sheets.valuations import Row
    from integrator.wording import Wording

_SPANS = (1, 4, 3, 2, 1, 1)


def write_actors(page: Page, content: SheetContent, words: Wording) -> None:
    """The ranked list."""
    nobody = content.opportunity["outlook"] == "none"
    page.section(words("section.nearest" if nobody else "section.actors"))
    if not content.actors:
        page.pair("", words("actors.nobody"))
        return
    is_learned = any(phrases.is_known(actor.match["probability"]) for actor in content.actors)
    names = ("rank", "name", "place", "grade", "probability" if is_learned else "score", "distance")
    looks = (theme.HEAD_CENTRE, theme.HEAD, theme.HEAD, theme.HEAD_CENTRE, theme.HEAD_CENTRE, theme.HEAD_CENTRE)
    heads = [
        Cell(span, words(f"actors.col.{name}"), look) for span, name, look in zip(_SPANS, names, looks, strict=True)
    ]
    page.line(heads, least=16)
    for number, actor in enumerate(content.actors, start=1):
        _actor(page, number, actor, content.need["place_verified"] == "no", words)
    notes = [
        "actors.implied",
        "actors.proposed",
        "actors.distance_note",
        *(["actors.probability"] if is_learned else []),
    ]
    page.note(" ".join(words(note) for note in notes))


def _actor(page: Page, number: int, actor: Actor, about: bool, words: Wording) -> None:
    """`about`: the position of the plant is not verified."""
    match, supplier = actor.match, actor.supplier
    centred = {**theme.ROW_TOP, "num_format": "0", "align": "center"}
    mark = '"≈ "' if about or supplier["place_verified"] == "no" else ""
    distance = {**centred, "num_format": mark + words.number_format(match["distance_km"] or 0)}
    page.line(
        [
            Cell(1, number, centred),
            Cell(4, supplier["name"], theme.ROW_BOLD),
            Cell(3, phrases.place(supplier, words), theme.ROW_TOP),
            Cell(2, phrases.grade(match["grade"], words), theme.grade_style(match["grade"])),
            _score(match, {**centred, "bold": True}, words),
            Cell(1, match["distance_km"], distance),
        ],
        least=15,
    )
    strengths = words.joined(apart(match["reasons"])) or words("actors.none")
    for key, text in (
        ("actors.met", f"{match['grade_basis']} – {strengths}" if match["grade_basis"] else strengths),
        ("actors.gaps", words.joined(apart(match["missing"]))),
        ("actors.ask", words.joined(apart(match["questions"]))),
        ("actors.conflict", match["conflict"]),
    ):
        if text:
            page.line([Cell(1, "", theme.TEXT), Cell(1, words(key), theme.LABEL), Cell(10, text, theme.TEXT)], least=12)


def _score(match: Row, look: theme.Style, words: Wording) -> Cell:
    """The learned probability, or the score where none was learned."""
    if phrases.is_known(match["probability"]):
        return Cell(1, match["probability"], {**look, "num_format": words.percent_format})
    return Cell(1, match["score"], look)


def write_questions(page: Page, content: SheetContent, words: Wording) -> None:
    """What to ask the buyer, then what to ask which actors."""
    page.section(words("section.questions"))
    asked = apart(content.opportunity["questions"])
    if asked:
        page.line([Cell(7, listed(asked), theme.ROW), Cell(5, words("questions.buyer"), theme.ROW_BOLD_LINE)])
    for question, names in by_sentence(content.actors, "questions"):
        page.line([Cell(7, question, theme.ROW), Cell(5, ", ".join(names), theme.ROW)])
    page.line([Cell(7, words("questions.capacity"), theme.ROW), Cell(5, words("questions.all"), theme.ROW)])
