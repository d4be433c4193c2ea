"""Small escaped pieces of HTML for notebooks: tables and lists, no script, no style of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from integrator.errors import Problem
    from integrator.records import SheetCount

MOST_ROWS = 20
"""Lines shown of a table; how many more there are is said below it."""


def block(title: str, *parts: str, right_to_left: bool = False) -> str:
    """A titled block of parts that are HTML already."""
    direction = ' dir="rtl"' if right_to_left else ""
    return f"<div{direction}><p><strong>{escape(title)}</strong></p>{''.join(parts)}</div>"


def paragraph(text: str) -> str:
    """A paragraph, or nothing for no text."""
    return f"<p>{escape(text)}</p>" if text else ""


def listed(title: str, texts: Sequence[str]) -> str:
    """A titled list, or nothing without texts."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<p>{escape(title)}</p><ul>{items}</ul>" if texts else ""


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table of at most `MOST_ROWS` lines."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{_cells(row)}</tr>" for row in rows[:MOST_ROWS])
    more = paragraph(f"and {len(rows) - MOST_ROWS:,} more") if len(rows) > MOST_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def rows_read(counts: Iterable[SheetCount]) -> str:
    """Of each sheet: rows, used, set aside."""
    lines = [
        (f"{one.file} [{one.sheet}]" if one.sheet else one.file, one.kind, one.rows, one.used, one.set_aside)
        for one in counts
    ]
    return table(("file", "kind", "rows", "used", "set aside"), lines)


def problems(found: Iterable[Problem]) -> str:
    """How many problems of each severity."""
    counted = Counter(one.severity for one in found)
    said = ", ".join(f"{counted[name]:,} {name.replace('_', ' ')}" for name in sorted(counted))
    return paragraph(f"Problems: {said or 'none'}.")


def text(said: str) -> str:
    """Text as a terminal shows it."""
    return f"<pre>{escape(said)}</pre>"


def _cells(row: Sequence[object]) -> str:
    return "".join(f"<td>{escape(str(value))}</td>" for value in row)
