"""Everything a feature may look at: candidate pairs, with what their needs ask and their suppliers offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from integrator.ranking.arrays import Positions
from integrator.ranking.offers import ROLES, Offers, places_of
from integrator.records import Role

if TYPE_CHECKING:
    from scipy import sparse

    from integrator.ranking.experience import Experience
    from integrator.taxonomy.space import ConceptSpace

Made = TypeVar("Made")
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs with their two sides; `need` and `supplier` are row positions in the tables."""

    candidates: pd.DataFrame
    """A row a pair: `need_id`, `supplier_id`, `channels` and the score of each channel, `channel_NAME` (0-1)."""
    needs: pd.DataFrame
    """`tables.NEEDS`."""
    requirements: pd.DataFrame
    """`tables.REQUIREMENTS`."""
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

    def once(self, make: Callable[[Pairs], Made]) -> Made:
        """What `make` gives for these pairs, worked out once."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    def by_supplier(self, make: Callable[[Offers], NDArray[Kind]]) -> NDArray[Kind]:
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
    """Align candidates with their needs and suppliers, and lay out what the needs ask; `requirements` are theirs.

    Raises `KeyError` for a candidate whose need or supplier is not among them.
    """
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
