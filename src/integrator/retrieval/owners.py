"""Rows that several suppliers may share: the best suppliers of a need by their best row, exact.

A row is whatever is scored once: a text, a set of concepts or of tariff codes. Suppliers are numbered in the order of
their ids, so that the smaller number wins a tie.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from integrator.retrieval.bags import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

DECIMALS = 9
"""Scores are rounded, so that the order of a sum cannot decide a rank."""
SLACK = 2e-9
"""What rounding can move between two scores, twice over."""
ROWS = 2
"""Rows looked at first, for each supplier wanted; affects the time, not the result."""
PARTS = 8
"""Parts whose highest scores are compared to find these rows, for each of them; affects the time, not the result."""


class Owners:
    """Which suppliers have which rows."""

    def __init__(
        self, owner: np.ndarray, owned: np.ndarray, position: np.ndarray, kind: type[np.number] = np.float64
    ) -> None:
        """From arrays.

        `owner`: suppliers of each row, row by row and ascending; `owned`: row -> where its own begin, one more entry
        than rows; `position`: number of a supplier -> its position in the table; `kind`: of the scores.
        """
        self.owner, self.owned, self.position = owner, owned, position
        self._best: np.ndarray = np.zeros(len(position), dtype=kind)
        self._last = np.zeros(len(position), dtype=np.intp)

    @cached_property
    def _number(self) -> np.ndarray:
        """`position` turned over."""
        number = np.empty(len(self.position), dtype=np.int64)
        number[self.position] = np.arange(len(self.position))
        return number

    @cached_property
    def _turned(self) -> tuple[np.ndarray, np.ndarray]:
        """The rows of each supplier, by its number, and where those of a supplier begin: `owner` turned over."""
        row = np.repeat(np.arange(len(self.owned) - 1), np.diff(self.owned))
        order = np.argsort(self.owner, kind="stable")
        return row[order], np.searchsorted(self.owner[order], np.arange(len(self.position) + 1))

    @classmethod
    def of_pairs(cls, rows: np.ndarray, positions: np.ndarray, ids: np.ndarray, count: int) -> Owners:
        """From a row and the position of a supplier beside it; there are `count` rows."""
        position = np.argsort(np.asarray(ids, dtype=str), kind="stable")
        return cls(*owners_of(rows, positions, position, count), position)

    def to_arrays(self) -> dict[str, np.ndarray]:
        """Plain arrays, without `position`."""
        return {"owner": self.owner, "owned": self.owned}

    @classmethod
    def from_arrays(cls, found: Mapping[str, np.ndarray], position: np.ndarray) -> Owners:
        """`to_arrays` undone; raises KeyError or ValueError when they do not fit each other."""
        owner, owned = found["owner"], found["owned"]
        if owned[0] != 0 or owned[-1] != len(owner) or (np.diff(owned) < 0).any():
            raise ValueError("owners that do not fit their rows")
        if len(owner) and not 0 <= owner.min() <= owner.max() < len(position):
            raise ValueError("owners beyond the suppliers")
        return cls(owner, owned, position)

    def best(self, scores: np.ndarray, count: int, *, rounded: bool = True) -> tuple[np.ndarray, np.ndarray]:
        """Numbers and scores of the `count` suppliers with the highest positive scores, best first.

        `scores`: one a row. With `rounded` they are rounded before they are compared.
        """
        wanted = ROWS * count
        while True:
            least = reached(scores, wanted)
            rows = np.flatnonzero(scores >= least - SLACK if least > SLACK else scores > 0)
            values = np.round(scores[rows], DECIMALS) if rounded else scores[rows]
            number, score = self.suppliers(rows, values, count)
            if least <= SLACK or np.count_nonzero(score >= least - SLACK / 2) >= count:
                return first(number, score, count)
            wanted *= PARTS

    def of(self, scores: np.ndarray, which: np.ndarray, positions: np.ndarray, *, rounded: bool = True) -> np.ndarray:
        """The best row of given suppliers (positions), each by one line (`which`) of `scores`; 0 without a row."""
        rows, counts = self.rows_of(positions)
        found = self.highest(scores[np.repeat(which, counts), rows], counts)
        return np.round(found, DECIMALS) if rounded else found

    def rows_of(self, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rows of given suppliers (positions), one supplier after the other, and how many each has."""
        number, (rows, begin) = self._number[positions], self._turned
        counts = begin[number + 1] - begin[number]
        return rows[runs(begin[number], counts)], counts

    @staticmethod
    def highest(values: np.ndarray, counts: np.ndarray) -> np.ndarray:
        """The highest of every so many values; 0 of none."""
        found = np.zeros(len(counts), dtype=values.dtype)
        has = counts > 0
        if has.any():
            found[has] = np.maximum.reduceat(values, (np.cumsum(counts) - counts)[has])
        return found

    def suppliers(self, rows: np.ndarray, values: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """The suppliers (numbers) of these rows, each once, and their best value; those without a positive one go.

        Of the suppliers of one row only the first `count` can be in an answer by it: the others come after them.
        """
        rows, values = rows[values > 0], values[values > 0]
        begin = self.owned[rows]
        counts = np.minimum(self.owned[rows + 1] - begin, count)
        owner = self.owner[runs(begin, counts)]
        np.maximum.at(self._best, owner, np.repeat(values, counts))
        places = np.arange(len(owner))
        self._last[owner] = places
        owner = owner[self._last[owner] == places]
        score = self._best[owner]
        self._best[owner] = 0
        return owner, score


def owners_of(rows: np.ndarray, owners: np.ndarray, position: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The suppliers of each row, by the order of their ids, each once; and where those of a row begin.

    `owners`: the position of the supplier beside each of `rows`; `position`: the positions in the order of the ids.
    """
    suppliers = max(len(position), 1)
    order = np.empty(len(position), dtype=np.int64)
    order[position] = np.arange(len(position))
    pairs = np.sort(rows * suppliers + order[owners])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return pairs % suppliers, np.searchsorted(pairs // suppliers, np.arange(count + 1))


def reached(scores: np.ndarray, count: int) -> float:
    """A score that at least `count` rows reach, near the highest such; 0 when there are no more rows than that."""
    if len(scores) <= count:
        return 0.0
    width = len(scores) // (PARTS * count)
    if width < 2:
        return float(np.partition(scores, -count)[-count])
    parts = len(scores) // width
    highest = scores[: width * parts].reshape(width, parts).max(axis=0)
    return float(np.partition(highest, -count)[-count])


def first(number: np.ndarray, score: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The `count` first by score, ties by number."""
    if len(number) > 2 * count:
        least = np.partition(score, -count)[-count]
        above, level = np.flatnonzero(score > least), np.flatnonzero(score == least)
        left = count - len(above)
        if len(level) > left:
            level = level[np.argpartition(number[level], left - 1)[:left]]
        chosen = np.concatenate([above, level])
        number, score = number[chosen], score[chosen]
    order = np.lexsort((number, -score))[:count]
    return number[order], score[order]
