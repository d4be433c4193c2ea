"""Headings as people write them -> canonical fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from integrator import data, tables
from integrator.records import EntityKind
from integrator.sources.words import value_fields
from integrator.text.fold import fold
from integrator.text.heading_parts import parted, without_brackets
from integrator.text.numbers import DIGITS

_DIGITS = re.compile(r"[0-9]+")
KINDS: tuple[EntityKind, ...] = ("supplier", "need", "judgement", "bom", "value")
OPENING = 4
"""Characters."""
_LATIN = "\u024f"
"""The last letter of the Latin alphabets: other scripts may join letters beyond an opening."""
_APOSTROPHES = frozenset("'’`´ʼŉ")
_MAY_ELIDE = frozenset("c d j l m n s t q qu ju jus jusq lo lor lors".split())
"""Ends of an opening that `fold` drops when an apostrophe follows."""


def digits(text: str) -> str:
    """The ASCII digits of a text: two texts that fold alike have the same ones, unless written in other scripts.

    >>> digits("CA 2024"), digits("effectif"), digits("سنة ٢٠٢٤")
    ('2024', '', '2024')
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(DIGITS)
    return "".join(_DIGITS.findall(plain))


def opening(head: str) -> str:
    """What a text that begins with these `OPENING` characters surely begins with once folded; "" = hard to say.

    Most cells are told from any heading by this alone.

    >>> opening("Prod"), opening("CA 2"), opening("Étab"), opening("12 t"), opening("env."), opening("l'us")
    ('prod', 'ca 2', 'etab', '12', 'env', '')
    """
    if max(head, default="") > _LATIN or not head.isprintable() or not _APOSTROPHES.isdisjoint(head):
        return ""
    words = fold(head.partition(".")[0].partition("+")[0]).split()
    return " ".join(words[:-1] if words and words[-1] in _MAY_ELIDE else words)[:OPENING]


def _dated_name(heading: str) -> str:
    """The name of a heading that ends in a year, else ""."""
    parts = parted(heading)
    return parts.name if parts.year else ""


class Headings:
    """The headings of one kind of record."""

    def __init__(self, kind: EntityKind) -> None:
        listed = data.rows(f"headings/{kind}s.csv")
        self._fields = {fold(row["heading"]): row["field"] for row in listed}
        self._weak = {fold(row["heading"]) for row in listed if row["strength"] == "weak"}
        self._fields |= {fold(field): field for field in tables.FIELDS[kind]}
        self._weak -= {fold(field) for field in tables.FIELDS[kind]}
        said = data.rows("reading/heading_units.csv")
        self._said = {fold(row["heading"]): row["unit"] for row in said if row["entity"] == kind}
        self._dated = value_fields(kind).keys()
        self._digits = {digits(heading) for heading in self._fields}
        self._longest = max(map(len, self._fields))

    def field(self, heading: str) -> str:
        """The field a heading names exactly (case, accents and punctuation aside), or "".

        Of a field that holds figures, a year at the end is left aside too.
        """
        exact = self._fields.get(fold(heading)) or self._fields.get(fold(without_brackets(heading)[0]))
        name = exact or self._fields.get(fold(_dated_name(heading)), "")
        return name if exact or name in self._dated else ""

    def may_be(self, text: str) -> bool:
        """False when a text is surely no heading: longer than any, or with figures that none has. Far cheaper."""
        bare = text.rstrip()
        if bare.endswith((")", "]")) or (bare[-4:].isdigit() and _dated_name(bare)):
            return True
        return len(bare) <= 2 * self._longest and digits(bare) in self._digits

    @property
    def folded(self) -> Iterable[str]:
        """Every heading, folded."""
        return self._fields

    def unit(self, heading: str) -> str:
        """What a heading says in brackets at its end, when its name means the field without them too; no year alone."""
        parts = parted(heading)
        name = self.field(parts.name)
        return parts.unit if name and name == self.field(heading) else ""

    def says(self, heading: str) -> str:
        """The unit or period that the name of a heading says itself, or ""."""
        return self._said.get(fold(heading)) or self._said.get(fold(_dated_name(heading)), "")

    def is_weak(self, heading: str) -> bool:
        """Whether a heading is too general to stand beside another one of the same field."""
        return not self._weak.isdisjoint(map(fold, (heading, without_brackets(heading)[0], _dated_name(heading))))

    def propose(self, heading: str) -> tuple[str, float, float]:
        """The likeliest field, its score (0-100) and its lead over the next field: to ask, not to apply."""
        scores: dict[str, float] = {}
        for _, score, known in process.extract(
            fold(heading), {k: k for k in self._fields}, scorer=fuzz.ratio, limit=20
        ):
            field = self._fields[known]
            scores[field] = max(scores.get(field, 0.0), score)
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        second = best[1][1] if len(best) > 1 else 0.0
        return (best[0][0], best[0][1], best[0][1] - second) if best else ("", 0.0, 0.0)


@lru_cache(maxsize=8)
def headings(kind: EntityKind) -> Headings:
    """The shipped headings of one kind."""
    return Headings(kind)


@lru_cache(maxsize=1)
def openings() -> frozenset[str]:
    """The beginnings, up to `OPENING` characters, of all folded headings of all kinds; "" among them."""
    return beginnings(heading for kind in KINDS for heading in headings(kind).folded)


def beginnings(folded: Iterable[str]) -> frozenset[str]:
    """The beginnings of some folded texts, up to `OPENING` characters; "" among them."""
    return frozenset(text[:size] for text in folded for size in range(OPENING + 1)) | {""}
