"""A value cell cut into numbers, words and signs, without deciding yet what they mean.

A number keeps its reading (None when it could be read in two ways), so that no later step can take a part
of it for the whole: "06 12 34 56 78" is one token that is no number, not five numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from integrator.text.fold import fold
from integrator.text.numbers import DIGITS, Decimal, parse_number

TokenKind = Literal["number", "word", "sign"]

_TOKEN = re.compile(
    r"(?P<date>\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d(?!\d)|(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?!\d|-))"
    r"|(?P<code>\d+[xX×*]\d[\dxX×*]*|\d+/\d[\d/]*)"
    r"|(?P<number>\d+(?:[ .,'’]\d+)*(?:[eE][+-]?\d+(?![\d\w]))?)"
    r"|(?P<dotted>(?:[^\W\d_]\.){2,})"
    r"|(?P<word>[^\W\d_][\w²³]*(?:-[^\W\d_][\w]*)*[’']?)"
    r"|(?P<sign>[^\w\s])"
)
_ORDINAL = re.compile(r"(?:e|er|re|[eè]me|[eè]re|nd|nde|st|th|rd)(?![^\W\d_])")
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d")


@dataclass(frozen=True)
class Token:
    """A piece of a cell."""

    kind: TokenKind
    text: str
    """As typed, compatibility forms and Arabic digits made plain."""
    folded: str
    """The folded word, or the sign itself."""
    value: float | None = None
    """Of a number; None when it can be read in two ways."""
    glued: bool = False
    """No blank stands before it."""
    elided: str = ""
    """A `d'` or `l'` that stands before it."""

    @property
    def is_year(self) -> bool:
        """Whether a number has the shape of a year: 1950-2049, written with four digits and nothing else."""
        return self.kind == "number" and bool(_YEAR.fullmatch(self.text))


def plain(text: str) -> str:
    """Compatibility forms, special blanks, Arabic digits and separators made plain."""
    return unicodedata.normalize("NFKC", text).translate(DIGITS)


def scan(text: str, decimal: Decimal = "") -> list[Token]:
    """The tokens of a plain text, in order.

    >>> [(token.kind, token.text, token.value) for token in scan("10000 t/an, 2e usine")][:4]
    [('number', '10000', 10000.0), ('word', 't', None), ('sign', '/', None), ('word', 'an', None)]
    >>> [token.text for token in scan("2e usine")], scan("06 12 34 56 78")[0].value
    (['2e', 'usine'], None)
    """
    found: list[Token] = []
    place, elided = 0, ""
    while match := _TOKEN.search(text, place):
        start, place = match.span()
        glued = bool(start) and not text[start - 1].isspace()
        if match["date"]:
            year = re.search(r"(?:19|20)\d\d", match["date"])
            found.append(
                Token("number", year.group() if year else "", "", float(year.group()) if year else None, glued)
            )
        elif match["code"]:
            kind: TokenKind = "number" if "/" in match["code"] else "word"
            found.append(Token(kind, match["code"], match["code"], None, glued))
        elif match["number"]:
            ordinal = _ORDINAL.match(text[place : place + 4].lower()) if match["number"].isdigit() else None
            if ordinal and len(match["number"]) < 4:
                place += ordinal.end()
                found.append(Token("word", text[start:place], fold(text[start:place]), None, glued))
            else:
                value = parse_number(match["number"], decimal)
                found.append(Token("number", match["number"], "", value, glued))
        elif match["sign"]:
            found.append(Token("sign", match["sign"], match["sign"], None, glued))
        else:
            word = match.group().rstrip("’'")
            if len(word) == 1 and word != match.group():
                elided = match.group()
                continue
            found.append(Token("word", word, fold(word), None, glued, elided))
        elided = ""
    return found
