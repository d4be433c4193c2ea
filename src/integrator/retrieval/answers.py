"""What a channel says of some needs: its best suppliers, and the score of any pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from scipy import sparse

    from integrator.retrieval.owners import Owners


@dataclass(frozen=True)
class Asked:
    """What needs ask of one channel: the same for every shard of the suppliers."""

    questions: Any
    """The different questions, as the channel reads them."""
    query: np.ndarray
    """Which of them each need asks."""


class Answer(Protocol):
    """What one channel says of some needs; rows are needs and columns suppliers, in table order."""

    width: int
    """Numbers that it holds for each need of a part."""

    def part(self, needs: np.ndarray) -> Part:
        """What it says of some of the needs, given by position."""
        ...


class Part(Protocol):
    """What one channel says of a part of the needs; rows are counted within the part."""

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of (at most) the `count` highest positive scores of each row; ties by supplier id."""
        ...

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The scores of given pairs."""
        ...


class RowsAnswer:
    """An answer by the best row of each supplier; needs that ask the same are answered once."""

    def __init__(
        self, owners: Owners, scores: Callable[[np.ndarray], np.ndarray], query: np.ndarray, *, rounded: bool = True
    ) -> None:
        """`query`: which question each need asks; `scores`: some questions (numbers) -> questions x rows."""
        self._owners, self._scores, self._query, self._rounded = owners, scores, query, rounded
        self.width = max(len(owners.owned) - 1, 1)

    def part(self, needs: np.ndarray) -> Part:
        """See `Answer`."""
        asked, which = np.unique(self._query[needs], return_inverse=True)
        return _RowsPart(self._owners, self._scores(asked), which, rounded=self._rounded)


class _RowsPart:
    def __init__(self, owners: Owners, scores: np.ndarray, which: np.ndarray, *, rounded: bool) -> None:
        self._owners, self._scores, self._which, self._rounded = owners, scores, which, rounded

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """See `Part`."""
        found = [self._owners.best(row, count, rounded=self._rounded)[0] for row in self._scores]
        return repeated([self._owners.position[numbers] for numbers in found], self._which)

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """See `Part`."""
        return self._owners.of(self._scores, self._which[rows], columns, rounded=self._rounded)


class MatrixAnswer:
    """An answer from a matrix that holds every score."""

    def __init__(self, scores: sparse.csr_matrix, ids: np.ndarray) -> None:
        self._scores, self._ids = scores.tocsr(), ids
        self.width = max(len(ids), 1)

    def part(self, needs: np.ndarray) -> Part:
        """See `Answer`."""
        return MatrixAnswer(self._scores[needs], self._ids)

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """See `Part`."""
        cells = self._scores.tocoo()
        chosen = cells.data > 0
        rows, columns, values = cells.row[chosen], cells.col[chosen], cells.data[chosen]
        order = np.lexsort((self._ids[columns], -values, rows))
        rows, columns = rows[order], columns[order]
        kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < count
        return rows[kept], columns[kept]

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """See `Part`."""
        return np.asarray(self._scores[rows, columns]).ravel() if len(rows) else np.zeros(0)


def repeated(found: list[np.ndarray], which: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The answers to different questions -> rows and columns; `which` question each row asks."""
    parts = [found[question] for question in which.tolist()]
    rows = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    return rows, np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
