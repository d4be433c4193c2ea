"""How much of each part of a sheet is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from integrator import data
from integrator.project_sheets import theme
from integrator.project_sheets.content import LEADING
from integrator.project_sheets.page import Cell
from integrator.project_sheets.valuations import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

ITEMS = "project_sheets/completeness.csv"


class Known(NamedTuple):
    """How many of the items of a part are known."""

    known: int
    asked: int


def completeness_by_part(content: SheetContent) -> dict[str, Known]:
    """Known and asked items by part, in the order of the items; actors count one by one."""
    found: dict[str, Known] = {}
    for item in data.rows(ITEMS):
        for is_known in _known(content, item):
            before = found.get(item["part"], Known(0, 0))
            found[item["part"]] = Known(before.known + is_known, before.asked + 1)
    return found


def _known(content: SheetContent, item: Mapping[str, str]) -> Iterator[bool]:
    name = item["name"]
    if item["kind"] == "need":
        yield bool(content.need[name]) if name != "buyer" else content.need["named_buyer"] == "yes"
    elif item["kind"] == "figure":
        row = content.valued.figure(name)
        yield row is not None and row["status"] != MISSING
    elif item["kind"] == "status":
        yield bool(content.status and content.status.get(name))
    else:
        for actor in content.actors[:LEADING]:
            yield bool(actor.supplier[name])


def write_completeness(page: Page, content: SheetContent, words: Wording) -> None:
    """Heads and shares of all parts in two rows."""
    parts = completeness_by_part(content)
    spans = _spans(len(parts))
    page.line(
        [Cell(span, words(f"part.{name}"), theme.SMALL_HEAD) for span, name in zip(spans, parts, strict=True)], least=12
    )
    page.line(
        [
            Cell(span, words("part.known", known=one.known, asked=one.asked), theme.SMALL_COUNT)
            for span, one in zip(spans, parts.values(), strict=True)
        ],
        least=13,
    )


def _spans(count: int) -> list[int]:
    """Twelve columns shared out among so many parts."""
    return [12 // count + (place < 12 % count) for place in range(count)]
