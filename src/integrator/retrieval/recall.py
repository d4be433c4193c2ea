"""Of the actors that people called able, how many are ranked at all: what no ranking can mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from integrator import tables
from integrator.metrics import candidate_recall

if TYPE_CHECKING:
    import pandas as pd

ALL = "all"


def recall_table(
    matches: pd.DataFrame, grades: Mapping[str, Mapping[str, int]], languages: Mapping[str, str]
) -> pd.DataFrame:
    """`tables.RECALL`: all judged needs, then by language of their name; no row without judgements.

    `grades` holds the judged suppliers of each need, `languages` the language of each need.
    """
    ranked: dict[str, set[str]] = {}
    for need, supplier in zip(matches["need_id"], matches["supplier_id"], strict=True):
        ranked.setdefault(str(need), set()).add(str(supplier))
    groups: dict[str, dict[str, Mapping[str, int]]] = {}
    for need, judged in grades.items():
        for name in (ALL, languages.get(need, "unknown")):
            groups.setdefault(name, {})[need] = judged
    rows = []
    for name, judged_needs in groups.items():
        found, pairs = candidate_recall(ranked, judged_needs)
        share = found / pairs if pairs else None
        rows.append({"language": name, "needs": len(judged_needs), "pairs": pairs, "found": found, "recall": share})
    return tables.frame(tables.RECALL, rows)
