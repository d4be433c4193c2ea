"""The lines of the cells that bear meaning, each with the concepts found in it: what every account of terms counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from integrator import data
from integrator.taxonomy.steps import step

if TYPE_CHECKING:
    from integrator.records import CellRef, ConceptLink, Record, Role
    from integrator.taxonomy import Taxonomy

Side = Literal["need", "supplier"]
_LINE = re.compile(r"[;\n]+")


@dataclass(frozen=True)
class MeaningField:
    """A field that is searched for concepts: a line of `data/linking/fields.csv`."""

    name: str
    roles: tuple[Role, ...]
    """The kinds looked for, the preferred one first."""
    trust: float

    @property
    def of_parts(self) -> bool:
        """Whether its lines should name a part."""
        return self.roles[0] == "component"


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of one cell."""

    record: Record
    side: Side
    field: MeaningField
    text: str
    links: tuple[ConceptLink, ...]
    """What was found in it; nothing implied."""

    @property
    def entity(self) -> str:
        """Id of the need or supplier that says it."""
        return self.record.get(f"{self.side}_id")

    @property
    def cell(self) -> CellRef:
        """Where it stands."""
        return self.record.cells[self.field.name]

    @property
    def roles(self) -> frozenset[str]:
        """The kinds of the concepts found."""
        return frozenset(link.role for link in self.links)


def said_lines(records: Sequence[Record], side: Side, taxonomy: Taxonomy) -> Iterator[SaidLine]:
    """Every line of the meaning-bearing fields, in the order of records, fields and lines."""
    for record in records:
        for field in meaning_fields(side):
            for text in _lines(record.get(field.name)):
                links = tuple(link for link in taxonomy.find(text, field.roles) if step(link.step).counts(link.score))
                yield SaidLine(record, side, field, text, links)


@lru_cache(maxsize=2)
def meaning_fields(side: Side) -> tuple[MeaningField, ...]:
    """The fields that bear meaning, the roles looked for in each, and the trust in a link there."""
    return tuple(
        MeaningField(row["field"], cast("tuple[Role, ...]", tuple(row["roles"].split())), float(row["trust"]))
        for row in data.rows("linking/fields.csv")
        if row["side"] == side
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _LINE.split(text) if line.strip()]
