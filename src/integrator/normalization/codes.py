"""Tariff codes: text, dotted after the heading, leading zeros kept."""

from __future__ import annotations

import re

_FIGURE = re.compile(r"\d+(?:\.\d+)*")
_WHOLE = re.compile(r"\d{2}(?:\.?\d{2}){1,4}")
_CODE = re.compile(r"(?<![\d.])\d{2}(?:\.?\d{2}){1,4}(?![\d])")


def dotted_codes(text: str) -> list[str]:
    """The tariff codes of a cell, in order, as `8708`, `8708.40` or `8708.40.20`.

    >>> dotted_codes("870840"), dotted_codes("7601;7403"), dotted_codes("8708.30"), dotted_codes("sans code")
    (['8708.40'], ['7601', '7403'], ['8708.30'], [])
    """
    return list(dict.fromkeys(_dotted(match.group().replace(".", "")) for match in _CODE.finditer(text)))


def doubtful_codes(text: str) -> list[str]:
    """The figures of a cell that are no whole tariff code: a zero was lost, or they are something else.

    >>> doubtful_codes("8544.3; 870840"), doubtful_codes("870"), doubtful_codes("sans code")
    (['8544.3'], ['870'], [])
    """
    return [figure for figure in _FIGURE.findall(text) if not _WHOLE.fullmatch(figure)]


def _dotted(digits: str) -> str:
    rest = [digits[i : i + 2] for i in range(4, len(digits), 2)]
    return ".".join([digits[:4], *rest])
