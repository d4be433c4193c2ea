"""Needs by the language of their name and by the family of their part, so that a mean does not hide a kind of need."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from integrator.taxonomy import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from integrator.pipeline import Run
    from integrator.training.measuring import Measured

FEWEST = 3
"""Groups of fewer needs are put together as `others`."""


def by_language(run: Run, needs: Sequence[str]) -> list[str]:
    """The language of each need's name; `unknown` when it is not known."""
    return [run.need_languages.get(need, "") or "unknown" for need in needs]


def by_family(run: Run, needs: Sequence[str]) -> list[str]:
    """The widest family of the part that each need asks for most firmly; `no part named` for the others."""
    taxonomy, parts = load(run.config.terms), run.tables["requirements"]
    parts = parts[(parts["role"] == "component") & (parts["step"] != "similar")]
    parts = parts.sort_values(["need_id", "score", "concept"], ascending=[True, False, True], kind="stable")
    first = parts.drop_duplicates("need_id").set_index("need_id")["concept"].astype(str).to_dict()
    return [
        taxonomy.label([first[need], *taxonomy.ancestors(first[need])][-1], "en") if need in first else "no part named"
        for need in needs
    ]


def table(groups: Sequence[str], measured: Mapping[str, Measured]) -> dict[str, Any]:
    """Measures of each ranker by group of needs, groups in order; `measured` by name of the ranker."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, group in enumerate(groups):
        rows[group].append(row)
    small = [group for group in rows if len(rows[group]) < FEWEST]
    for group in small:
        rows["others"] += rows.pop(group)
    return {
        group: {
            "needs": len(rows[group]),
            **{name: one.mean(_mask(rows[group], len(groups))) for name, one in measured.items()},
        }
        for group in sorted(rows)
    }


def _mask(rows: Sequence[int], size: int) -> np.ndarray:
    found = np.zeros(size, dtype=bool)
    found[list(rows)] = True
    return found
