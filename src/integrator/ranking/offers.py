"""What the suppliers offer, laid out once for every block of needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from integrator import data
from integrator.ranking.arrays import Numbers, Positions
from integrator.records import Role
from integrator.taxonomy.space import nearby, rarity_of
from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

    from integrator.ranking.experience import Experience
    from integrator.taxonomy.space import ConceptSpace

Made = TypeVar("Made")
REACHED = 8192
"""Rows whose nearness to every concept is worked out at a time; bounds the memory."""
MEASURED = ("annual_capacity", "headcount")
"""Fields of suppliers whose figures are features."""
FACT_COLUMNS = ("entity_id", "field", "value", "low", "unit", "chosen", "file", "sheet", "cell")
ROLES: tuple[Role, ...] = ("component", "process", "material", "certification")


@dataclass(frozen=True)
class Offers:
    """The suppliers and their concepts as matrices; the same for every block of needs, and only read."""

    suppliers: pd.DataFrame
    """`tables.SUPPLIERS`; a row here is a row everywhere else."""
    capabilities: pd.DataFrame
    """`tables.CAPABILITIES`."""
    facts: pd.DataFrame
    """Of `tables.FACTS`, what is quoted or measured of the suppliers: the columns `FACT_COLUMNS`."""
    space: ConceptSpace
    buyers: tuple[str, ...]
    """Folded names of the buyers that the needs of the whole job name."""
    position: Mapping[str, int]
    """Supplier id -> row."""
    place: Positions
    """The place of each supplier when they are sorted by id."""
    offered: dict[Role, sparse.csr_matrix]
    """By role: suppliers x concepts, how firmly each concept is offered (0-1)."""
    said: dict[Role, sparse.csr_matrix]
    """By role: suppliers x concepts, like `offered` but only what the supplier says, not what follows from it."""
    rarity: dict[Role, Numbers]
    """By role: a weight a concept, high when few suppliers reach it (0-1)."""
    related: sparse.csr_matrix
    """Suppliers x concepts: how firmly the supplier offers what goes into each part, or takes it in (0-1)."""
    experience: Experience | None = None
    """What people judged of these suppliers; None = nothing, as for the expert scorecard."""
    _made: dict[Callable[[Offers], Any], Any] = field(default_factory=dict, repr=False)

    def once(self, make: Callable[[Offers], Made]) -> Made:
        """What `make` gives for these suppliers, worked out once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found


@dataclass(frozen=True)
class Counted:
    """What is counted over every supplier and need of a job."""

    rarity: dict[Role, Numbers]
    """See `Offers`."""
    buyers: tuple[str, ...]
    """Folded, sorted names; see `Offers`."""
    made: dict[Callable[[Offers], Any], Any]
    """What `Offers.once` worked out of it, for `features.line_counts.COUNTED`."""


def offers_of(
    suppliers: pd.DataFrame,
    capabilities: pd.DataFrame,
    facts: pd.DataFrame,
    needs: pd.DataFrame,
    space: ConceptSpace,
    experience: Experience | None = None,
) -> Offers:
    """Lay out what the suppliers offer.

    `suppliers`, `capabilities`, `facts` and `needs` as in `tables`, of the whole job: `facts` may hold those of needs
    too, of `needs` only the buyers count.
    """
    return _laid_out(suppliers, capabilities, facts, space, experience, buyers_of(needs))


def offers_among(
    suppliers: pd.DataFrame,
    capabilities: pd.DataFrame,
    facts: pd.DataFrame,
    space: ConceptSpace,
    counted: Counted,
    experience: Experience | None = None,
) -> Offers:
    """`offers_of` of some of the suppliers: a pair of one of them is ranked as it is among all that were counted."""
    return _laid_out(suppliers, capabilities, facts, space, experience, counted.buyers, counted)


def _of_use(facts: pd.DataFrame) -> pd.DataFrame:
    """The facts of suppliers that are quoted or measured, in the columns that this takes."""
    fields = {row["supplier_field"] for row in data.rows("ranking/criteria.csv")} | set(MEASURED)
    return facts.loc[(facts["entity"] == "supplier") & facts["field"].isin(sorted(fields)), list(FACT_COLUMNS)]


def _laid_out(
    suppliers: pd.DataFrame, capabilities: pd.DataFrame, facts: pd.DataFrame, space: ConceptSpace,
    experience: Experience | None, buyers: tuple[str, ...], counted: Counted | None = None,
) -> Offers:  # fmt: skip
    ids = suppliers["supplier_id"].tolist()
    offered, said, weight = {}, {}, {}
    for role in ROLES:
        able = capabilities[capabilities["role"] == role]
        offered[role] = space.matrix(able, "supplier_id", ids)
        said[role] = space.matrix(able[able["implied"] != "yes"], "supplier_id", ids)
        weight[role] = counted.rarity[role] if counted else _rarity(space, offered[role])
    return Offers(
        suppliers=suppliers,
        capabilities=capabilities,
        facts=_of_use(facts),
        space=space,
        buyers=buyers,
        position={identifier: i for i, identifier in enumerate(ids)},
        place=places_of(ids),
        offered=offered,
        said=said,
        rarity=weight,
        related=space.spread(offered["component"], space.related),
        experience=experience.of(suppliers) if experience else None,
        _made=dict(counted.made) if counted else {},
    )


def places_of(ids: Sequence[str]) -> Positions:
    """The place of each id when they are sorted."""
    place = np.empty(len(ids), dtype=np.intp)
    place[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return place


def _rarity(space: ConceptSpace, offered: sparse.csr_matrix) -> Numbers:
    """See `taxonomy.space.rarity`; added up supplier by supplier, in parts."""
    counted = np.zeros((2, len(space.concepts)), dtype=np.int64)
    for part in reach_in_parts(space, offered):
        counted += nearby(part)
    return rarity_of(counted, offered.shape[0])


def reach_in_parts(space: ConceptSpace, offered: sparse.csr_matrix) -> Iterator[sparse.csr_matrix]:
    """`space.reach` of some rows at a time: of many suppliers at once it is large."""
    for start in range(0, offered.shape[0], REACHED):
        yield space.reach(offered[start : start + REACHED])


def buyers_of(needs: pd.DataFrame) -> tuple[str, ...]:
    """The folded names of the buyers that needs name, each once."""
    named = needs["buyer"][needs["named_buyer"] == "yes"]
    return tuple(sorted({fold(str(buyer)) for buyer in named.unique()} - {""}))
