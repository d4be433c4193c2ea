"""Risks that follow from what a sheet knows and does not know, by the rules of `data/project_sheets/risks.csv`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from integrator import data
from integrator.project_sheets import theme
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valuations import tokens
from integrator.project_sheets.valued.lines import head

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

RULES = "project_sheets/risks.csv"
_SPANS = (6, 6)


def risks_of(content: SheetContent) -> tuple[str, ...]:
    """The codes of the risks that hold, in the order of the rules."""
    return tuple(
        row["risk"] for row in data.rows(RULES) if _holds(_subject(content, row["subject"]), row["test"], row["value"])
    )


def write_risks(page: Page, content: SheetContent, words: Wording) -> None:
    """One row a risk with what to do about it."""
    found = risks_of(content)
    page.section(words("section.risks"))
    if not found:
        page.line([Cell(12, words("risks.none"), theme.TEXT)])
        return
    head(page, _SPANS, ("risk", "answer"), words)
    for code in found:
        texts = (words(f"risk.{code}"), words(f"risk.{code}.answer"))
        page.line([Cell(span, text, theme.FACT) for span, text in zip(_SPANS, texts, strict=True)], least=11)


def _subject(content: SheetContent, name: str) -> object:
    """What a rule looks at; None where the sheet does not have it."""
    part, _, rest = name.partition(".")
    if part == "able":
        return sum(1 for actor in content.actors if actor.match["grade"] >= 2)
    if part == "figure":
        figure, _, column = rest.partition(".")
        row = content.valued.figure(figure)
        return None if row is None else row[column]
    if part == "leader":
        return content.actors[0].match[rest] if content.actors else None
    return (content.need if part == "need" else content.opportunity)[rest]


def _holds(found: object, test: str, value: str) -> bool:
    """An unknown number is neither above nor below anything."""
    if test == "blank":
        return found is None or found == "" or (isinstance(found, float) and math.isnan(found))
    if test == "has":
        return value in tokens(str(found or ""))
    if test == "endless":
        return found == math.inf
    if test in ("above", "below"):
        if found is None or not isinstance(found, int | float) or not math.isfinite(found):
            return False
        return found > float(value) if test == "above" else found < float(value)
    return (str(found) == value) == (test == "is")
