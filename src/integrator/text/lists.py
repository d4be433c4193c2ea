"""Cells that hold several values."""

from __future__ import annotations

import re

_BETWEEN = re.compile(r"[;\n]")


def items(text: str) -> list[str]:
    """The values of a list cell, separated by `;` or line breaks (a comma may belong to a value).

    >>> items("fonderie aluminium/fonte; usinage, cintrage")
    ['fonderie aluminium/fonte', 'usinage, cintrage']
    """
    return [item for part in _BETWEEN.split(text) if (item := part.strip())]
