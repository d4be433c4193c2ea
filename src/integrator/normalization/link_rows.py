"""Links of wordings -> the rows of every record that says them, as arrays of numbers until they are a table.

A row is a line of a record and a concept. What depends on the whole record - a process read in its material, what is
implied because nothing of its kind is stated - is settled here, for the records that it can matter to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from integrator import data
from integrator.normalization.contexts import families, in_doubt, meant
from integrator.normalization.pools import Numbers, Pool
from integrator.normalization.wordings import Side, Wording, most_specific

if TYPE_CHECKING:
    from integrator.normalization.saying import SaidLine
    from integrator.taxonomy import Taxonomy

PROPOSED, IMPLIED = "similar", "implied"
"""Steps of a proposal (and of what would follow from it), and of what is implied."""
_NONE: frozenset[int] = frozenset()
_meant = lru_cache(maxsize=10_000)(meant)


@dataclass(frozen=True)
class Pools:
    """The texts that rows hold by number."""

    concept: Pool = field(default_factory=Pool)
    role: Pool = field(default_factory=Pool)
    text: Pool = field(default_factory=Pool)
    step: Pool = field(default_factory=lambda: Pool([PROPOSED, IMPLIED]))
    system: Pool = field(default_factory=lambda: Pool([""]))
    source: Pool = field(default_factory=lambda: Pool(["lexicon", "overlay"]))

    def texts(self) -> dict[str, list[str]]:
        """The texts of each column, by number."""
        return {one.name: getattr(self, one.name).texts for one in fields(self)}


@dataclass(frozen=True)
class Rows:
    """Rows as columns."""

    line: Numbers
    """Place of the line among all lines."""
    place: Numbers
    """Place of the row among those that are said; of one that is implied, of what it follows from."""
    columns: Mapping[str, Numbers]
    """Numbers in the pools, by column."""
    score: NDArray[np.float64]
    implied: NDArray[np.bool_]

    def taken(self, rows: Numbers) -> Rows:
        """Some of the rows."""
        columns = {name: numbers[rows] for name, numbers in self.columns.items()}
        return Rows(self.line[rows], self.place[rows], columns, self.score[rows], self.implied[rows])


def link_rows(lines: Sequence[SaidLine], owner: Numbers, side: Side, taxonomy: Taxonomy) -> tuple[Rows, Pools]:
    """What the lines of one side say and, after that, what follows from it; the texts of the rows by number.

    `owner`: the number of what each line belongs to, a need or a supplier: the lines of one are read together.
    """
    pools = Pools()
    said = _in_context(_said(lines, pools, taxonomy), owner, pools, taxonomy)
    return _joined([said, *_implied(said, owner, side, pools, taxonomy)]), pools


def _said(lines: Sequence[SaidLine], pools: Pools, taxonomy: Taxonomy) -> Rows:
    """The links of every line: those of a wording are worked out once."""
    places: dict[Wording, int] = {}
    of = np.array([places.setdefault(line.wording, len(places)) for line in lines], dtype=np.int64)
    links = [_links(wording, pools, taxonomy) for wording in places]
    counts = np.array([len(some) for some in links], dtype=np.int64)
    line, link = _spread(counts[of], (np.cumsum(counts) - counts)[of])
    flat = [one for some in links for one in some]
    names = ("concept", "role", "text", "step", "system", "source")
    columns = {
        name: np.array([numbers[i] for numbers, _ in flat], dtype=np.int64)[link] for i, name in enumerate(names)
    }
    scores = np.array([score for _, score in flat], dtype=float)[link]
    return Rows(line, np.arange(len(line)), columns, scores, np.zeros(len(line), dtype=bool))


def _links(wording: Wording, pools: Pools, taxonomy: Taxonomy) -> list[tuple[tuple[int, ...], float]]:
    """Numbers in the pools (concept, role, text, step, system, source) and score of each link of a wording."""
    return [
        (
            (
                pools.concept(link.concept),
                pools.role(taxonomy.kind(link.concept)),
                pools.text(link.text),
                pools.step(link.step),
                pools.system(taxonomy.system(link.concept)),
                pools.source("overlay" if link.own else "lexicon"),
            ),
            wording.field.trust * link.score,
        )
        for link in (*most_specific(wording.links, taxonomy), *wording.proposed)
    ]


def _spread(counts: Numbers, starts: Numbers) -> tuple[Numbers, Numbers]:
    """For places that hold `counts` things each, the first at `starts`: the place, and the thing, of each."""
    place = np.repeat(np.arange(len(counts)), counts)
    return place, starts[place] + np.arange(len(place)) - (np.cumsum(counts) - counts)[place]


def _in_context(rows: Rows, owner: Numbers, pools: Pools, taxonomy: Taxonomy) -> Rows:
    """The rows with each process as the materials that its owner names let it be understood."""
    concepts = pools.concept.texts
    doubts = np.array([concept in in_doubt() for concept in concepts], dtype=bool)
    doubtful = np.flatnonzero(doubts[rows.columns["concept"]])
    if not len(doubtful):
        return rows
    owned = owner[rows.line]
    matters = np.zeros(owner.max() + 1, dtype=bool)
    matters[owned[doubtful]] = True
    named = {
        role: _by_owner(rows, owned, matters, pools.role.numbers.get(role, -1)) for role in ("material", "component")
    }
    seen: dict[tuple[frozenset[int], frozenset[int]], frozenset[str]] = {}
    changed = rows.columns["concept"].copy()
    for place in doubtful:
        key = (named["material"].get(owned[place], _NONE), named["component"].get(owned[place], _NONE))
        if key not in seen:
            materials, parts = ([concepts[number] for number in numbers] for numbers in key)
            seen[key] = families(materials, parts, taxonomy)
        changed[place] = pools.concept(_meant(concepts[changed[place]], seen[key]))
    return replace(rows, columns={**rows.columns, "concept": changed})


def _by_owner(rows: Rows, owned: Numbers, matters: NDArray[np.bool_], role: int) -> dict[int, frozenset[int]]:
    """The concepts of one kind that each of some owners names."""
    places = np.flatnonzero((rows.columns["role"] == role) & matters[owned])
    found: dict[int, set[int]] = {}
    for one, concept in zip(owned[places].tolist(), rows.columns["concept"][places].tolist(), strict=True):
        found.setdefault(one, set()).add(concept)
    return {one: frozenset(concepts) for one, concepts in found.items()}


def _implied(said: Rows, owner: Numbers, side: Side, pools: Pools, taxonomy: Taxonomy) -> list[Rows]:
    """What follows from what is said, a part for each rule."""
    found = []
    stated = np.zeros((owner.max() + 1, len(pools.role.numbers)), dtype=bool)
    stated[owner[said.line], said.columns["role"]] = True
    for rule in data.rows("linking/implications.csv"):
        start, end = (pools.role.numbers.get(rule[name], -1) for name in ("from", "role"))
        if rule["side"] == side:
            places = said.columns["role"] == start
            if rule["only_blank"] == "yes" and end >= 0:
                places &= ~stated[owner[said.line], end]
            found.append(_following(said.taken(np.flatnonzero(places)), rule, pools, taxonomy))
    return found


def _following(rows: Rows, rule: Mapping[str, str], pools: Pools, taxonomy: Taxonomy) -> Rows:
    """What follows from some rows by one rule."""
    concepts = pools.concept.texts
    present = np.unique(rows.columns["concept"])
    targets = {int(one): taxonomy.linked(concepts[one], rule["relation"]) for one in present}
    flat = [target for some in targets.values() for target in some]
    size = len(concepts)
    counts, starts = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    counts[present] = [len(some) for some in targets.values()]
    starts[present] = np.cumsum(counts[present]) - counts[present]
    place, target = _spread(counts[rows.columns["concept"]], starts[rows.columns["concept"]])
    found = rows.taken(place)
    commonplace = np.array([_commonplace().get((rule["side"], one), 1.0) for one in flat], dtype=float)
    columns = {
        **found.columns,
        "concept": np.array([pools.concept(one) for one in flat], dtype=np.int64)[target],
        "role": np.full(len(place), pools.role(rule["role"]), dtype=np.int64),
        "step": np.where(found.columns["step"] == pools.step(PROPOSED), pools.step(PROPOSED), pools.step(IMPLIED)),
        "system": np.full(len(place), pools.system(""), dtype=np.int64),
    }
    scores = found.score * float(rule["factor"]) * commonplace[target]
    return replace(found, columns=columns, score=scores, implied=np.ones(len(place), dtype=bool))


@lru_cache(maxsize=1)
def _commonplace() -> dict[tuple[str, str], float]:
    """Side and concept -> the factor of what is hardly a sign of anything, `data/linking/commonplace.csv`."""
    return {(row["side"], row["concept"]): float(row["factor"]) for row in data.rows("linking/commonplace.csv")}


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        np.concatenate([part.line for part in parts]),
        np.concatenate([part.place for part in parts]),
        {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns},
        np.concatenate([part.score for part in parts]),
        np.concatenate([part.implied for part in parts]),
    )
