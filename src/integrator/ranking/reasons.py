"""Why a pair has its score: for each criterion the value asked, the value offered, and their cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from integrator import data, tables
from integrator.ranking.scorecard import scorecard_of
from integrator.text.fold import fold

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Offers
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
        columns = [entity, "role", "concept", "score", "label", "text", "step", "file", "sheet", "cell"]
        for identifier, role, concept, score, label, text, step, file, sheet, cell in links[columns].itertuples(
            index=False, name=None
        ):
            said = Said(space.position[concept], score, _words(label, text, step), _address(file, sheet, cell))
            self._by[identifier, role].append(said)
        for statements in self._by.values():
            statements.sort(key=lambda said: (-said.score, said.concept, said.cell, said.text))

    def of(self, identifier: str, role: str) -> list[Said]:
        """What one entity says in one role, strongest first."""
        return self._by.get((identifier, role), [])


class Cells:
    """The values of plain fields with their cells."""

    def __init__(self, facts: pd.DataFrame) -> None:
        columns = facts[["entity_id", "field", "value", "file", "sheet", "cell"]]
        self._by = {
            (entity, field): (value, _address(file, sheet, cell))
            for entity, field, value, file, sheet, cell in columns.itertuples(index=False, name=None)
        }

    def of(self, identifier: str, field: str) -> tuple[str, str]:
        """Value and address of one field; two blanks when nothing is said."""
        return self._by.get((identifier, field), ("", ""))


def _words(label: str, text: str, step: str) -> str:
    """The label, with the words as received where they differ; `(*)` marks what is implied, `(?)` a proposal."""
    if step in MARKS:
        return f"{label} {MARKS[step]}"
    return label if fold(label) == fold(text) else f"{label} ({text})"


MARKS = {"implied": "(*)", "similar": "(?)"}
"""Step of the linking -> the mark of what was not said."""


def _address(file: str, sheet: str, cell: str) -> str:
    return f"{file} [{sheet}] {cell}" if sheet else f"{file} {cell}"


Quote = tuple[str, str, str, str]


@lru_cache(maxsize=1)
def presentation() -> dict[str, Mapping[str, str]]:
    """How each criterion is quoted, by feature: the lines of `data/ranking/criteria.csv`."""
    return {row["feature"]: row for row in data.rows("ranking/criteria.csv")}


class Reasons:
    """Builds the reasons table of ranked pairs."""

    def __init__(self, requirements: pd.DataFrame, facts: pd.DataFrame, offers: Offers) -> None:
        self._space = offers.space
        self._asked = Statements(requirements, "need_id", offers.space)
        self._cells = Cells(facts)
        self._offered, self._offered_cells = offers.once(_offer_said)

    def table(self, chosen: pd.DataFrame, features: dict[str, Numbers], points: dict[str, Numbers]) -> pd.DataFrame:
        """`tables.REASONS` for the chosen pairs, one row a criterion.

        `chosen` has the columns `need_id`, `supplier_id` and `position`, the place of the pair in the arrays.
        """
        pairs = list(zip(chosen["need_id"].tolist(), chosen["supplier_id"].tolist(), strict=True))
        positions = chosen["position"].to_numpy(dtype=int)
        quotes: dict[str, list[Quote]] = {}
        columns: dict[str, list[object]] = {name: [] for name in tables.REASONS.names}
        for criterion in scorecard_of(features):
            how = presentation()[criterion.feature]
            about = f"{how['role']}/{how['tie']}/{how['need_field']}/{how['supplier_field']}"
            if about not in quotes:
                quotes[about] = [self._quote(how, *pair) for pair in pairs]
            columns["need_id"] += [need_id for need_id, _ in pairs]
            columns["supplier_id"] += [supplier_id for _, supplier_id in pairs]
            columns["criterion"] += [criterion.feature] * len(pairs)
            columns["state"] += criterion.states(features[criterion.feature][positions])
            columns["weight"] += [criterion.weight] * len(pairs)
            columns["points"] += points[criterion.feature][positions].tolist()
            for i, name in enumerate(("need_value", "supplier_value", "need_cell", "supplier_cell")):
                columns[name] += [quote[i] for quote in quotes[about]]
        return tables.check(tables.REASONS, pd.DataFrame(columns))

    def _quote(self, how: Mapping[str, str], need_id: str, supplier_id: str) -> Quote:
        """Value asked, value offered, and their two cells."""
        if how["role"]:
            asked, offered = self._closest(need_id, supplier_id, how["role"], how["tie"])
            return asked.text, offered.text, asked.cell, offered.cell
        need_value, need_cell = self._cells.of(need_id, how["need_field"])
        value, cell = self._offered_cells.of(supplier_id, how["supplier_field"])
        return need_value, value, need_cell, cell

    def _closest(self, need_id: str, supplier_id: str, role: str, tie: str) -> tuple[Said, Said]:
        """The pair of statements that come nearest to each other."""
        asked = self._asked.of(need_id, role)
        offered = self._offered.of(supplier_id, role)
        nothing = Said(-1, 0.0, "", "")
        if not asked or not offered:
            return asked[0] if asked else nothing, offered[0] if offered else nothing
        nearness = self._space.is_related if tie == "related" else self._space.between
        return max(
            ((one, other) for one in asked for other in offered),
            key=lambda pair: nearness(pair[1].concept, pair[0].concept) * pair[0].score * pair[1].score,
        )


def _offer_said(offers: Offers) -> tuple[Statements, Cells]:
    """The supplier side of every reason."""
    return Statements(offers.capabilities, "supplier_id", offers.space), Cells(offers.facts)
