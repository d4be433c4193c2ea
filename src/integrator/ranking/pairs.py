"""Everything a feature may look at, aligned by candidate pair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from integrator.records import Role
from integrator.taxonomy.space import rarity

if TYPE_CHECKING:
    from scipy import sparse

    from integrator.ranking.experience import Experience
    from integrator.taxonomy.space import ConceptSpace

Numbers = NDArray[np.float64]
Positions = NDArray[np.intp]
ROLES: tuple[Role, ...] = ("component", "process", "material", "certification")


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs with their two sides; `need` and `supplier` are row positions in the tables."""

    candidates: pd.DataFrame
    needs: pd.DataFrame
    suppliers: pd.DataFrame
    need: Positions
    supplier: Positions
    asked: dict[Role, sparse.csr_matrix]
    """By role: needs x concepts, how firmly each concept is asked (0-1)."""
    offered: dict[Role, sparse.csr_matrix]
    """By role: suppliers x concepts, how firmly each concept is offered (0-1)."""
    reach: dict[Role, sparse.csr_matrix]
    """By role: suppliers x concepts, how near the offer comes to each concept (0-1)."""
    rarity: dict[Role, Numbers]
    """By role: a weight a concept, high when few suppliers reach it (0-1)."""
    related: sparse.csr_matrix
    """Suppliers x concepts: how firmly the supplier offers what goes into each part, or takes it in (0-1)."""
    guessed: dict[Role, NDArray[np.bool_]]
    """By role: for each need, whether what it asks is known from proposals alone."""
    main: sparse.csr_matrix
    """Needs x concepts: the process listed first, or every process when none is listed."""
    said: dict[Role, sparse.csr_matrix]
    """By role: suppliers x concepts, like `offered` but only what the supplier says, not what follows from it."""
    requirements: pd.DataFrame
    capabilities: pd.DataFrame
    facts: pd.DataFrame
    space: ConceptSpace
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

    def of_needs(self, column: str) -> NDArray[np.object_]:
        """A column of the needs, one value a pair."""
        return np.asarray(self.needs[column].to_numpy(dtype=object)[self.need])

    def of_suppliers(self, column: str) -> NDArray[np.object_]:
        """A column of the suppliers, one value a pair."""
        return np.asarray(self.suppliers[column].to_numpy(dtype=object)[self.supplier])


def build_pairs(
    candidates: pd.DataFrame,
    needs: pd.DataFrame,
    suppliers: pd.DataFrame,
    requirements: pd.DataFrame,
    capabilities: pd.DataFrame,
    facts: pd.DataFrame,
    space: ConceptSpace,
    experience: Experience | None = None,
) -> Pairs:
    """Align candidates with the tables and lay their concepts out as matrices."""
    need_of = {identifier: i for i, identifier in enumerate(needs["need_id"])}
    supplier_of = {identifier: i for i, identifier in enumerate(suppliers["supplier_id"])}
    asked, offered, said, reach, weight, guessed = {}, {}, {}, {}, {}, {}
    for role in ROLES:
        wanted = requirements[requirements["role"] == role]
        able = capabilities[capabilities["role"] == role]
        guessed[role] = _guessed(wanted, needs)
        asked[role] = space.matrix(wanted, "need_id", list(needs["need_id"]))
        offered[role] = space.matrix(able, "supplier_id", list(suppliers["supplier_id"]))
        said[role] = space.matrix(able[able["implied"] != "yes"], "supplier_id", list(suppliers["supplier_id"]))
        reach[role] = space.reach(offered[role])
        weight[role] = rarity(reach[role])
    main = space.matrix(main_processes(requirements), "need_id", list(needs["need_id"]))
    return Pairs(
        candidates=candidates,
        needs=needs,
        suppliers=suppliers,
        need=np.asarray([need_of[i] for i in candidates["need_id"]], dtype=np.intp),
        supplier=np.asarray([supplier_of[i] for i in candidates["supplier_id"]], dtype=np.intp),
        asked=asked,
        offered=offered,
        reach=reach,
        rarity=weight,
        related=space.spread(offered["component"], space.related),
        guessed=guessed,
        main=main,
        said=said,
        requirements=requirements,
        capabilities=capabilities,
        facts=facts,
        space=space,
        experience=experience,
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
