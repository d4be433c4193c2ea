"""What a run may ask reviewers, and the short mark of it that a workbook bears."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.judging import Pair
from integrator.workbooks.writing import clean

MARKED = ("need_id", "component", "supplier_id", "name", "products", "proposed")


@dataclass(frozen=True)
class Questions:
    """The pairs of a run that a decision may be about."""

    batch: str
    """The mark of the run."""
    pairs: Mapping[Pair, tuple[str, str]]
    """Component and name of the actor, as a workbook shows them, by ids of need and supplier."""


def questions(tables: Mapping[str, pd.DataFrame]) -> Questions:
    """What the workbook of this run may ask."""
    matches = tables["matches"][tables["matches"]["supplier_id"] != ""]
    components = tables["needs"].set_index("need_id")["component"].map(clean).to_dict()
    names = tables["suppliers"].set_index("supplier_id")["name"].map(clean).to_dict()
    pairs = zip(matches["need_id"], matches["supplier_id"], strict=True)
    return Questions(batch(tables), {(need, one): (components[need], names[one]) for need, one in pairs})


def batch(tables: Mapping[str, pd.DataFrame]) -> str:
    """A short mark of the pairs that a run may ask about, with what a reviewer is shown of them.

    A workbook with another mark was exported before the inputs, the rules or the version changed. Which of the pairs
    were chosen does not count: a choice depends on what was judged before.
    """
    matches = tables["matches"]
    pairs = matches[matches["supplier_id"] != ""].sort_values(["need_id", "supplier_id"])
    suppliers, needs = tables["suppliers"].set_index("supplier_id"), tables["needs"].set_index("need_id")
    shown = pd.DataFrame(
        {
            "need_id": pairs["need_id"],
            "component": pairs["need_id"].map(needs["component"]),
            "supplier_id": pairs["supplier_id"],
            "name": pairs["supplier_id"].map(suppliers["name"]),
            "products": pairs["supplier_id"].map(suppliers["products"]),
            "proposed": pairs["grade"],
        }
    )
    lines = ("|".join(map(str, row)) for row in shown[list(MARKED)].itertuples(index=False, name=None))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:8]
