"""What making a part takes: its processes and materials, and how many of the sites read have each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Sites(NamedTuple):
    """The sites that have a process or material."""

    stated: Mapping[str, bool]
    """Supplier id -> whether the site states it; else it follows from what the site makes."""
    declared: int
    """How many state it: counted once, not for every need."""


Offers = Mapping[str, Sites]
"""By concept."""
_NONE = Sites({}, 0)
ROLES = ("process", "material")
_PROPOSED = ("similar", "semantic")


@dataclass(frozen=True)
class Step:
    """One process or material of a need."""

    role: str
    label: str
    is_asked: bool
    """Whether the need asks for it; else it follows from the part."""
    declared: int
    """Sites that state it."""
    deduced: int
    """Sites of whose products it follows."""
    able: int
    """Those of both that are actors of grade 2 or better."""


def offers(capabilities: pd.DataFrame) -> Offers:
    """The processes and materials of every site; names that only look alike are left out."""
    kept = capabilities[capabilities["role"].isin(ROLES) & ~capabilities["step"].isin(_PROPOSED)]
    found: dict[str, dict[str, bool]] = {}
    columns = (kept[name].tolist() for name in ("concept", "supplier_id", "implied"))
    for concept, supplier, implied in zip(*columns, strict=True):
        of_concept = found.setdefault(concept, {})
        of_concept[supplier] = of_concept.get(supplier, False) or implied != "yes"
    return {concept: Sites(stated, sum(stated.values())) for concept, stated in found.items()}


def steps_of(asked: Iterable[Mapping[str, Any]], offered: Offers, able: Sequence[str]) -> tuple[Step, ...]:
    """Processes, then materials; what is asked for first, each concept once."""
    rows = sorted(
        (row for row in asked if row["role"] in ROLES and row["concept"]),
        key=lambda row: (ROLES.index(row["role"]), row["implied"] == "yes", row["line"]),
    )
    found: dict[str, Step] = {}
    for row in rows:
        sites, declared = offered.get(row["concept"], _NONE)
        found.setdefault(
            row["concept"],
            Step(row["role"], str(row["label"]), row["implied"] != "yes", declared, len(sites) - declared,
                 sum(one in sites for one in able)),
        )  # fmt: skip
    return tuple(found.values())
