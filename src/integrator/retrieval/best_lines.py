"""The best suppliers of each query by their best line: exact, with most lines never scored.

Tokens that bring little (common words, wide families) stand in most lines. So the queries are first scored with their
telling tokens alone. The best lines found so are scored in full and give a score that a supplier must at least reach;
a line is looked at again only when its light tokens could still carry it there (the idea of MaxScore: Turtle and
Flood, Query evaluation: strategies and optimizations, 1995).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from integrator.retrieval.bags import runs
from integrator.retrieval.line_index import PARTS, LineIndex

LIGHT = 0.3
"""Share of what a query could reach at most that its light tokens may bring; affects the time, not the result."""
POSTINGS = 8_000_000
"""Products made at a time, which bounds the memory: 8 bytes each, and some more while they are sorted out."""
LINES_A_SUPPLIER = 4
"""Lines looked at for each supplier wanted, to find the score to reach."""


def score_block(index: LineIndex, queries: sparse.csr_matrix, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The `top` best suppliers of each query: query number, supplier position, score.

    A supplier's score is that of its best line; those that share no token with the query are left out. Sorted by
    query, then best first, ties by supplier id. A pure function of its arguments: neither the order of the lines nor
    the size of a block changes an answer. Its memory is bounded by `POSTINGS`, or one query's products when they are
    more.
    """
    found = [_answer(index, queries[a:b], top, a) for a, b in _blocks(index, queries)]
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    rows, owners, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return rows, index.position[owners], scores / PARTS


