"""What needs and suppliers say, with the cells it stands in: concepts as arrays, texts made when they are quoted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from integrator.ranking.features.overlaps import expanded
from integrator.taxonomy.space import looked_up
from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.offers import Offers
    from integrator.taxonomy.space import ConceptSpace

Entity = Literal["need_id", "supplier_id"]
MARKS = {"implied": "(*)", "similar": "(?)"}
"""Step of the linking -> the mark of what was not said."""
NOTHING = -1
_TEXT, _CELL = ("label", "text", "step"), ("file", "sheet", "cell")


@dataclass(frozen=True)
class Said:
    """The links of one role: those of one owner together, strongest first."""

    first: Positions
    """For each owner its first link here; one number more than owners."""
    concept: Positions
    score: Numbers
    link: Positions
    """The row of the table of links."""


class Statements:
    """The links of every need or supplier by role, ready to be quoted."""

    def __init__(self, links: pd.DataFrame, entity: Entity, position: Mapping[str, int], space: ConceptSpace) -> None:
        self._links, self._roles = links, {}
        self._size = len(position)
        owner, concept = looked_up(position, links[entity]), looked_up(space.position, links["concept"])
        score = links["score"].to_numpy(dtype=float)
        for role in links["role"].unique().tolist():
            rows = np.flatnonzero(((links["role"] == role).to_numpy(dtype=bool)) & (owner >= 0))
            self._roles[role] = self._ordered(rows, owner[rows], concept[rows], score[rows])

    def of(self, role: str) -> Said:
        """What is said in one role."""
        nothing = np.zeros(0, dtype=np.intp)
        return self._roles.get(role) or Said(np.zeros(self._size + 1, dtype=np.intp), nothing, np.zeros(0), nothing)

    def quotes(self, links: Positions) -> tuple[list[str], list[str]]:
        """Words and cells of some links."""
        return _words_of(self._links, links), _cells_of(self._links, links)

    def _ordered(self, rows: Positions, owner: Positions, concept: Positions, score: Numbers) -> Said:
        """Strongest first, then by concept, cell and words; texts are made only where they decide."""
        order = np.lexsort((concept, -score, owner))
        keys = np.stack((owner, concept), axis=1)[order]
        same = (keys[1:] == keys[:-1]).all(axis=1) & (score[order][1:] == score[order][:-1])
        tied = np.flatnonzero(np.append(same, False) | np.insert(same, 0, False))[: len(rows)]
        if len(tied):
            words, cells = np.zeros(len(rows), dtype=np.intp), np.zeros(len(rows), dtype=np.intp)
            them = order[tied]
            for ranks, texts in zip((words, cells), self.quotes(rows[them]), strict=True):
                ranks[them] = np.unique(np.asarray(texts, dtype=object), return_inverse=True)[1]
            order = np.lexsort((words, cells, concept, -score, owner))
        first = np.searchsorted(owner[order], np.arange(self._size + 1))
        return Said(first, concept[order], score[order], rows[order])


class Cells:
    """The values of plain fields with their cells."""

    def __init__(self, facts: pd.DataFrame, position: Mapping[str, int], fields: set[str]) -> None:
        self._facts, self._by = facts, {}
        owner, named = looked_up(position, facts["entity_id"]), facts["field"]
        for field in sorted(fields):
            rows = np.flatnonzero((named == field).to_numpy(dtype=bool) & (owner >= 0))
            self._by[field] = np.full(len(position), NOTHING, dtype=np.intp)
            self._by[field][owner[rows]] = rows  # of several the last

    def of(self, field: str, owners: Positions) -> Positions:
        """The fact of each owner, `NOTHING` where nothing is said."""
        found: Positions = self._by[field][owners]
        return found

    def quotes(self, facts: Positions) -> tuple[list[str], list[str]]:
        """Values and cells of some facts."""
        return self._facts["value"].iloc[facts].tolist(), _cells_of(self._facts, facts)


def offer_statements(offers: Offers) -> Statements:
    """What the suppliers say, laid out once."""
    return Statements(offers.capabilities, "supplier_id", offers.position, offers.space)


def closest(
    asked: Said, needs: Positions, offered: Said, suppliers: Positions, nearness: Nearness
) -> tuple[Positions, Positions]:
    """For each pair the statements that come nearest to each other, as links: near, and firm on both sides.

    Of equals the first asked, then the first offered. Where a side says nothing, the strongest of the other and
    `NOTHING`.
    """
    wide, deep = np.diff(asked.first)[needs], np.diff(offered.first)[suppliers]
    mine, theirs = _first_of(asked, needs, wide), _first_of(offered, suppliers, deep)
    pair, inner = expanded(wide * deep)
    if not len(pair):
        return mine, theirs
    one, other = np.divmod(inner, deep[pair])
    one, other = asked.first[needs][pair] + one, offered.first[suppliers][pair] + other
    values = nearness(offered.concept[other], asked.concept[one]) * asked.score[one] * offered.score[other]
    first = np.flatnonzero(np.diff(pair, prepend=-1))
    highest = np.repeat(np.maximum.reduceat(values, first), np.diff(first, append=len(pair)))
    best = np.flatnonzero(values == highest)
    best = best[np.diff(pair[best], prepend=-1) > 0]
    mine[pair[best]], theirs[pair[best]] = asked.link[one[best]], offered.link[other[best]]
    return mine, theirs


class Nearness:
    """How near what is offered comes to what is asked, by position, for the concepts asked of a block."""

    def __init__(self, space: ConceptSpace, tie: str, asked: Positions) -> None:
        self._wanted = np.unique(asked)
        matrix = space.related if tie == "related" else space.nearness
        self._table = np.ascontiguousarray(matrix[:, self._wanted].T.toarray())

    def __call__(self, offered: Positions, asked: Positions) -> Numbers:
        """One number a pair of concepts."""
        return np.asarray(self._table[np.searchsorted(self._wanted, asked), offered])


def _first_of(said: Said, owners: Positions, counts: Positions) -> Positions:
    found = np.full(len(owners), NOTHING, dtype=np.intp)
    told = counts > 0
    found[told] = said.link[said.first[owners[told]]]
    return found


def _words_of(links: pd.DataFrame, rows: Positions) -> list[str]:
    made: dict[tuple[str, str, str], str] = {}
    found = []
    for said in zip(*(links[name].iloc[rows].tolist() for name in _TEXT), strict=True):
        if said not in made:
            made[said] = _words(*said)
        found.append(made[said])
    return found


def _words(label: str, text: str, step: str) -> str:
    """The label, with the words as received where they differ; `(*)` marks what is implied, `(?)` a proposal."""
    if step in MARKS:
        return f"{label} {MARKS[step]}"
    return label if fold(label) == fold(text) else f"{label} ({text})"


def _cells_of(table: pd.DataFrame, rows: Positions) -> list[str]:
    columns = zip(*(table[name].iloc[rows].tolist() for name in _CELL), strict=True)
    return [f"{file} [{sheet}] {cell}" if sheet else f"{file} {cell}" for file, sheet, cell in columns]
