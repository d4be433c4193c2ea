"""Why a pair has its score: for each criterion the value asked, the value offered, and their cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from integrator import data, tables
from integrator.ranking.scorecard import Criterion, scorecard

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Pairs
    from integrator.taxonomy.space import ConceptSpace


@dataclass(frozen=True)
class Said:
    """One concept as said by one side, with its cell."""

    concept: int
    score: float
    text: str
    cell: str


class Statements:
    """The links of every need or supplier by role, ready to be quoted."""

    def __init__(self, links: pd.DataFrame, entity: str, space: ConceptSpace) -> None:
        self._by: dict[tuple[str, str], list[Said]] = defaultdict(list)
        columns = [entity, "role", "concept", "score", "label", "text", "implied", "file", "sheet", "cell"]
        for identifier, role, concept, score, label, text, implied, file, sheet, cell in links[
            columns
        ].itertuples(index=False, name=None):
            words = f"{label} ({text})" if implied == "no" else f"{label} (*)"
            address = f"{file} [{sheet}] {cell}" if sheet else f"{file} {cell}"
            self._by[identifier, role].append(Said(space.position[concept], score, words, address))

    def of(self, identifier: str, role: str) -> list[Said]:
        """What one entity says in one role, strongest first."""
        return sorted(
            self._by.get((identifier, role), []), key=lambda said: (-said.score, said.text, said.cell)
        )


@lru_cache(maxsize=1)
def _presentation() -> dict[str, dict[str, str]]:
    return {row["feature"]: row for row in data.rows("ranking/criteria.csv")}


class Reasons:
    """Builds the reasons table of ranked pairs."""

    def __init__(
        self, pairs: Pairs, requirements: pd.DataFrame, capabilities: pd.DataFrame, space: ConceptSpace
    ) -> None:
        self._pairs, self._space = pairs, space
        self._asked = Statements(requirements, "need_id", space)
        self._offered = Statements(capabilities, "supplier_id", space)

    def table(
        self, chosen: np.ndarray, features: dict[str, Numbers], points: dict[str, Numbers]
    ) -> pd.DataFrame:
        """`tables.REASONS` for the chosen pair positions, one row a criterion."""
        rows = [
            self._row(int(position), criterion, features, points)
            for position in chosen
            for criterion in scorecard()
        ]
        return tables.check(tables.REASONS, pd.DataFrame(rows, columns=tables.REASONS.names))

    def _row(
        self, position: int, criterion: Criterion, features: dict[str, Numbers], points: dict[str, Numbers]
    ) -> tuple[object, ...]:
        name = criterion.feature
        value = float(features[name][position])
        need_id = str(self._pairs.candidates["need_id"].iat[position])
        supplier_id = str(self._pairs.candidates["supplier_id"].iat[position])
        quoted = self._quote(position, name, need_id, supplier_id)
        return (
            need_id, supplier_id, name, criterion.state(value), criterion.weight,
            float(points[name][position]), *quoted,
        )  # fmt: skip

    def _quote(self, position: int, name: str, need_id: str, supplier_id: str) -> tuple[str, str, str, str]:
        how = _presentation()[name]
        if how["role"]:
            asked, offered = self._closest(need_id, supplier_id, how["role"])
            return asked.text, offered.text, asked.cell, offered.cell
        need_value, need_cell = self._cell(self._pairs.needs, self._pairs.need[position], how["need_field"])
        value, cell = self._cell(self._pairs.suppliers, self._pairs.supplier[position], how["supplier_field"])
        return need_value, value, need_cell, cell

    def _closest(self, need_id: str, supplier_id: str, role: str) -> tuple[Said, Said]:
        """The pair of statements that come nearest to each other."""
        asked = self._asked.of(need_id, role)
        offered = self._offered.of(supplier_id, role)
        nothing = Said(-1, 0.0, "", "")
        if not asked or not offered:
            return asked[0] if asked else nothing, offered[0] if offered else nothing
        nearness = self._space.between
        return max(
            ((one, other) for one in asked for other in offered),
            key=lambda pair: nearness(pair[1].concept, pair[0].concept) * pair[0].score * pair[1].score,
        )

    @staticmethod
    def _cell(frame: pd.DataFrame, row: int, field: str) -> tuple[str, str]:
        if not field:
            return "", ""
        value = str(frame[field].iat[row])
        address = f"{frame['file'].iat[row]}"
        sheet = str(frame["sheet"].iat[row])
        place = (
            f"{address} [{sheet}] {frame['row'].iat[row]}" if sheet else f"{address} {frame['row'].iat[row]}"
        )
        return value, place if value else ""
