"""What a line without any known part may mean: the nearest names, kept as proposals by `data/linking/proposals.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator import data
from integrator.records import ConceptLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.records import Role
    from integrator.taxonomy import Taxonomy


def proposals(line: str, side: str, role: Role, links: Sequence[ConceptLink], taxonomy: Taxonomy) -> list[ConceptLink]:
    """Links of step `similar` for a line that gave none of its first role; empty where no rule asks for them.

    By letters only: comparing meanings here was measured to add nothing, and would read every label of the lexicon.
    """
    rule = next((row for row in data.rows("linking/proposals.csv") if (row["side"], row["role"]) == (side, role)), None)
    if rule is None or any(link.role == role for link in links):
        return []
    factor = float(rule["factor"])
    return [
        ConceptLink(concept, role, "similar", round(factor * likeness, 4), line)
        for concept, likeness in taxonomy.propose(line, int(rule["count"]), (role,))
        if likeness >= float(rule["least"])
    ]
