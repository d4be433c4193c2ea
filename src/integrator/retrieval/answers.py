"""What a channel says of some needs: its best suppliers, and the score of any pair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse


class Answer(Protocol):
    """What one channel says of some needs; rows are needs and columns suppliers, in table order."""

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and columns of (at most) the `count` highest positive scores of each row; ties by supplier id."""
        ...

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The scores of given pairs."""
        ...


class MatrixAnswer:
    """An answer from a matrix that holds every score."""

    def __init__(self, scores: sparse.csr_matrix, ids: np.ndarray) -> None:
        self._scores, self._ids = scores.tocsr(), ids

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """See `Answer`."""
        cells = self._scores.tocoo()
        chosen = cells.data > 0
        rows, columns, values = cells.row[chosen], cells.col[chosen], cells.data[chosen]
        order = np.lexsort((self._ids[columns], -values, rows))
        rows, columns = rows[order], columns[order]
        kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < count
        return rows[kept], columns[kept]

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """See `Answer`."""
        return np.asarray(self._scores[rows, columns]).ravel() if len(rows) else np.zeros(0)
