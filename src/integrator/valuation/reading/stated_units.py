"""The unit of a stated input as people write it -> what is counted, and by what: "k€/pièce", "% du CAF", "h/mois".

The words are data: `data/valuation/unit_words.csv`, and the units, currencies, periods and multipliers of
`data/reading`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text.figures import multiplier
from integrator.text.fold import fold
from integrator.text.quantity_words import currency, phrase
from integrator.text.quantity_words import unit as listed_unit
from integrator.text.scanning import Token, plain, scan
from integrator.valuation.sourced import fault, number

FILE = "valuation/unit_words.csv"
KINDS = ("head", "base", "per", "small")
_Entry = tuple[str, str, float]


class Said(NamedTuple):
    """A unit as said; what no list knows is kept as it is typed."""

    head: str
    """`share`, `of_cif`, a currency (ISO 4217), a time, `part` and other listed units, or a noun; "" = none."""
    factor: float = 1.0
    """How many of `head` one is: 1000 for k€, .01 for %."""
    over: str = ""
    """What it is counted by: `part`, `year`, a currency, a noun; "" = nothing."""
    over_factor: float = 1.0

    @property
    def is_money(self) -> bool:
        """Whether it counts money."""
        return is_currency(self.head)


NO_UNIT = Said("")


def is_currency(name: str) -> bool:
    """Whether a head is an ISO code of a currency."""
    return len(name) == 3 and name.isascii() and name.isalpha() and name.isupper()


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, ...], _Entry]:
    """Folded words -> kind, meaning, factor. Raises `KnowledgeError` naming the line and the fault."""
    found: dict[tuple[str, ...], _Entry] = {}
    for line, row in enumerate(data.rows(FILE), start=1):
        words = tuple(fold(row["word"]).split()) or (row["word"],)
        if row["kind"] not in KINDS or bool(row["meaning"]) != (row["kind"] in ("head", "base")):
            fault(FILE, line, f"a word is {', '.join(KINDS)}, and only heads and bases mean something: {row['word']!r}")
        factor = number(row, "factor", FILE, line)
        if factor <= 0 or words in found:
            fault(FILE, line, f"the word {row['word']!r} stands twice, or its factor is not above 0")
        found[words] = (row["kind"], row["meaning"], factor)
    return found


@lru_cache(maxsize=10_000)
def read_unit(text: str) -> Said | None:
    """The unit that a text is, None when something in it is not understood; what stands in brackets does not count.

    >>> read_unit("MDH"), tuple(read_unit("k€ / pièce (HT)"))
    (Said(head='MAD', factor=1000000.0, over='', over_factor=1.0), ('EUR', 1000.0, 'part', 1.0))
    >>> read_unit("% du CAF").head, read_unit("heures par mois")[0:3:2], read_unit("EUR/1000 pcs")
    ('of_cif', ('hour', 'month'), None)
    """
    tokens = _without_brackets(scan(plain(text).replace("_", " ")))
    factor, at = multiplier(tokens, 0)
    head, own, at = _counted(tokens, at)
    if head == "share":
        head, at = _of(tokens, at)
    at = _past_small(tokens, at)
    period = phrase(tokens, at, "period")
    if at == len(tokens):
        return Said(head, factor * own)
    if period.length and at + period.length == len(tokens):  # "MDH annuels", "pièces an"
        return Said(head, factor * own, period.value)
    start = _past_per(tokens, at)
    if start == at:
        return None
    over, over_factor, end = _counted(tokens, start)
    return Said(head, factor * own, over, over_factor) if over and end == len(tokens) else None


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    kept, depth = [], 0
    for token in tokens:
        if token.text in ("(", "["):
            depth += 1
        elif token.text in (")", "]"):
            depth = max(0, depth - 1)
        elif not depth:
            kept.append(token)
    return kept


def _past_small(tokens: Sequence[Token], at: int) -> int:
    """Behind small words and a 1, as in "MAD pour 1 €"."""
    while at < len(tokens):
        length, _ = _listed(tokens, at, "small")
        if not length and tokens[at].value != 1:
            break
        at += length or 1
    return at


def _past_per(tokens: Sequence[Token], at: int) -> int:
    if at < len(tokens) and tokens[at].text == "/":
        return at + 1
    length, entry = _listed(tokens, at)
    return at + length if entry and entry[0] == "per" else at


def _listed(tokens: Sequence[Token], at: int, kind: str = "") -> tuple[int, _Entry | None]:
    """The longest listed words that begin at a token, of one kind if one is given."""
    for length in (3, 2, 1):
        words = tuple(token.folded for token in tokens[at : at + length])
        entry = _words().get(words) if len(words) == length else None
        if entry and kind in ("", entry[0]):
            return length, entry
    return 0, None


def _counted(tokens: Sequence[Token], at: int) -> tuple[str, float, int]:
    """What is counted at a place, how many of it, and the place behind it."""
    length, entry = _listed(tokens, at, "head")
    if not entry:
        at = _past_small(tokens, at)
        length, entry = _listed(tokens, at, "head")
    if entry:
        return entry[1], entry[2], at + length
    period = phrase(tokens, at, "period")
    if period.length:
        return period.value, 1.0, at + period.length
    for found in (currency(tokens, at), listed_unit(tokens, at)):
        if found.length:
            return found.name, found.factor, at + found.length
    end = at
    while end < len(tokens) and tokens[end].kind == "word" and _past_per(tokens, end) == end:
        end += 1
    return " ".join(token.folded for token in tokens[at:end]), 1.0, end


def _of(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """What a share is a share of, when it says so."""
    start = _past_small(tokens, at)
    length, entry = _listed(tokens, start, "base")
    return (entry[1], start + length) if entry else ("share", at)
