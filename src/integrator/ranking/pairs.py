"""Everything a feature may look at: what the suppliers offer, laid out once, and candidate pairs aligned with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from integrator import data
from integrator.records import Role
from integrator.taxonomy.space import nearby, rarity_of
from integrator.text.fold import fold

if TYPE_CHECKING:
    from scipy import sparse

    from integrator.ranking.experience import Experience
    from integrator.taxonomy.space import ConceptSpace

Numbers = NDArray[np.float64]
Positions = NDArray[np.intp]
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
    capabilities: pd.DataFrame
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

    def once(self, make: Callable[[Offers], Any]) -> Any:
        """What `make` gives for these suppliers, worked out once."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]


@dataclass(frozen=True)
class Counted:
    """What is counted over every supplier and need of a job."""

    rarity: dict[Role, Numbers]
    buyers: tuple[str, ...]
    made: dict[Callable[[Offers], Any], Any]
    """What `Offers.once` worked out of it, for `features.lines.COUNTED`."""


def offers_of(
    suppliers: pd.DataFrame,
    capabilities: pd.DataFrame,
    facts: pd.DataFrame,
    needs: pd.DataFrame,
    space: ConceptSpace,
    experience: Experience | None = None,
) -> Offers:
    """Lay out what the suppliers offer. `facts` may hold those of needs too; of all `needs` only the buyers count."""
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


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs with their two sides; `need` and `supplier` are row positions in the tables."""

    candidates: pd.DataFrame
    needs: pd.DataFrame
    requirements: pd.DataFrame
    offers: Offers
    need: Positions
    supplier: Positions
    asked: dict[Role, sparse.csr_matrix]
    """By role: needs x concepts, how firmly each concept is asked (0-1)."""
    guessed: dict[Role, NDArray[np.bool_]]
    """By role: for each need, whether what it asks is known from proposals alone."""
    main: sparse.csr_matrix
    """Needs x concepts: the process listed first, or every process when none is listed."""
    order: NDArray[np.intp]
    """Two rows: the place of the supplier of each pair, and of its need, when they are sorted by id."""
    experience: Experience | None = None
    """What people judged at other needs; None = nothing, as for the expert scorecard."""
    _made: dict[Callable[[Pairs], Any], Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.candidates)

    def once(self, make: Callable[[Pairs], Any]) -> Any:
        """What `make` gives for these pairs, worked out once."""
        if make not in self._made:
            self._made[make] = make(self)
        return self._made[make]

    def by_supplier(self, make: Callable[[Offers], Any]) -> Any:
        """What `make` gives for each supplier, worked out once, as one value a pair."""
        return self.offers.once(make)[self.supplier]

    def ids(self, rows: Positions) -> pd.DataFrame:
        """The columns `need_id` and `supplier_id` of some pairs."""
        need, supplier = self.needs["need_id"], self.suppliers["supplier_id"]
        return pd.DataFrame(
            {
                "need_id": need.take(self.need[rows]).reset_index(drop=True),
                "supplier_id": supplier.take(self.supplier[rows]).reset_index(drop=True),
            }
        )

    @property
    def suppliers(self) -> pd.DataFrame:
        """See `Offers`; so are the next ones."""
        return self.offers.suppliers

    @property
    def space(self) -> ConceptSpace:
        """Of both sides."""
        return self.offers.space

    @property
    def offered(self) -> dict[Role, sparse.csr_matrix]:
        """See `Offers`."""
        return self.offers.offered

    @property
    def said(self) -> dict[Role, sparse.csr_matrix]:
        """See `Offers`."""
        return self.offers.said


def build_pairs(candidates: pd.DataFrame, needs: pd.DataFrame, requirements: pd.DataFrame, offers: Offers) -> Pairs:
    """Align candidates with their needs and suppliers, and lay out what the needs ask; `requirements` are theirs."""
    ids = needs["need_id"].tolist()
    need_of = {identifier: i for i, identifier in enumerate(ids)}
    asked, guessed = {}, {}
    for role in ROLES:
        wanted = requirements[requirements["role"] == role]
        guessed[role] = _guessed(wanted, needs)
        asked[role] = offers.space.matrix(wanted, "need_id", ids)
    need = np.asarray([need_of[i] for i in candidates["need_id"].tolist()], dtype=np.intp)
    supplier = np.asarray([offers.position[i] for i in candidates["supplier_id"].tolist()], dtype=np.intp)
    return Pairs(
        candidates=candidates,
        needs=needs,
        requirements=requirements,
        offers=offers,
        need=need,
        supplier=supplier,
        order=np.stack([offers.place[supplier], places_of(ids)[need]]),
        asked=asked,
        guessed=guessed,
        main=offers.space.matrix(main_processes(requirements), "need_id", ids),
        experience=offers.experience,
    )


def _guessed(wanted: pd.DataFrame, needs: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether every link of a need is a proposal, or follows from one; a need without links asks for nothing."""
    alone = (wanted["step"] == "similar").groupby(wanted["need_id"]).all()
    return np.asarray(needs["need_id"].map(alone).eq(True).to_numpy(dtype=bool))


def main_processes(requirements: pd.DataFrame) -> pd.DataFrame:
    """The links of the first item of the processes cell; those of anything else where the cell gave none."""
    processes = requirements[requirements["role"] == "process"]
    listed = processes[processes["field"] == "processes"]
    first = listed.groupby("need_id")["line"].transform("min")
    others = processes[~processes["need_id"].isin(listed["need_id"])]
    return pd.concat([listed[listed["line"] == first], others])
