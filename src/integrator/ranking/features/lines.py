"""What the need is called, beside each single product line of the supplier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from integrator.ranking.features.beside import best, every_line, products, products_by_name
from integrator.ranking.features.line_counts import (
    Vocabulary,
    letter_terms,
    line_vocabulary,
    sheet_vocabulary,
    word_counts,
    word_terms,
)
from integrator.ranking.features.line_texts import names_given, need_names, product_lines, sheet_texts
from integrator.ranking.features.overlaps import ratio, row_sums, says, total
from integrator.text.fold import fold
from integrator.vectors import Analyzer, Terms, letter_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.ranking.arrays import Numbers
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs

SURE = 9
"""Decimals of a likeness that count: what is alike by as many is equally alike."""


def line_characters(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by groups of letters."""
    return best(pairs, pairs.once(_by_letters))


def line_words(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by whole words."""
    vectors = pairs.offers.once(_words_of_lines)
    return best(pairs, products(pairs, vectors.of(pairs.once(need_names).texts), vectors.lines))


def line_tokens(pairs: Pairs) -> Numbers:
    """Share of letters in common with the best product line, words in any order and further words not counting.

    The line is the one that is most alike by groups of letters; RapidFuzz `token_set_ratio` / 100.
    """
    beside, values = pairs.once(every_line), np.full(len(pairs), np.nan)
    if not len(beside.pair):
        return values
    likeness = np.round(pairs.once(_by_letters), SURE)[beside.meeting]
    first = np.flatnonzero(np.diff(beside.pair, prepend=-1))
    highest = np.repeat(np.maximum.reduceat(likeness, first), np.diff(first, append=len(likeness)))
    alike = np.flatnonzero(likeness == highest)
    chosen = alike[np.diff(beside.pair[alike], prepend=-1) > 0]
    meetings, place = np.unique(beside.meeting[chosen], return_inverse=True)
    names, lines = pairs.once(need_names).texts, pairs.offers.once(product_lines).texts
    asked = [names[i] for i in beside.name[meetings].tolist()]
    offered = [lines[i] for i in beside.line[meetings].tolist()]
    shares = process.cpdist(asked, offered, scorer=fuzz.token_set_ratio)
    values[beside.pair[chosen]] = shares[place] / 100
    return values


def name_words_met(pairs: Pairs) -> Numbers:
    """Share of the words of the need's name that the supplier uses anywhere, rare words weighing more."""
    said = pairs.offers.once(_sheets)
    texts = list(map(fold, map(" ".join, names_given(pairs.needs))))
    asked = sparse.csr_matrix(word_counts(texts, said.vocabulary.columns).multiply(said.vocabulary.weight))
    # a word that no supplier uses weighs most; words are added in one order, whatever the other needs are
    weights = [[said.vocabulary.weight_of(word) for word in sorted(set(text.split()))] for text in texts]
    every = np.asarray([sum(own) for own in weights], dtype=float)[pairs.need]
    known = (every > 0) & says(said.words)[pairs.supplier]
    return np.where(known, ratio(total(pairs, asked, said.words), every), np.nan)


def offer_words_met(pairs: Pairs) -> Numbers:
    """Share of the words of the best product line that the need's name uses, rare words weighing more."""
    columns, shares = pairs.offers.once(_shares_of_words)
    return best(pairs, products(pairs, word_counts(pairs.once(need_names).texts, columns), shares))


def _by_letters(pairs: Pairs) -> Numbers:
    vectors = pairs.offers.once(_letters_of_lines)
    return products_by_name(pairs, vectors.of(pairs.once(need_names).texts), vectors.lines)


@dataclass(frozen=True)
class LineVectors:
    """Vectors by what was counted on every line of every supplier."""

    lines: sparse.csr_matrix
    """Different texts x terms."""
    of: Callable[[Sequence[str]], sparse.csr_matrix]
    """Vectors of other texts."""


def _letters_of_lines(offers: Offers) -> LineVectors:
    return _vectors(offers, offers.once(letter_terms), letter_groups)


def _words_of_lines(offers: Offers) -> LineVectors:
    return _vectors(offers, offers.once(word_terms), str.split)


def _vectors(offers: Offers, terms: Terms, analyzer: Analyzer) -> LineVectors:
    lines = terms.vectors(offers.once(product_lines).texts, analyzer)
    return LineVectors(lines, lambda texts: terms.vectors(texts, analyzer))


def _shares_of_words(offers: Offers) -> tuple[dict[str, int], sparse.csr_matrix]:
    """The words of the product lines, and different texts x words: the share of each word in the weight of its line."""
    texts, words = offers.once(product_lines).texts, offers.once(line_vocabulary)
    weighted = sparse.csr_matrix(word_counts(texts, words.columns).multiply(words.weight))
    scale = np.divide(1.0, row_sums(weighted), out=np.zeros(len(texts)), where=row_sums(weighted) > 0)
    return words.columns, sparse.csr_matrix(sparse.diags(scale) @ weighted)


@dataclass(frozen=True)
class Sheets:
    """The words of all that suppliers say of their products, processes, materials and machines."""

    vocabulary: Vocabulary
    words: sparse.csr_matrix
    """Suppliers x words: 1 for a word that the supplier uses."""


def _sheets(offers: Offers) -> Sheets:
    vocabulary = offers.once(sheet_vocabulary)
    return Sheets(vocabulary, word_counts(offers.once(sheet_texts), vocabulary.columns))
