"""Headings as people write them -> canonical fields."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz, process

from integrator import data, tables
from integrator.records import EntityKind
from integrator.text.fold import fold
from integrator.text.numbers import DIGITS

_DIGITS = re.compile(r"[0-9]+")
_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def digits(text: str) -> str:
    """The ASCII digits of a text: two texts that fold alike have the same ones, unless written in other scripts.

    >>> digits("CA 2024"), digits("effectif"), digits("سنة ٢٠٢٤")
    ('2024', '', '2024')
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text).translate(DIGITS)
    return "".join(_DIGITS.findall(plain))


class Headings:
    """The headings of one kind of record."""

    def __init__(self, kind: EntityKind) -> None:
        listed = data.rows(f"headings/{kind}s.csv")
        self._fields = {fold(row["heading"]): row["field"] for row in listed}
        self._weak = {fold(row["heading"]) for row in listed if row["strength"] == "weak"}
        self._fields |= {fold(field): field for field in tables.FIELDS[kind]}
        self._weak -= {fold(field) for field in tables.FIELDS[kind]}
        self._digits = {digits(heading) for heading in self._fields}
        self._longest = max(map(len, self._fields))

    def field(self, heading: str) -> str:
        """The field a heading names exactly (case, accents and punctuation aside), or ""."""
        return self._fields.get(fold(heading)) or self._fields.get(fold(_UNIT.sub("", heading)), "")

    def may_be(self, text: str) -> bool:
        """False when a text is surely no heading: longer than any, or with figures that none has. Far cheaper."""
        bare = text.rstrip()
        return bare.endswith((")", "]")) or (len(bare) <= 2 * self._longest and digits(bare) in self._digits)

    def unit(self, heading: str) -> str:
        """What a heading says in brackets at its end, when its name means the field without them too."""
        found = _UNIT.search(heading)
        bare = self._fields.get(fold(_UNIT.sub("", heading)))
        return found.group().strip()[1:-1].strip() if found and bare and bare == self.field(heading) else ""

    def is_weak(self, heading: str) -> bool:
        """Whether a heading is too general to stand beside another one of the same field."""
        return fold(heading) in self._weak or fold(_UNIT.sub("", heading)) in self._weak

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


@lru_cache(maxsize=4)
def headings(kind: EntityKind) -> Headings:
    """The shipped headings of one kind."""
    return Headings(kind)
