"""What making a part takes: its processes and materials, and how many of the sites read have each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Offers = Mapping[str, Mapping[str, bool]]
"""Concept -> supplier id -> whether the site states it; else it follows from what the site makes."""
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
    for concept, supplier, implied in zip(kept["concept"], kept["supplier_id"], kept["implied"], strict=True):
        of_concept = found.setdefault(str(concept), {})
        of_concept[str(supplier)] = of_concept.get(str(supplier), False) or implied != "yes"
    return found


def steps_of(asked: Iterable[Mapping[str, Any]], offered: Offers, able: Sequence[str]) -> tuple[Step, ...]:
    """Processes, then materials; what is asked for first, each concept once."""
    rows = sorted(
        (row for row in asked if row["role"] in ROLES and row["concept"]),
        key=lambda row: (ROLES.index(row["role"]), row["implied"] == "yes", row["line"]),
    )
    found: dict[str, Step] = {}
    for row in rows:
        sites = offered.get(row["concept"], {})
        declared = sum(sites.values())
        found.setdefault(
            row["concept"],
            Step(row["role"], str(row["label"]), row["implied"] != "yes", declared, len(sites) - declared,
                 sum(one in sites for one in able)),
        )  # fmt: skip
    return tuple(found.values())
