"""Why a pair has its score: for each criterion the value asked, the value offered, and their cells.

Texts are numbered: each stands once, and a row of the table names its number until the table is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from integrator import data, tables
from integrator.ranking.scorecard import STATES, Criterion, scorecard_of
from integrator.ranking.statements import MARKS, NOTHING, Cells, Nearness, Statements, closest, offer_statements

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

__all__ = ["MARKS", "Reasons", "presentation", "reasons_of"]
QUOTES = ("need_value", "supplier_value", "need_cell", "supplier_cell")


@lru_cache(maxsize=1)
def presentation() -> dict[str, Mapping[str, str]]:
    """How each criterion is quoted, by feature: the lines of `data/ranking/criteria.csv`."""
    return {row["feature"]: row for row in data.rows("ranking/criteria.csv")}


class Texts:
    """Texts by number; 0 is blank."""

    def __init__(self) -> None:
        self.values = [""]
        self._number = {"": 0}

    def numbers(self, texts: Sequence[str]) -> Positions:
        """The numbers of some texts."""
        found = []
        for text in texts:
            if text not in self._number:
                self._number[text] = len(self.values)
                self.values.append(text)
            found.append(self._number[text])
        return np.asarray(found, dtype=np.intp)

    def column(self, numbers: Positions) -> pd.Series:
        """Texts as a column of a table."""
        return pd.Series(self.values).astype(str).take(numbers).reset_index(drop=True)


@dataclass(frozen=True)
class Reasons:
    """The reasons of some pairs; arrays are (pairs, criteria), criteria as in the scorecard."""

    criteria: tuple[Criterion, ...]
    state: Positions
    """Places in `STATES`."""
    points: Numbers
    texts: Texts
    quotes: Mapping[str, Positions]
    """`QUOTES`, numbers of texts."""

    def table(self, need_ids: pd.Series, supplier_ids: pd.Series) -> pd.DataFrame:
        """`tables.REASONS`, one row a pair and criterion; ids are those of the pairs."""
        by_name = sorted(range(len(self.criteria)), key=lambda i: self.criteria[i].feature)
        criteria = [self.criteria[i] for i in by_name]
        size, wide = len(need_ids), len(by_name)
        each, turn = np.repeat(np.arange(size), wide), np.tile(np.arange(wide), size)
        frame = {
            "need_id": need_ids.take(each).reset_index(drop=True),
            "supplier_id": supplier_ids.take(each).reset_index(drop=True),
            "criterion": pd.Series([one.feature for one in criteria]).astype(str).take(turn).reset_index(drop=True),
            "state": pd.Series(STATES).astype(str).take(self.state[:, by_name].ravel()).reset_index(drop=True),
            "weight": np.asarray([one.weight for one in criteria])[turn],
            "points": self.points[:, by_name].ravel(),
        }
        quoted = {name: self.texts.column(self.quotes[name][:, by_name].ravel()) for name in QUOTES}
        return tables.check(tables.REASONS, pd.DataFrame({**frame, **quoted}))


def reasons_of(
    pairs: Pairs, facts: pd.DataFrame, chosen: Positions, features: dict[str, Numbers], points: dict[str, Numbers]
) -> Reasons:
    """The reasons of the chosen pairs; `facts` are those of the needs."""
    criteria = scorecard_of(features)
    texts, quoted = Texts(), _Quoting(pairs, facts)
    made: dict[tuple[str, ...], list[Positions]] = {}
    abouts = []
    for criterion in criteria:
        how = presentation()[criterion.feature]
        about = tuple(how[name] for name in ("role", "tie", "need_field", "supplier_field"))
        if about not in made:
            made[about] = quoted.numbers(about, pairs.need[chosen], pairs.supplier[chosen], texts)
        abouts.append(made[about])
    shape = (len(chosen), len(criteria))
    states = [one.places(features[one.feature][chosen]) for one in criteria]
    return Reasons(
        criteria,
        np.asarray(states, dtype=np.intp).reshape(shape[::-1]).T,
        np.asarray([points[one.feature][chosen] for one in criteria]).reshape(shape[::-1]).T,
        texts,
        {name: np.asarray([about[i] for about in abouts]).reshape(shape[::-1]).T for i, name in enumerate(QUOTES)},
    )


class _Quoting:
    """Both sides of a block, ready to be quoted."""

    def __init__(self, pairs: Pairs, facts: pd.DataFrame) -> None:
        position = {identifier: i for i, identifier in enumerate(pairs.needs["need_id"].tolist())}
        self._space = pairs.space
        self._asked = Statements(pairs.requirements, "need_id", position, pairs.space)
        self._asked_cells = Cells(facts, position, {row["need_field"] for row in presentation().values()})
        self._offered = pairs.offers.once(offer_statements)
        self._offered_cells = pairs.offers.once(_offered_cells)

    def numbers(self, about: tuple[str, ...], needs: Positions, suppliers: Positions, texts: Texts) -> list[Positions]:
        """`QUOTES` of some pairs, numbers of texts."""
        role, tie, need_field, supplier_field = about
        if role:
            asked, offered = self._asked.of(role), self._offered.of(role)
            nearness = Nearness(self._space, tie, asked.concept)
            mine, theirs = closest(asked, needs, offered, suppliers, nearness)
            value, cell = _numbered(self._asked, mine, texts)
            other_value, other_cell = _numbered(self._offered, theirs, texts)
        else:
            value, cell = _numbered(self._asked_cells, self._asked_cells.of(need_field, needs), texts)
            theirs = self._offered_cells.of(supplier_field, suppliers)
            other_value, other_cell = _numbered(self._offered_cells, theirs, texts)
        return [value, other_value, cell, other_cell]


def _numbered(of: Statements | Cells, links: Positions, texts: Texts) -> tuple[Positions, Positions]:
    """Value and cell of each link, as numbers of texts; each different link is quoted once."""
    different, place = np.unique(links, return_inverse=True)
    blank = int(len(different) and different[0] == NOTHING)
    found = (texts.numbers([""] * blank + one) for one in of.quotes(different[blank:]))
    value, cell = (numbers[place] for numbers in found)
    return value, cell


def _offered_cells(offers: Offers) -> Cells:
    return Cells(offers.facts, offers.position, {row["supplier_field"] for row in presentation().values()})
