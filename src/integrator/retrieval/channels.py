"""Ways to find suppliers for a need, each with a score between 0 and 1.

A channel is fitted once on the suppliers and answers for needs part by part, so that memory is bounded by the part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, Part, RowsAnswer, repeated
from integrator.retrieval.best_lines import score_block, score_pairs
from integrator.retrieval.concepts import ConceptChannel, unlike
from integrator.retrieval.glosses import Texts, asked_texts
from integrator.retrieval.kept import line_index
from integrator.retrieval.line_index import PARTS
from integrator.retrieval.meant import MeaningChannel
from integrator.retrieval.owners import DECIMALS
from integrator.retrieval.repairs import Repairs
from integrator.retrieval.tariffs import HsChannel
from integrator.retrieval.text_rows import TextRows
from integrator.retrieval.texts import queries, raw_lines
from integrator.vectors import Analyzer, Terms, fit, letter_groups, numbered

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


class Channel(Protocol):
    """One way to find suppliers."""

    name: str

    def answer(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Answer:
        """What the channel says of these needs; `requirements` are (at least) theirs."""
        ...


class LineChannel:
    """BM25 of words and concepts, the best line of each supplier, as a share of what the need could reach."""

    def __init__(self, suppliers: pd.DataFrame, taxonomy: Taxonomy, cache: Path | None) -> None:
        self.name = "lines"
        texts, owners = raw_lines(suppliers)
        ids = suppliers["supplier_id"].astype(str).tolist()
        self._taxonomy = taxonomy
        self._index = line_index(texts, owners, ids, taxonomy, cache if len(texts) >= WORTH_KEEPING else None)
        self._repairs = Repairs(self._index.words, self._index.times, taxonomy)

    def answer(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Answer:
        """See `Channel`."""
        texts, place = numbered(queries(needs))
        asked, query = unlike(self._index.queries(texts, self._taxonomy, self._repairs))
        return _LineAnswer(self._index, asked.astype(np.int32), query[place])


class _LineAnswer:
    width = 1

    def __init__(self, index: LineIndex, asked: sparse.csr_matrix, query: np.ndarray) -> None:
        self._index, self._asked, self._query = index, asked, query
        self._found: dict[int, list[np.ndarray]] = {}

    def part(self, needs: np.ndarray) -> Part:
        return _LinePart(self, needs)

    def best(self, needs: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Every question is answered at once, the first time."""
        most = max(count // NAMED, 1)
        if most not in self._found:
            rows, columns, _ = score_block(self._index, self._asked, most)
            ends = np.searchsorted(rows, np.arange(1, self._asked.shape[0]))
            self._found[most] = np.split(columns, ends)
        return repeated(self._found[most], self._query[needs])

    def of(self, needs: np.ndarray, columns: np.ndarray) -> np.ndarray:
        reachable = np.maximum(np.asarray(self._asked @ self._index.most).ravel() / PARTS, 1 / PARTS)
        rows = self._query[needs]
        shares = score_pairs(self._index, self._asked, rows, columns) / reachable[rows]
        return np.asarray(np.round(shares, DECIMALS))


class _LinePart:
    def __init__(self, answer: _LineAnswer, needs: np.ndarray) -> None:
        self._answer, self._needs = answer, needs

    def best(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        return self._answer.best(self._needs, count)

    def of(self, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        return self._answer.of(self._needs[rows], columns)


class TextChannel:
    """Cosine of TF-IDF vectors, the best capability line of each supplier."""

    def __init__(self, name: str, offer: Texts, analyzer: Analyzer, terms: Terms | None = None) -> None:
        """`terms`: what was fitted on all suppliers when the offer is only of some."""
        self.name = name
        self._glosses, self._analyzer = offer.names, analyzer
        if terms is None:
            terms, counts = fit(offer.texts, analyzer, offer.times)
        else:
            counts = terms.counts(offer.texts, analyzer)
        self._rows, self._owners = TextRows.of(terms, counts), offer.owners

    def answer(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Answer:
        """Cosines."""
        texts, query = numbered(asked_texts(needs, requirements, self._glosses))
        questions = self._rows.terms.vectors(texts, self._analyzer)
        return RowsAnswer(self._owners, lambda asked: self._rows.cosines(questions[asked]), query)


def all_channels(
    suppliers: pd.DataFrame,
    capabilities: pd.DataFrame,
    space: ConceptSpace,
    taxonomy: Taxonomy,
    cache: Path | None = None,
    meaning: Meaning | None = None,
) -> tuple[Channel, ...]:
    """Every channel, fitted on the suppliers; the ranker expects a score from each. That of meaning only if given.

    `cache` is a folder where a large index of lines is kept for the next run.
    """
    offer = Texts.of(suppliers, capabilities, space.glosses)
    return (
        TextChannel("characters", offer, letter_groups),
        TextChannel("words", offer, str.split),
        LineChannel(suppliers, taxonomy, cache),
        ConceptChannel(suppliers, capabilities, space),
        HsChannel(suppliers),
        *((MeaningChannel(suppliers, meaning),) if meaning else ()),
    )
