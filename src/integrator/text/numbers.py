"""Plain numbers as French, English and Arabic files write them."""

from __future__ import annotations

import math
import re
from typing import Literal

Decimal = Literal["", ",", "."]
"""The decimal sign of a column: known from its other cells, or "" when they do not tell."""

DIGITS = str.maketrans(
    {chr(zero + digit): str(digit) for zero in (0x660, 0x6F0) for digit in range(10)} | {"٫": ".", "٬": " ", "−": "-"}
)
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_LETTER = re.compile(r"\d[.,٫][^\W\d_]")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")


def parse_number(text: str, decimal: Decimal = "") -> float | None:
    """The number that a whole text is, or None when it is none or could be read in two ways.

    `decimal` settles "1,234", which is 1.234 in a column that writes decimals with a comma.

    >>> parse_number("1 234,56"), parse_number("1.234,56"), parse_number("1,234.56"), parse_number("(1 234)")
    (1234.56, 1234.56, 1234.56, -1234.0)
    >>> parse_number("1,234"), parse_number("12 pcs"), parse_number("٣٫٥"), parse_number("1,2E+06")
    (None, None, 3.5, 1200000.0)
    """
    plain = text.strip().translate(DIGITS)
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if negative else plain
    signed = plain.startswith(("+", "-"))
    if signed and negative:
        return None
    sign = plain.startswith("-") or negative
    plain = plain[signed:].strip()
    grouped = bool(re.fullmatch(r"\d{1,3}(?:[\s\u00a0\u202f\u2009'’]\d{3})+(?:[.,]\d+)?", plain))
    if _SPACES.search(plain) and not grouped:
        return None
    plain = _decimal_point(_SPACES.sub("", plain), grouped, decimal)
    if not plain or not _PLAIN.fullmatch(plain):
        return None
    value = float(plain)
    if math.isinf(value):
        return None
    return -value if sign else value


def has_letter_for_decimals(text: str) -> bool:
    """Whether a letter stands right behind a decimal sign: a mistyped figure, no figure with a remark.

    >>> has_letter_for_decimals("85,o0"), has_letter_for_decimals("85, estimé"), has_letter_for_decimals("1,5k")
    (True, False, False)
    """
    return _LETTER.search(text) is not None


def _decimal_point(text: str, grouped: bool, decimal: Decimal) -> str:
    """Thousands separators dropped, the decimal separator a point; "" when both readings are possible."""
    commas, points = text.count(","), text.count(".")
    if commas and points:
        last = "," if text.rfind(",") > text.rfind(".") else "."
        other = "." if last == "," else ","
        head = text[: text.rfind(last)]
        if text.count(last) > 1 or not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", head):
            return ""
        return text.replace(other, "").replace(last, ".")
    if commas > 1 or points > 1:
        return text.replace(",", "").replace(".", "") if _GROUPED.fullmatch(text) else ""
    separator = "," if commas else "." if points else ""
    if separator and not grouped and re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text):
        if not decimal:
            return ""
        return text.replace(separator, "." if separator == decimal else "")
    return text.replace(",", ".")
