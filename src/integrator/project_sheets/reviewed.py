"""What reviewers said of the actors of a need; nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator.judging import told
from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell

if TYPE_CHECKING:
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row
    from integrator.wording import Wording


@dataclass(frozen=True)
class Reviewed:
    """The standing answers on one actor, rows of `tables.DECISIONS` in the order given."""

    supplier_id: str
    name: str
    answers: tuple[Row, ...]

    @property
    def disputed(self) -> tuple[int, ...]:
        """The grades, rising, when the answers hold more than one."""
        grades = sorted({int(row["grade"]) for row in self.answers if row["grade"] is not None})
        return tuple(grades) if len(grades) > 1 else ()


def reviewed_of(
    decisions: Sequence[Row], ranked: Sequence[Row], suppliers: Mapping[str, Row]
) -> tuple[Reviewed, ...]:  # fmt: skip
    """The actors of one need that a review spoke of, in order of rank, those not ranked any more last by id.

    `decisions`: rows of the need, `ranked`: its matches in order. What a file of judgements says of an actor is shown
    beside the review, so that a disagreement can be seen; an actor that only a file speaks of is not.
    """
    stands: dict[str, list[Row]] = {}
    for row in decisions:
        if row["standing"] == "yes" and row["supplier_id"] in suppliers:
            stands.setdefault(row["supplier_id"], []).append(row)
    places = {row["supplier_id"]: place for place, row in enumerate(ranked)}
    found = [
        Reviewed(one, str(suppliers[one]["name"]), tuple(answers))
        for one, answers in stands.items()
        if any(row["source"] == "review" for row in answers)
    ]
    return tuple(sorted(found, key=lambda one: (places.get(one.supplier_id, len(places)), one.supplier_id)))


def review_lines(one: Reviewed, words: Callable[..., str]) -> list[str]:
    """One line an answer, and one more when they differ: `avis divergents : 2 et 4`."""
    lines = [told(row, words) for row in one.answers]
    if one.disputed:
        *most, last = map(str, one.disputed)
        listed = f"{words('reviewed.comma')} ".join(most)
        lines.append(words("reviewed.differ", grades=f"{listed} {words('reviewed.and')} {last}"))
    return lines


def write_reviews(page: Page, reviews: Sequence[Reviewed], words: Wording) -> None:
    """A small section, when a review spoke of an actor of this need."""
    if not reviews:
        return
    page.section(words("reviewed.section"))
    for one in reviews:
        page.line([Cell(4, one.name, theme.ROW_BOLD_LINE), Cell(8, "\n".join(review_lines(one, words)), theme.ROW)])
    page.note(words("reviewed.note"))
