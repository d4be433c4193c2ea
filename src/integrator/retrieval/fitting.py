"""What retrieval fits on all suppliers, part by part: whatever the parts, it comes to the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from integrator.retrieval import arrays as plain
from integrator.retrieval.channels import ANALYZERS
from integrator.retrieval.concepts import unlike
from integrator.retrieval.glosses import Texts
from integrator.retrieval.line_index import LinesRead, LineStatistics, build_part
from integrator.retrieval.repairs import Repairs
from integrator.retrieval.texts import Dots, raw_lines
from integrator.taxonomy.space import nearby, rarity_of
from integrator.vectors import Terms
from integrator.vectors import fit as fit_terms

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace

VERSION = 1
KIND = "statistics"


@dataclass(frozen=True)
class Part:
    """Some suppliers and their capabilities."""

    suppliers: pd.DataFrame
    capabilities: pd.DataFrame


Parts = Callable[[], Iterable[Part]]
"""Every supplier in one part, read anew at each call."""


@dataclass(frozen=True)
class Statistics:
    """What was fitted on all suppliers."""

    short: frozenset[str]
    """Abbreviations, with their dot."""
    lines: LineStatistics
    texts: Mapping[str, Terms]
    """By channel of texts."""
    rarity: np.ndarray
    """Weight of each concept."""

    def to_arrays(self) -> plain.Arrays:
        """Plain arrays."""
        lines = self.lines
        found = {
            "short": plain.joined(sorted(self.short)), "rarity": self.rarity, "lines.words": plain.joined(lines.words),
            "lines.times": lines.times, "lines.names": plain.joined(lines.names), "lines.holding": lines.holding,
            "lines.size": np.asarray([lines.lines, lines.length]), "lines.most": lines.most,
        }  # fmt: skip
        for name, terms in self.texts.items():
            found |= plain.under(name, terms_to_arrays(terms))
        return found

    @classmethod
    def from_arrays(cls, found: plain.Arrays) -> Statistics:
        """`to_arrays` undone; raises KeyError or ValueError when the arrays do not fit each other."""
        words, names = plain.parted(found["lines.words"]), plain.parted(found["lines.names"])
        size, length = found["lines.size"].tolist()
        lines = LineStatistics(
            words, found["lines.times"], names, found["lines.holding"], size, length, found["lines.most"]
        )
        if len(lines.times) != len(words) or len(lines.holding) != len(names) or len(lines.most) != max(len(names), 1):
            raise ValueError("statistics whose arrays differ in length")
        texts = {name: terms_from_arrays(plain.within(name, found)) for name in ANALYZERS}
        return cls(frozenset(plain.parted(found["short"])), lines, texts, found["rarity"])


def fit(parts: Parts, space: ConceptSpace, taxonomy: Taxonomy) -> Statistics:
    """Read the parts four times: abbreviations, then words and terms, then tokens, then the most each brings."""
    dots = Dots()
    for part in parts():
        dots.add(part.suppliers["products"].astype(str).tolist())
    short = dots.short()
    words, texts, weights = _words(parts, short, space, taxonomy)
    lines = _tokens(parts, short, words, taxonomy)
    return Statistics(short, lines, texts, weights)


def _words(
    parts: Parts, short: frozenset[str], space: ConceptSpace, taxonomy: Taxonomy
) -> tuple[Counter[str], dict[str, Terms], np.ndarray]:
    """How often each word stands in the lines, the terms of the texts, the weights of concepts."""
    words: Counter[str] = Counter()
    texts = {name: Terms((), np.zeros(0, dtype=np.int64), 0) for name in ANALYZERS}
    counted, suppliers = np.zeros((2, len(space.concepts)), dtype=np.int64), 0
    for part in parts():
        read = LinesRead(raw_lines(part.suppliers, short)[0], taxonomy)
        words.update(dict(zip(read.words, read.times.tolist(), strict=True)))
        offer = Texts.of(part.suppliers, part.capabilities, space.glosses)
        for name, analyzer in ANALYZERS.items():
            texts[name] = texts[name].merged(fit_terms(offer.texts, analyzer, offer.times)[0])
        entities = list(part.suppliers["supplier_id"])
        offers, row = unlike(space.matrix(part.capabilities, "supplier_id", entities))
        counted += nearby(space.reach(offers), np.bincount(row, minlength=offers.shape[0]))
        suppliers += len(entities)
    return words, texts, rarity_of(counted, suppliers)


def _tokens(parts: Parts, short: frozenset[str], words: Counter[str], taxonomy: Taxonomy) -> LineStatistics:
    known = tuple(sorted(words))
    times = np.asarray([words[word] for word in known], dtype=np.int64)
    repairs = Repairs(known, times, taxonomy)
    holding: Counter[str] = Counter()
    lines = length = 0
    for part in parts():
        texts, _ = raw_lines(part.suppliers, short)
        bags = LinesRead(texts, taxonomy).bags(repairs)
        holding.update(dict(zip(bags.names, np.rint(bags.holding).astype(np.int64).tolist(), strict=False)))
        lines, length = lines + len(texts), length + bags.length
    names = tuple(sorted(holding))
    held = np.asarray([holding[name] for name in names], dtype=np.int64)
    most = np.zeros(max(len(names), 1), dtype=np.int64)
    fitted = LineStatistics(known, times, names, held, lines, length, most)
    for part in parts():
        texts, owners = raw_lines(part.suppliers, short)
        own = build_part(texts, owners, part.suppliers["supplier_id"].astype(str).tolist(), taxonomy, fitted).lines
        np.maximum.at(most, own.indices, own.data)
    return fitted


def save_statistics(fitted: Statistics, path: Path) -> None:
    """One file of plain arrays, written whole or not at all."""
    plain.save(path, KIND, VERSION, fitted.to_arrays())


def load_statistics(path: Path) -> Statistics:
    """What `save_statistics` wrote; raises ValueError with one sentence when the file is another's or damaged."""
    found = plain.read(path, KIND, VERSION)
    try:
        return Statistics.from_arrays(found)
    except (KeyError, IndexError, TypeError) as fault:
        raise ValueError(f"{path} does not hold sound statistics: make them anew") from fault


def terms_to_arrays(terms: Terms) -> plain.Arrays:
    """Plain arrays."""
    return {"names": plain.joined(terms.names), "holding": terms.holding, "texts": np.asarray(terms.texts)}


def terms_from_arrays(found: plain.Arrays) -> Terms:
    """`terms_to_arrays` undone; raises KeyError or ValueError."""
    names = plain.parted(found["names"])
    if len(found["holding"]) != len(names):
        raise ValueError("terms whose arrays differ in length")
    return Terms(names, found["holding"], int(found["texts"]))
