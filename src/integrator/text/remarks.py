"""Several remarks in one cell of a table, told apart again whatever the language they are in."""

from __future__ import annotations

import re
from collections.abc import Iterable

BETWEEN = " ; "
"""In the tables of every language; readers get the sign of theirs (`Wording.joined`)."""
_FRENCH_QUOTES = re.compile(r"(«[^»]*»)| ; |\n")
_ENGLISH_QUOTES = re.compile(r'("[^"]*")| ; |\n')


def together(remarks: Iterable[str]) -> str:
    """Remarks as a cell holds them, blank ones left out."""
    return BETWEEN.join(remark for remark in remarks if remark)


def apart(text: str) -> list[str]:
    """The remarks of a cell; what stands in quotation marks is the source's and is not cut.

    >>> apart('process: "forging ; milling" ; site operating')
    ['process: "forging ; milling"', 'site operating']
    """
    marks = _FRENCH_QUOTES if "«" in text else _ENGLISH_QUOTES
    found, start = [], 0
    for match in marks.finditer(text):
        if match[1] is None:
            found.append(text[start : match.start()])
            start = match.end()
    return [remark.strip() for remark in (*found, text[start:]) if remark.strip()]
