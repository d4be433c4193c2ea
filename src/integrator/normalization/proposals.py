"""What a line without any known part may mean: the nearest names, kept as proposals by `data/linking/proposals.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator import data
from integrator.records import ConceptLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.taxonomy import Taxonomy

SEARCHED = 10
"""Nearest concepts looked at, of whatever kind."""


def proposals(line: str, side: str, role: str, links: Sequence[ConceptLink], taxonomy: Taxonomy) -> list[ConceptLink]:
    """Links of step `similar` for a line that gave none of its first role; empty where no rule asks for them."""
    rule = next((row for row in data.rows("linking/proposals.csv") if (row["side"], row["role"]) == (side, role)), None)
    if rule is None or any(link.role == role for link in links):
        return []
    near = [
        (concept, likeness)
        for concept, likeness in taxonomy.propose(line, SEARCHED)
        if taxonomy.kind(concept) == role and likeness >= float(rule["least"])
    ]
    factor = float(rule["factor"])
    return [
        ConceptLink(concept, taxonomy.kind(concept), "similar", round(factor * likeness, 4), line)
        for concept, likeness in near[: int(rule["count"])]
    ]
