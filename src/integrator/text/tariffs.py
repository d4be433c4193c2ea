"""Tariff codes as cells hold them."""

from __future__ import annotations

PREFIXES = (2, 4, 6)
"""Digits of a chapter, a heading and a subheading of the Harmonized System."""


def prefixes(text: str) -> list[str]:
    """What the tariff codes of a cell begin with, each once.

    >>> prefixes("8708.29; 76")
    ['87', '8708', '870829', '76']
    """
    codes = [code.replace(".", "") for code in text.replace(";", " ").split()]
    return list(dict.fromkeys(code[:length] for code in codes for length in PREFIXES if len(code) >= length))
