"""What people judged before, kept by a trained ranker: the judged needs as concepts, and who stood out there.

It knows suppliers, not pairs: a need never sees its own grades (`features/experience.py`). A ranker that is measured on
needs held out must know nothing of them: it is given the experience of the others alone. Suppliers are known
by id and name together: in another job the same id may be another company.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from scipy import sparse

from integrator import data
from integrator.records import Role
from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy.space import ConceptSpace

FILE = "ranking/likeness.csv"
DECIMALS = 6


@dataclass(frozen=True)
class Experience:
    """Judged needs as concepts, and how far each judged supplier stood above or below the others there."""

    needs: Mapping[str, Mapping[str, float]]
    """Need id -> weights of concepts and their wider families, a vector of length 1 at most."""
    judged: Mapping[str, Mapping[str, float]]
    """Need id -> supplier id -> grade less the mean grade of the need."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Supplier id -> mark of the name that it had, see `name_mark`."""

    def of(self, suppliers: pd.DataFrame) -> Experience:
        """What of it is about suppliers of these ids and names (columns `supplier_id`, `name`)."""
        pairs = zip(suppliers["supplier_id"].astype(str), suppliers["name"].astype(str), strict=True)
        same = {one for one, name in pairs if one in self.names and self.names[one] == name_mark(name)}
        judged = {
            need: {one: grade for one, grade in grades.items() if one in same} for need, grades in self.judged.items()
        }
        return Experience(self.needs, judged, self.names)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        needs = {need: dict(concepts) for need, concepts in self.needs.items()}
        return {"needs": needs, "judged": {n: dict(row) for n, row in self.judged.items()}, "names": dict(self.names)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Experience:
        """The experience written by `to_dict`. ValueError when it is none."""
        try:
            needs, judged = (
                {str(need): {str(key): float(value) for key, value in row.items()} for need, row in data[part].items()}
                for part in ("needs", "judged")
            )
            names = {str(one): mark for one, mark in data["names"].items()}
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise ValueError("Experience has needs, judged and names.") from None
        if not all(isinstance(mark, str) for mark in names.values()):
            raise ValueError("The names of an experience are marks, written as text.")
        values = [value for part in (needs, judged) for row in part.values() for value in row.values()]
        if not np.isfinite(values).all():
            raise ValueError("The numbers of an experience must be finite.")
        return cls(needs, judged, names)


def name_mark(name: str) -> str:
    """A short mark of a name, the same for its spellings with other accents and case; it does not tell the name."""
    return hashlib.sha256(fold(name).encode()).hexdigest()[:16]


def experience_of(
    requirements: pd.DataFrame,
    suppliers: pd.DataFrame,
    grades: Mapping[str, Mapping[str, float]],
    space: ConceptSpace,
) -> Experience:
    """What is learned from graded pairs (need id -> supplier id -> grade) and what those needs ask for."""
    needs = sorted(need for need, own in grades.items() if own)
    vectors = signatures(requirements, needs, space)
    concepts = {
        need: {
            space.concepts[column]: round(float(value), DECIMALS)
            for column, value in zip(vectors.indices[start:end], vectors.data[start:end], strict=True)
        }
        for need, start, end in zip(needs, vectors.indptr[:-1], vectors.indptr[1:], strict=True)
    }
    mean = {need: sum(grades[need].values()) / len(grades[need]) for need in needs}
    judged = {
        need: {one: round(grade - mean[need], DECIMALS) for one, grade in sorted(grades[need].items())}
        for need in needs
    }
    graded = {one for row in judged.values() for one in row}
    known = zip(suppliers["supplier_id"].astype(str), suppliers["name"].astype(str), strict=True)
    return Experience(concepts, judged, {one: name_mark(name) for one, name in sorted(known) if one in graded})


@lru_cache(maxsize=1)
def shares() -> Mapping[str, float]:
    """Kind of concept -> how much it counts when two needs are compared.

    Raises `KnowledgeError` for a kind that there is not, and unless the shares sum to 1.
    """
    found = {row["role"]: float(row["share"]) for row in data.rows(FILE)}
    if strange := sorted(found.keys() - set(get_args(Role))):
        raise data.KnowledgeError(f"{FILE}: unknown role {', '.join(strange)}")
    if not math.isclose(sum(found.values()), 1.0):
        raise data.KnowledgeError(f"{FILE}: the shares sum to {sum(found.values()):g}, not 1")
    return found


def signatures(requirements: pd.DataFrame, needs: list[str], space: ConceptSpace) -> sparse.csr_matrix:
    """Needs x concepts: what each need asks for and the families of it, narrow ones weighing more, by kind."""
    found = sparse.csr_matrix((len(needs), len(space.concepts)))
    for role, share in shares().items():
        said = space.matrix(requirements[requirements["role"] == role], "need_id", needs)
        wide = sparse.csr_matrix((said @ space.families).multiply(space.information))
        length = np.sqrt(np.asarray(wide.multiply(wide).sum(axis=1), dtype=float).ravel())
        scale = np.divide(np.sqrt(share), length, out=np.zeros(len(needs)), where=length > 0)
        found = found + sparse.diags(scale) @ wide
    return sparse.csr_matrix(found)
