"""How many product lines or suppliers hold each word and group of letters: counted over all, so kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.line_texts import product_lines, sheet_texts
from integrator.ranking.offers import Counted
from integrator.vectors import Analyzer, Terms, fit, letter_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.offers import Offers


@dataclass(frozen=True)
class Vocabulary:
    """Words with their columns and weights: ln((1 + texts) / (1 + texts with the word)) + 1."""

    columns: dict[str, int]
    weight: Numbers
    """By column, high when few texts hold the word."""
    texts: int
    """How many texts were counted."""

    def weight_of(self, word: str) -> float:
        """The weight of any word; that of an unknown one is the highest."""
        column = self.columns.get(word)
        return float(np.log(1 + self.texts) + 1 if column is None else self.weight[column])


def letter_terms(offers: Offers) -> Terms:
    """How many product lines hold each group of letters."""
    return _terms(offers, letter_groups)


def word_terms(offers: Offers) -> Terms:
    """How many product lines hold each word."""
    return _terms(offers, str.split)


def line_vocabulary(offers: Offers) -> Vocabulary:
    """The words of the product lines."""
    lines = offers.once(product_lines)
    return _vocabulary(lines.texts, lines.text)


def sheet_vocabulary(offers: Offers) -> Vocabulary:
    """The words of all that suppliers say of what they can do."""
    texts = offers.once(sheet_texts)
    return _vocabulary(texts, np.arange(len(texts)))


COUNTED: Mapping[str, Callable[[Offers], Terms | Vocabulary]] = {
    "letters": letter_terms, "words": word_terms, "lines": line_vocabulary, "sheets": sheet_vocabulary,
}  # fmt: skip
"""What is counted over every supplier; the rest of an offer is of its own suppliers alone."""


def counted_of(offers: Offers) -> Counted:
    """What was counted for an offer of every supplier: with it some of them are laid out as among all."""
    return Counted(offers.rarity, offers.buyers, {make: offers.once(make) for make in COUNTED.values()})


def word_counts(texts: Sequence[str], columns: dict[str, int]) -> sparse.csr_matrix:
    """Texts x words, 1 for a word that stands in the text."""
    found = [sorted({columns[word] for word in text.split() if word in columns}) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    flat = [column for own in found for column in own]
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), max(len(columns), 1)))


def _terms(offers: Offers, analyzer: Analyzer) -> Terms:
    lines = offers.once(product_lines)
    return fit(lines.texts, analyzer, np.bincount(lines.text, minlength=len(lines.texts)))[0]


def _vocabulary(texts: Sequence[str], said: Positions) -> Vocabulary:
    """The words of different texts; `said`: the text of each line."""
    columns = {word: i for i, word in enumerate(sorted({word for text in texts for word in text.split()}))}
    often = np.bincount(said, minlength=len(texts)).astype(float)
    frequency = np.asarray(word_counts(texts, columns).T @ often)
    weight = np.log((1 + len(said)) / (1 + frequency[: len(columns) or None])) + 1
    return Vocabulary(columns, weight, len(said))
