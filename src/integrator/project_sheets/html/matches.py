"""The matches of a need as short rows, with the states of their criteria."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from integrator.project_sheets.valuations import Row, rows_of
from integrator.text.remarks import apart

if TYPE_CHECKING:
    import pandas as pd

    from integrator.project_sheets.html.kept import Kept

_SIGNS = {"met": "m", "failed": "f", "unknown": "u"}
_COMPARED = ("need_value", "supplier_value", "need_cell", "supplier_cell")


class Reasons:
    """The criteria of every pair."""

    def __init__(self, reasons: pd.DataFrame) -> None:
        weights = reasons.groupby("criterion")["weight"].max().sort_index()
        self.criteria: tuple[str, ...] = tuple(weights.sort_values(ascending=False, kind="stable").index)
        """The heaviest first."""
        self._places = {name: place for place, name in enumerate(self.criteria)}
        self._pairs: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        columns = ["need_id", "supplier_id", "criterion", "state", *_COMPARED]
        for need, supplier, *rest in zip(*(reasons[name].tolist() for name in columns), strict=True):
            self._pairs.setdefault((need, supplier), []).append(tuple(rest))

    def states(self, need: str, supplier: str) -> str:
        """A sign a criterion: m met, f failed, u unknown, - none."""
        signs = ["-"] * len(self.criteria)
        for criterion, state, *_ in self._pairs.get((need, supplier), []):
            signs[self._places[criterion]] = _SIGNS.get(state, "-")
        return "".join(signs)

    def compared(self, need: str, supplier: str, kept: Kept) -> list[list[int]]:
        """By criterion where either side says something: its place, then numbers of both values and both cells."""
        rows = (
            [self._places[criterion], *map(kept.text, values)]
            for criterion, _, *values in self._pairs.get((need, supplier), [])
            if any(values)
        )
        return sorted(rows)


def match_rows(
    matches: Sequence[Row], shown: Iterable[str], places: Mapping[str, int], reasons: Reasons, kept: Kept
) -> list[list[Any]]:
    """One list a match in the order of the ranks.

    Supplier (its place in the list of suppliers), rank, score, probability or null, grade, distance or null, basis,
    strengths, gaps, questions, conflict, states; of those that a sheet shows also what was compared.
    """
    wanted = set(shown)
    rows = []
    for match in matches:
        need, supplier = match["need_id"], match["supplier_id"]
        row: list[Any] = [
            places[supplier], match["rank"], round(match["score"], 1), _known(match["probability"], 3), match["grade"],
            _known(match["distance_km"], 0), kept.text(match["grade_basis"]),
            *(_parts(match[name], kept) for name in ("reasons", "missing", "questions")),
            kept.text(match["conflict"]), kept.text(reasons.states(need, supplier)),
        ]  # fmt: skip
        rows.append([*row, reasons.compared(need, supplier, kept)] if supplier in wanted else row)
    return rows


def by_need(matches: pd.DataFrame) -> dict[str, list[Row]]:
    """The matches of each need that name a supplier, best first."""
    found: dict[str, list[Row]] = {}
    for row in rows_of(matches[matches["supplier_id"] != ""].sort_values(["need_id", "rank"])):
        found.setdefault(row["need_id"], []).append(row)
    return found


def _parts(text: str, kept: Kept) -> list[int]:
    return [kept.text(part) for part in apart(text)]


def _known(value: float | None, decimals: int) -> float | None:
    return None if value is None or math.isnan(value) else round(value, decimals or None)