def score_pairs(index: LineIndex, queries: sparse.csr_matrix, rows: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """The score of given queries (row numbers) with given suppliers (positions): 0 where they share no token."""
    lines, begin = index.lines_of_owner
    number = np.empty(len(index.position), dtype=np.int64)
    number[index.position] = np.arange(len(index.position))
    owner = number[positions]
    counts = begin[owner + 1] - begin[owner]
    line = lines[runs(begin[owner], counts)]
    score = _full(index, queries, _Lines(np.repeat(rows, counts), line, np.zeros(len(line), dtype=np.int64))).score
    best = np.zeros(len(rows), dtype=np.int64)
    has = counts > 0
    if has.any():
        best[has] = np.maximum.reduceat(score, (np.cumsum(counts) - counts)[has])
    return best / PARTS


def _blocks(index: LineIndex, queries: sparse.csr_matrix) -> Iterator[tuple[int, int]]:
    """Runs of queries whose products are no more than `POSTINGS`."""
    sizes = np.diff(index.postings.indptr).astype(np.int64)[queries.indices]
    total = np.concatenate(([0], np.cumsum(sizes)))[queries.indptr]
    start, count = 0, queries.shape[0]
    while start < count:
        end = int(np.searchsorted(total, total[start] + POSTINGS, side="right")) - 1
        end = min(max(end, start + 1), count)
        yield start, end
        start = end


@dataclass(frozen=True)
class _Lines:
    """Lines with a score, for some queries."""

    query: np.ndarray
    line: np.ndarray
    score: np.ndarray

    def where(self, chosen: np.ndarray) -> _Lines:
        return _Lines(self.query[chosen], self.line[chosen], self.score[chosen])

    def with_others(self, others: _Lines) -> _Lines:
        return _Lines(
            np.concatenate((self.query, others.query)),
            np.concatenate((self.line, others.line)),
            np.concatenate((self.score, others.score)),
        )


def _answer(index: LineIndex, queries: sparse.csr_matrix, top: int, offset: int) -> tuple[np.ndarray, ...]:
    """Query (counted from `offset`), supplier number, score in whole parts."""
    lines, unsure = _contenders(index, queries, top, _light(index, queries))
    if len(unsure):
        without = queries[unsure]
        others, _ = _contenders(index, without, top, np.zeros(without.nnz, dtype=bool))
        lines = lines.with_others(_Lines(unsure[others.query], others.line, others.score))
    query, owner, score = _best_of_supplier(index, lines, top)
    order = np.lexsort((owner, -score, query))
    query, owner, score = query[order], owner[order], score[order]
    kept = np.arange(len(query)) - np.searchsorted(query, query) < top
    return query[kept] + offset, owner[kept], score[kept]


def _contenders(index: LineIndex, queries: sparse.csr_matrix, top: int, light: np.ndarray) -> tuple[_Lines, np.ndarray]:
    """Every line that may belong to an answer, scored in full; and the queries that need all their tokens to tell."""
    telling, spare = _only(queries, ~light), _only(queries, light)
    products = sparse.csr_matrix(telling @ index.postings)
    to_come = _ToCome(index, spare)
    first = _full(index, spare, _strongest(products, LINES_A_SUPPLIER * top))
    floor = _floor(index, first, top, queries.shape[0])
    sure = (floor > to_come.most) | (to_come.most == 0)
    scored = _full(index, spare, _hopeful(products, np.where(sure, floor, -1), to_come))
    return scored.where(scored.score >= floor[scored.query]), np.flatnonzero(~sure)


class _ToCome:
    """What the light tokens of each query could still bring to a line."""

    def __init__(self, index: LineIndex, spare: sparse.csr_matrix) -> None:
        self.most = np.asarray(spare @ index.most).ravel()
        self._idf = np.asarray(spare @ index.idf).ravel() * PARTS * (1.0 + 1e-6)  # saturations are of single precision
        self._rounded = np.asarray(spare.sum(axis=1)).ravel()  # and each impact is rounded, by half a part at most
        self._saturation = index.saturation

    def to(self, query: int, lines: np.ndarray) -> np.ndarray:
        """The most that these lines can still get."""
        return np.asarray(self._idf[query] * self._saturation[lines] + self._rounded[query])


def _light(index: LineIndex, queries: sparse.csr_matrix) -> np.ndarray:
    """Which entries of `queries` are light: the weakest of each query, together no more than their share."""
    row = np.repeat(np.arange(queries.shape[0]), np.diff(queries.indptr))
    most = queries.data * index.most[queries.indices]
    order = np.lexsort((queries.indices, most, row))
    total = np.bincount(row, weights=most, minlength=queries.shape[0])
    before = np.cumsum(total) - total
    light = np.zeros(len(row), dtype=bool)
    light[order] = np.cumsum(most[order]) - before[row[order]] <= LIGHT * total[row[order]]
    return light


def _only(queries: sparse.csr_matrix, chosen: np.ndarray) -> sparse.csr_matrix:
    kept = sparse.csr_matrix((np.where(chosen, queries.data, 0), queries.indices, queries.indptr), shape=queries.shape)
    kept = kept.copy()
    kept.eliminate_zeros()
    return kept


def _strongest(products: sparse.csr_matrix, count: int) -> _Lines:
    """Some `count` of the highest lines of each row; any will do, they only serve to find a floor."""
    chosen = []
    for start, end in zip(products.indptr[:-1].tolist(), products.indptr[1:].tolist(), strict=True):
        if end - start <= count:
            chosen.append(np.arange(start, end))
        else:
            chosen.append(start + np.argpartition(products.data[start:end], end - start - count)[-count:])
    return _picked(products, chosen)


def _hopeful(products: sparse.csr_matrix, floor: np.ndarray, to_come: _ToCome) -> _Lines:
    """The lines that could reach the floor of their query with what is to come; none where the floor is -1."""
    chosen = []
    for query, (start, end) in enumerate(zip(products.indptr[:-1].tolist(), products.indptr[1:].tolist(), strict=True)):
        if floor[query] < 0:
            chosen.append(np.arange(0))
            continue
        near = start + np.flatnonzero(products.data[start:end] >= floor[query] - to_come.most[query])
        if to_come.most[query]:
            near = near[products.data[near] + to_come.to(query, products.indices[near]) >= floor[query]]
        chosen.append(near)
    return _picked(products, chosen)


def _picked(products: sparse.csr_matrix, chosen: list[np.ndarray]) -> _Lines:
    counts = np.fromiter(map(len, chosen), np.int64, len(chosen))
    places = np.concatenate(chosen) if chosen else np.arange(0)
    return _Lines(np.repeat(np.arange(len(chosen)), counts), products.indices[places], products.data[places])


def _full(index: LineIndex, spare: sparse.csr_matrix, lines: _Lines) -> _Lines:
    """The lines with what their light tokens bring added."""
    if not len(lines.line) or not spare.nnz:
        return lines
    used = np.flatnonzero(np.bincount(spare.indices, minlength=spare.shape[1]))
    place = np.zeros(spare.shape[1], dtype=np.int64)
    place[used] = np.arange(1, len(used) + 1)
    asked = np.zeros((spare.shape[0], len(used) + 1), dtype=np.int32)
    asked[np.repeat(np.arange(spare.shape[0]), np.diff(spare.indptr)), place[spare.indices]] = spare.data
    indptr = index.lines.indptr
    counts = (indptr[lines.line + 1] - indptr[lines.line]).astype(np.int64)
    cells = runs(indptr[lines.line].astype(np.int64), counts)
    brought = index.lines.data[cells] * asked[np.repeat(lines.query, counts), place[index.lines.indices[cells]]]
    score = lines.score.astype(np.int64)
    some = counts > 0
    if some.any():
        score[some] += np.add.reduceat(brought, (np.cumsum(counts) - counts)[some])
    return _Lines(lines.query, lines.line, score)


def _best_of_supplier(index: LineIndex, lines: _Lines, top: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Query, supplier number and score of its best line; sorted by query and supplier.

    Of the suppliers of one line only the first `top` can be in an answer by it: the others come after them.
    """
    suppliers = max(len(index.position), 1)
    begin = index.owned[lines.line]
    counts = np.minimum(index.owned[lines.line + 1] - begin, top)
    key = np.repeat(lines.query.astype(np.int64), counts) * suppliers + index.owner[runs(begin, counts)]
    order = np.argsort(key, kind="stable")
    key, score = key[order], np.repeat(lines.score, counts)[order]
    new = np.flatnonzero(np.diff(key, prepend=-1))
    best = np.maximum.reduceat(score, new) if len(new) else score
    return key[new] // suppliers, key[new] % suppliers, best


def _floor(index: LineIndex, lines: _Lines, top: int, count: int) -> np.ndarray:
    """The score of the supplier that is last of the `top` by these lines alone; 0 where they are fewer suppliers."""
    query, _, score = _best_of_supplier(index, lines, top)
    order = np.lexsort((-score, query))
    score = score[order]
    found = np.bincount(query, minlength=count)
    last = np.cumsum(found) - found + top - 1
    floor = np.zeros(count, dtype=np.int64)
    enough = found >= top
    floor[enough] = score[last[enough]]
    return floor
