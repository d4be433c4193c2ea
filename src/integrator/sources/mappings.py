"""What people confirmed of headings: this column is that field, or none.

A confirmed heading counts only in a sheet of the same layout, that is with the same headings in any order: the
same word may mean something else in another table.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from integrator import data
from integrator.records import ColumnMapping, EntityKind
from integrator.text.fold import fold


class Mappings:
    """Headings confirmed on this occasion, and those kept from earlier ones."""

    def __init__(self, asked: Mapping[str, str] | None = None, kept: Iterable[ColumnMapping] = ()) -> None:
        self._asked = {fold(heading): field for heading, field in (asked or {}).items()}
        self._kept: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for one in kept:  # a later confirmation replaces an earlier one
            self._kept[one.kind, one.layout][fold(one.heading)] = one.field

    def of(self, kind: EntityKind, texts: Iterable[str]) -> dict[str, str]:
        """Folded heading -> field ("" = none) for a row of headings; what is asked now wins over what was kept."""
        folded = {fold(text) for text in texts}
        kept = self._kept.get((kind, layout(folded)), {}) if self._kept else {}
        asked = {heading: field for heading, field in self._asked.items() if heading in folded}
        return {**kept, **asked}

    def told(self, kind: EntityKind) -> str:
        """All that counts for one kind, as one text: equal where the same headings are confirmed alike."""
        kept = [(name, sorted(said.items())) for (one, name), said in self._kept.items() if one == kind]
        return repr((sorted(self._asked.items()), sorted(kept)))


def layout(texts: Iterable[str]) -> str:
    """A short name of a set of headings, whatever their order, case and accents."""
    return hashlib.sha256("\n".join(sorted({fold(text) for text in texts} - {""})).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _rule() -> Mapping[str, float]:
    return {row["name"]: float(row["value"]) for row in data.rows("reading/proposal_rule.csv")}


def is_named(likeness: float, lead: float) -> bool:
    """Whether the nearest field of a heading is near enough to be told at all: a silly one misleads."""
    return likeness >= _rule()["named_likeness"] and lead >= _rule()["named_lead"]


def is_proposed(likeness: float, lead: float) -> bool:
    """Whether the nearest field of a heading is near enough, and far enough before the next, to be proposed."""
    return likeness >= _rule()["likeness"] and lead >= _rule()["lead"]
