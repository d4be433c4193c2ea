"""Ways to find suppliers for a need, each with a score between 0 and 1.

A channel is fitted once on the suppliers and answers for needs part by part, so that memory is bounded by the part.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
from scipy import sparse

from integrator.retrieval.answers import Answer, Asked, Part, repeated
from integrator.retrieval.best_lines import score_block, score_pairs
from integrator.retrieval.concepts import ConceptChannel, unlike
from integrator.retrieval.glosses import Texts, asked_texts
from integrator.retrieval.kept import line_index
from integrator.retrieval.line_index import PARTS
from integrator.retrieval.meant import MeaningChannel
from integrator.retrieval.owners import DECIMALS
from integrator.retrieval.repairs import Repairs
from integrator.retrieval.tariffs import HsChannel
from integrator.retrieval.text_answers import TextAnswer
from integrator.retrieval.text_rows import TextRows
from integrator.retrieval.texts import queries, raw_lines
from integrator.vectors import Analyzer, Terms, fit, letter_groups, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.retrieval.line_index import LineIndex
    from integrator.retrieval.owners import Owners
    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace

NAMED = 5
"""The lines name a fifth as many suppliers as the other channels: more would push out what those find."""
WORTH_KEEPING = 20_000
"""Lines from which an index is kept for the next run; a smaller one is made in the time of reading it."""


class Channel(Protocol):
    """One way to find suppliers."""

    name: str

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """What these needs ask; `requirements` are (at least) theirs. Rests on nothing but what was fitted."""
        ...

    def answer(self, asked: Asked) -> Answer:
        """What the channel says to it."""
        ...


class LineChannel:
    """BM25 of words and concepts, the best line of each supplier, as a share of what the need could reach."""

    name = "lines"

    def __init__(self, index: LineIndex, taxonomy: Taxonomy) -> None:
        self.index, self._taxonomy = index, taxonomy
        self._repairs: Repairs | None = None

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """See `Channel`."""
        if self._repairs is None:
            self._repairs = Repairs(self.index.words, self.index.times, self._taxonomy)
        texts, place = numbered(queries(needs))
        asked, query = unlike(self.index.queries(texts, self._taxonomy, self._repairs))
        return Asked(asked.astype(np.int32), query[place])

    def answer(self, asked: Asked) -> Answer:
        """See `Channel`."""
        return _LineAnswer(self.index, asked.questions, asked.query)


class _LineAnswer:
    width = 1

    def __init__(self, index: LineIndex, asked: sparse.csr_matrix, query: np.ndarray) -> None:
        self._index, self._asked, self._query = index, asked, query
        self._reachable = np.maximum(np.asarray(asked @ index.most).ravel() / PARTS, 1 / PARTS)
        self._found: dict[int, list[np.ndarray]] = {}

    def part(self, needs: np.ndarray) -> Part:
        return _LinePart(self, needs)

    def best(self, needs: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Every question is answered at once, the first time."""
        most = named(LineChannel.name, count)
        if most not in self._found:
            rows, columns, _ = score_block(self._index, self._asked, most)
            self._found[most] = np.split(columns, np.searchsorted(rows, np.arange(1, self._asked.shape[0])))
        return repeated(self._found[most], self._query[needs])

    def of(self, needs: np.ndarray, columns: np.ndarray) -> np.ndarray:
        rows = self._query[needs]
        shares = score_pairs(self._index, self._asked, rows, columns) / self._reachable[rows]
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

    def __init__(self, name: str, rows: TextRows, owners: Owners, glosses: Mapping[str, str]) -> None:
        """`glosses`: concept -> its preferred names."""
        self.name, self.rows, self.owners = name, rows, owners
        self._glosses = glosses

    def ask(self, needs: pd.DataFrame, requirements: pd.DataFrame) -> Asked:
        """See `Channel`."""
        texts, query = numbered(asked_texts(needs, requirements, self._glosses))
        return Asked(self.rows.terms.vectors(texts, ANALYZERS[self.name]), query)

    def answer(self, asked: Asked) -> Answer:
        """Cosines."""
        return TextAnswer(self.rows, self.owners, asked.questions, asked.query)


ANALYZERS: Mapping[str, Analyzer] = {"characters": letter_groups, "words": str.split}
"""The channels of texts, and what each takes a text for."""


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
    texts = (text_channel(name, offer) for name in ANALYZERS)
    lines, owners = raw_lines(suppliers)
    ids = suppliers["supplier_id"].astype(str).tolist()
    index = line_index(lines, owners, ids, taxonomy, cache if len(lines) >= WORTH_KEEPING else None)
    return (
        *texts,
        LineChannel(index, taxonomy),
        ConceptChannel.of(suppliers, capabilities, space),
        HsChannel.of(suppliers),
        *((MeaningChannel(suppliers, meaning),) if meaning else ()),
    )


def text_channel(name: str, offer: Texts, terms: Terms | None = None) -> TextChannel:
    """The channel of texts of that name; `terms`: those of all suppliers when the offer is only of some."""
    if terms is None:
        terms, counts = fit(offer.texts, ANALYZERS[name], offer.times)
    else:
        counts = terms.counts(offer.texts, ANALYZERS[name])
    return TextChannel(name, TextRows.of(terms, counts), offer.owners, offer.names)


def named(channel: str, count: int) -> int:
    """How many suppliers a channel names when `count` are asked for."""
    return max(count // NAMED, 1) if channel == LineChannel.name else count
