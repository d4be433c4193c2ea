"""The needs as a plain list, for a reader without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from integrator.project_sheets import phrases
from integrator.workbooks.writing import clean

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.wording import Wording


def plain_list(contents: Sequence[SheetContent], words: Wording) -> str:
    """One article a need: what, for whom, by whom, what next."""
    return "\n".join(_article(content, words) for content in contents)


def _article(content: SheetContent, words: Wording) -> str:
    need, opportunity = content.need, content.opportunity
    lines = (
        (words("html.col.buyer"), phrases.buyer(need, words)),
        (words("html.col.volume"), phrases.volume(opportunity, need, words)),
        (words("html.col.grade"), phrases.grade(opportunity["best_grade"], words)),
        (words("html.col.actors"), "; ".join(content.leading)),
        (words("html.section.brief"), words(f"action.{opportunity['next_action']}")),
    )
    told = "".join(f"<dt>{_safe(label)}</dt><dd>{_safe(text)}</dd>" for label, text in lines if text)
    title = f"{opportunity['sheet_id']} {phrases.component(need, words)}"
    return f"<article><h2>{_safe(title)}</h2><dl>{told}</dl></article>"


def _safe(text: object) -> str:
    return escape(clean(str(text)))
