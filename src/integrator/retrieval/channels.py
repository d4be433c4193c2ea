"""Ways to find suppliers for a need, each with a score between 0 and 1.

A channel is fitted once on the suppliers and answers for a block of needs, so that memory is bounded by the block.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, MatrixAnswer
from integrator.retrieval.best_lines import score_block, score_pairs
from integrator.retrieval.glosses import Glosses
from integrator.retrieval.kept import line_index
from integrator.retrieval.line_index import PARTS
from integrator.retrieval.meant import MeaningChannel
from integrator.retrieval.texts import capability_lines, queries, raw_lines
from integrator.taxonomy.space import maximum, rarity
from integrator.text.fold import fold
from integrator.vectors import Analyzer, TextVectors, letter_groups

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.retrieval.line_index import LineIndex
    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace

NAMED = 5
"""The lines name a fifth as many suppliers as the other channels: more would push out what those find."""
WORTH_KEEPING = 20_000
"""Lines from which an index is kept for the next run; a smaller one is made in the time of reading it."""
DECIMALS = 9
"""Scores are rounded, so that the order of a sum cannot decide a rank."""


PREFIXES = (2, 4, 6)
"""Digits of a chapter, a heading and a subheading of the tariff."""


class Channel(Protocol):
    """One way to find suppliers."""

    name: str

    def answer(self, needs: pd.DataFrame) -> Answer:
        """What the channel says of these needs."""
        ...


class LineChannel:
    """BM25 of words and concepts, the best line of each supplier, as a share of what the need could reach."""

    def __init__(self, suppliers: pd.DataFrame, taxonomy: Taxonomy, cache: Path | None) -> None:
        self.name = "lines"
        texts, owners = raw_lines(suppliers)
        ids = suppliers["supplier_id"].astype(str).tolist()
        self._taxonomy = taxonomy
        self._index = line_index(texts, owners, ids, taxonomy, cache if len(texts) >= WORTH_KEEPING else None)

    def answer(self, needs: pd.DataFrame) -> Answer:
        """See `Channel`."""
        return _LineAnswer(self._index, self._index.queries(queries(needs), self._taxonomy))


class _LineAnswer:
    def __init__(self, index: LineIndex, asked: sparse.csr_matrix) -> None:
        self._index, self._asked = index, asked

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        rows, columns, _ = score_block(self._index, self._asked, max(count // NAMED, 1))
        return rows, columns

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        reachable = np.maximum(np.asarray(self._asked @ self._index.most).ravel() / PARTS, 1 / PARTS)
        shares = score_pairs(self._index, self._asked, rows, columns) / reachable[rows]
        return np.asarray(np.round(shares, DECIMALS))


class TextChannel:
    """Cosine of TF-IDF vectors, the best capability line of each supplier."""

    def __init__(self, name: str, suppliers: pd.DataFrame, analyzer: Analyzer, glosses: Glosses) -> None:
        self.name = name
        self._glosses = glosses
        self._ids = suppliers["supplier_id"].to_numpy(dtype=str)
        texts, owners = capability_lines(suppliers, glosses)
        self._count = len(suppliers)
        self._owners = np.asarray(owners, dtype=int)
        self._vectors = TextVectors(texts, analyzer)

    def answer(self, needs: pd.DataFrame) -> Answer:
        """Cosines."""
        asked = [
            fold(f"{text} {gloss}") for text, gloss in zip(queries(needs), self._glosses.of_needs(needs), strict=True)
        ]
        by_line = sparse.coo_matrix(self._vectors.of(asked) @ self._vectors.fitted.T)
        values = np.round(by_line.data, DECIMALS)
        best = maximum(by_line.row, self._owners[by_line.col], values, (len(needs), self._count))
        return MatrixAnswer(best, self._ids)


class ConceptChannel:
    """Share of what a need asks for that a supplier comes near to, rare concepts weighing more."""

    def __init__(
        self,
        suppliers: pd.DataFrame,
        capabilities: pd.DataFrame,
        requirements: pd.DataFrame,
        space: ConceptSpace,
    ) -> None:
        self.name = "concept"
        self._ids = suppliers["supplier_id"].to_numpy(dtype=str)
        self._space, self._requirements = space, requirements
        offered = space.matrix(capabilities, "supplier_id", list(suppliers["supplier_id"]))
        self._reach = space.reach(offered)
        self._rarity = rarity(self._reach)

    def answer(self, needs: pd.DataFrame) -> Answer:
        """Shares."""
        asked = self._space.matrix(self._requirements, "need_id", list(needs["need_id"]))
        weighted = asked.multiply(self._rarity).tocsr()
        total = np.asarray(weighted.sum(axis=1)).ravel()
        scale = sparse.diags(np.divide(1.0, total, out=np.zeros_like(total), where=total > 0))
        result = sparse.csr_matrix(scale @ weighted @ self._reach.T)
        result.data = np.round(result.data, DECIMALS)
        return MatrixAnswer(result, self._ids)


class HsChannel:
    """Common tariff code: 1 for the same six digits, 2/3 for the heading, 1/3 for the chapter."""

    def __init__(self, suppliers: pd.DataFrame) -> None:
        self.name = "hs"
        self._ids = suppliers["supplier_id"].to_numpy(dtype=str)
        self._columns: dict[str, int] = {}
        self._offered = self._matrix(suppliers["hs_codes"], new=True).T.tocsr()

    def answer(self, needs: pd.DataFrame) -> Answer:
        """By the longest common prefix: codes that share six digits share four and two as well."""
        common = sparse.csr_matrix((len(needs), len(self._ids)))
        for length in PREFIXES:
            asked = self._matrix(needs["hs_code"], only=length)
            common = common + ((asked @ self._offered) > 0) / len(PREFIXES)
        return MatrixAnswer(sparse.csr_matrix(common), self._ids)

    def _matrix(self, cells: pd.Series, *, new: bool = False, only: int = 0) -> sparse.csr_matrix:
        """Cells x prefixes, 1 where a code of the cell begins so; of one length, and with `new` prefixes added."""
        rows, columns = [], []
        for row, text in enumerate(cells):
            for prefix in prefixes(text):
                if new:
                    self._columns.setdefault(prefix, len(self._columns))
                if prefix in self._columns and only in (0, len(prefix)):
                    rows.append(row)
                    columns.append(self._columns[prefix])
        shape = (len(cells), max(len(self._columns), 1))
        return sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def all_channels(
    suppliers: pd.DataFrame,
    capabilities: pd.DataFrame,
    requirements: pd.DataFrame,
    space: ConceptSpace,
    taxonomy: Taxonomy,
    cache: Path | None = None,
    meaning: Meaning | None = None,
) -> tuple[Channel, ...]:
    """Every channel, fitted on the suppliers; the ranker expects a score from each. That of meaning only if given.

    `cache` is a folder where a large index of lines is kept for the next run.
    """
    glosses = Glosses(requirements, capabilities, space.glosses)
    return (
        TextChannel("characters", suppliers, letter_groups, glosses),
        TextChannel("words", suppliers, str.split, glosses),
        LineChannel(suppliers, taxonomy, cache),
        ConceptChannel(suppliers, capabilities, requirements, space),
        HsChannel(suppliers),
        *((MeaningChannel(suppliers, meaning),) if meaning else ()),
    )


def prefixes(text: object) -> list[str]:
    """What the tariff codes of a cell begin with: "8708.29; 76" -> ["87", "8708", "870829", "76"]."""
    codes = [code.replace(".", "") for code in str(text).replace(";", " ").split()]
    return list(dict.fromkeys(code[:length] for code in codes for length in PREFIXES if len(code) >= length))
