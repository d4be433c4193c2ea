"""Who should meet whom: buyers that are named, actors that could serve them, and what there is to talk about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from integrator.meetings.own_company import is_own
from integrator.text.remarks import apart

WORTH = 2
"""Least grade for an invitation."""


@dataclass(frozen=True)
class Invitation:
    """One buyer and one supplier who have something to talk about."""

    score: float
    """Of the best match."""
    grade: int | None
    needs: tuple[tuple[str, str], ...] = ()
    """(need id, component) of the matches of grade 2 or more, best first."""
    reasons: str = ""
    """Of the best match."""
    question: str = ""
    """The first question of the best match that has one."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """Side that asked -> priority of its request."""


def weights(needs: pd.DataFrame, matches: pd.DataFrame) -> dict[tuple[str, str], float]:
    """(buyer, supplier id) -> the best score over the needs of the buyer; grade 2 or more only.

    A need of the whole sector invites nobody: there is no buyer to sit at the table.
    """
    return {pair: found.score for pair, found in invitations(needs, matches).items()}


def invitations(needs: pd.DataFrame, matches: pd.DataFrame) -> dict[tuple[str, str], Invitation]:
    """(buyer, supplier id) -> what speaks for a meeting, of the matches that `weights` counts."""
    named = needs[needs["named_buyer"] == "yes"].set_index("need_id")
    buyers = named["buyer"].to_dict()
    components: Mapping[Any, str] = named["component"].to_dict() if "component" in named else {}
    able = matches[(matches["supplier_id"] != "") & (matches["grade"] >= WORTH).fillna(False)]
    able = able[able["need_id"].isin(set(buyers))].sort_values(["score", "need_id"], ascending=[False, True])
    found: dict[tuple[str, str], list[dict[Any, Any]]] = {}
    for row in able.to_dict("records"):
        found.setdefault((str(buyers[row["need_id"]]), str(row["supplier_id"])), []).append(row)
    return {pair: _invitation(rows, components) for pair, rows in sorted(found.items())}


def best_grades(needs: pd.DataFrame, matches: pd.DataFrame) -> dict[tuple[str, str], int]:
    """(buyer, supplier id) -> the best grade of any of their matches, below 2 too."""
    named = needs[needs["named_buyer"] == "yes"].set_index("need_id")["buyer"].to_dict()
    graded = matches[(matches["supplier_id"] != "") & matches["grade"].notna() & matches["need_id"].isin(set(named))]
    found: dict[tuple[str, str], int] = {}
    for need_id, supplier, grade in zip(graded["need_id"], graded["supplier_id"], graded["grade"], strict=True):
        pair = (str(named[need_id]), str(supplier))
        found[pair] = max(found.get(pair, 0), int(grade))
    return found


def own_sites(pairs: Iterable[tuple[str, str]], suppliers: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """Of some (buyer, supplier id), those in which the supplier is a site of the buyer's own company."""
    names = dict(zip(suppliers["supplier_id"], suppliers["name"], strict=True))
    groups = dict(zip(suppliers["supplier_id"], suppliers["group"], strict=True))
    return frozenset((b, s) for b, s in pairs if is_own(b, str(names.get(s, s)), str(groups.get(s, ""))))


def _invitation(rows: list[dict[Any, Any]], components: Mapping[Any, str]) -> Invitation:
    best = rows[0]
    asked = (next(iter(apart(str(row.get("questions", "")))), "") for row in rows)
    return Invitation(
        float(str(best["score"])),
        int(str(best["grade"])),
        tuple((str(row["need_id"]), str(components.get(str(row["need_id"]), ""))) for row in rows),
        str(best.get("reasons", "")),
        next(filter(None, asked), ""),
    )
