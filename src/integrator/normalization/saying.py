"""The lines of the cells that bear meaning, each with the concepts found in it: what every account of terms counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from integrator.normalization.wordings import (
    Line,
    Linker,
    MeaningField,
    Side,
    Wording,
    link_lines,
    meaning_fields,
    wordings,
)

if TYPE_CHECKING:
    from integrator.records import CellRef, ConceptLink, Record
    from integrator.taxonomy import Taxonomy

_LINE = re.compile(r"[;\n]+")


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One line of one cell."""

    record: Record
    wording: Wording
    """What it says: shared by all lines that are written alike in the same field."""

    @property
    def side(self) -> Side:
        """Whether a need or a supplier says it."""
        return self.wording.side

    @property
    def field(self) -> MeaningField:
        """The field of the cell."""
        return self.wording.field

    @property
    def text(self) -> str:
        """The line as received."""
        return self.wording.text

    @property
    def links(self) -> tuple[ConceptLink, ...]:
        """What was found in it; nothing implied."""
        return self.wording.links

    @property
    def entity(self) -> str:
        """Id of the need or supplier that says it."""
        return self.record.get(f"{self.wording.side}_id")

    @property
    def cell(self) -> CellRef:
        """Where it stands."""
        return self.record.cells[self.wording.field.name]

    @property
    def roles(self) -> frozenset[str]:
        """The kinds of the concepts found."""
        return self.wording.roles


def said_lines(
    records: Sequence[Record], side: Side, taxonomy: Taxonomy, linker: Linker = link_lines
) -> list[SaidLine]:
    """Every line of the meaning-bearing fields, in the order of records, fields and lines.

    What is written more than once is linked once, by `linker`.
    """
    names = [field.name for field in meaning_fields(side)]
    owners: list[Record] = []
    lines: list[Line] = []
    for record in records:
        for name in names:
            text = record.values.get(name)
            for line in _lines(text) if text else ():
                owners.append(record)
                lines.append(Line(side, name, line))
    return [SaidLine(record, said) for record, said in zip(owners, wordings(lines, taxonomy, linker), strict=True)]


@lru_cache(maxsize=100_000)
def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in _LINE.split(text) if line.strip())
