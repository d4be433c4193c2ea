"""The best suppliers of each query by their best line, exact.

One query at a time: what each of its tokens brings is added up line by line in one array. Most lines are never sorted:
the lines that hold the query's rarest tokens give a score that the last supplier of the answer must at least reach, and
only the lines that reach it are looked at.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import runs
from integrator.retrieval.line_index import PARTS, LineIndex
from integrator.retrieval.owners import Owners, first

FIRST = 1000
"""Lines looked at to find the score to reach; affects the time, not the result."""
LINES_A_SUPPLIER = 4
"""Of these, the best that are kept for each supplier wanted."""


def score_block(index: LineIndex, queries: sparse.csr_matrix, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The `top` best suppliers of each query: query number, supplier position, score.

    A supplier's score is that of its best line; those that share no token with the query are left out. Sorted by
    query, then best first, ties by supplier id. A pure function of its arguments: neither the order of the lines nor
    the number of queries changes an answer. Beside the index and the answer it holds one number a line and two a
    supplier.
    """
    search = _Search(index, top, int((queries @ index.most).max(initial=0)))
    found = [search.best(queries.indices[a:b], queries.data[a:b]) for a, b in pairwise(queries.indptr.tolist())]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    owners, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    rows = np.repeat(np.arange(len(found)), [len(owner) for owner, _ in found])
    return rows, index.position[owners], scores / PARTS


def score_pairs(index: LineIndex, queries: sparse.csr_matrix, rows: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """The score of given queries (row numbers) with given suppliers (positions): 0 where they share no token."""
    lines, counts = index.owners.rows_of(positions)
    score = _scores(index, queries, np.repeat(rows, counts), lines)
    return index.owners.highest(score, counts) / PARTS


class _Search:
    """The arrays that every query uses again."""

    def __init__(self, index: LineIndex, top: int, reach: int) -> None:
        """`reach`: the most that any query can add up to."""
        kind = np.int32 if reach <= np.iinfo(np.int32).max else np.int64
        self._index, self._top = index, top
        self._begin = index.postings.indptr.tolist()
        self._lines = index.postings.indices.astype(np.intp)  # another type would be converted at every use
        self._brings = index.postings.data.astype(kind)  # as the sums are: `add.at` is slow between two types
        self._score: np.ndarray = np.zeros(index.lines.shape[0], dtype=kind)
        self._owners = Owners(index.owner, index.owned, index.position, kind)

    def best(self, columns: np.ndarray, times: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Supplier numbers and scores in whole parts, best first, for the tokens of one query and how often each."""
        order = np.lexsort((columns, -self._index.most[columns]))
        asked = list(zip(columns[order].tolist(), times[order].tolist(), strict=True))
        for column, often in asked:
            part = slice(self._begin[column], self._begin[column + 1])
            brings = self._brings[part]
            np.add.at(self._score, self._lines[part], brings if often == 1 else brings * often)
        floor = self._floor([column for column, _ in asked])
        hopeful = np.flatnonzero(self._score >= floor)
        owner, score = self._owners.suppliers(hopeful, self._score[hopeful], self._top)
        self._score.fill(0)
        return first(owner, score, self._top)

    def _floor(self, columns: list[int]) -> int:
        """A score that the last supplier of the answer reaches; 1 when the lines looked at do not tell."""
        parts, count = [], 0
        for column in columns:
            parts.append(self._lines[self._begin[column] : self._begin[column + 1]])
            count += len(parts[-1])
            if count >= FIRST:
                break
        if count < self._top:
            return 1
        lines = np.concatenate(parts)
        kept = LINES_A_SUPPLIER * self._top
        if count > kept:
            lines = lines[np.argpartition(self._score[lines], count - kept)[-kept:]]
        _, score = self._owners.suppliers(lines, self._score[lines], self._top)
        return int(np.partition(score, -self._top)[-self._top]) if len(score) >= self._top else 1


def _scores(index: LineIndex, queries: sparse.csr_matrix, rows: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """What each of these queries scores with the line beside it, in whole parts."""
    score = np.zeros(len(lines), dtype=np.int64)
    if not len(lines) or not queries.nnz:
        return score
    used = np.flatnonzero(np.bincount(queries.indices, minlength=queries.shape[1]))
    place = np.zeros(queries.shape[1], dtype=np.int64)
    place[used] = np.arange(1, len(used) + 1)
    asked = np.zeros((queries.shape[0], len(used) + 1), dtype=np.int32)
    asked[np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr)), place[queries.indices]] = queries.data
    indptr = index.lines.indptr
    counts = (indptr[lines + 1] - indptr[lines]).astype(np.int64)
    cells = runs(indptr[lines].astype(np.int64), counts)
    brought = index.lines.data[cells] * asked[np.repeat(rows, counts), place[index.lines.indices[cells]]]
    some = counts > 0
    if some.any():
        score[some] += np.add.reduceat(brought, (np.cumsum(counts) - counts)[some])
    return score
