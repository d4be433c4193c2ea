"""What the need is called, beside each single product line of the supplier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from integrator.ranking.features.overlaps import ratio, row_sums, says, total
from integrator.text.fold import fold
from integrator.vectors import TextVectors, letter_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from integrator.ranking.pairs import Numbers, Offers, Pairs, Positions

NAMES = ("component", "component_en", "component_ar")
BLOCK = 200_000
"""Names beside lines compared at a time; bounds the memory."""


@dataclass(frozen=True)
class Lines:
    """Folded texts of needs or suppliers, those of one owner together, each once and sorted."""

    texts: list[str]
    owner: Positions
    """For each text the row of its need or supplier."""
    first: Positions
    """For each row its first text; one number more than rows."""


@dataclass(frozen=True)
class Beside:
    """Every name of the need beside every line of the supplier."""

    pair: Positions
    name: Positions
    line: Positions


def line_characters(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by groups of letters."""
    return _best(pairs, pairs.once(_by_letters))


def line_words(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by whole words."""
    vectors = pairs.offers.once(_words_of_lines)
    return _best(pairs, _products(pairs, vectors.of(pairs.once(need_names).texts), vectors.fitted))


def line_tokens(pairs: Pairs) -> Numbers:
    """Share of letters in common with the best product line, words in any order and further words not counting.

    The line is the one that is most alike by groups of letters; RapidFuzz `token_set_ratio` / 100.
    """
    beside, likeness = pairs.once(every_line), pairs.once(_by_letters)
    order = np.lexsort((beside.line, beside.name, -likeness, beside.pair))
    first = order[np.flatnonzero(np.diff(beside.pair[order], prepend=-1))]
    names, lines = pairs.once(need_names).texts, pairs.offers.once(product_lines).texts
    asked, offered = [names[i] for i in beside.name[first]], [lines[i] for i in beside.line[first]]
    values = np.full(len(pairs), np.nan)
    values[beside.pair[first]] = process.cpdist(asked, offered, scorer=fuzz.token_set_ratio) / 100
    return values


def name_words_met(pairs: Pairs) -> Numbers:
    """Share of the words of the need's name that the supplier uses anywhere, rare words weighing more."""
    said = pairs.offers.once(_sheets)
    texts = list(map(fold, map(" ".join, _names_given(pairs.needs))))
    asked = sparse.csr_matrix(_counts(texts, said.columns).multiply(said.weight))
    # a word that no supplier uses weighs most; words are added in one order, whatever the other needs are
    weights = [[said.weight_of(word) for word in sorted(set(text.split()))] for text in texts]
    every = np.asarray([sum(own) for own in weights], dtype=float)[pairs.need]
    known = (every > 0) & says(said.words)[pairs.supplier]
    return np.where(known, ratio(total(pairs, asked, said.words), every), np.nan)


def offer_words_met(pairs: Pairs) -> Numbers:
    """Share of the words of the best product line that the need's name uses, rare words weighing more."""
    columns, shares = pairs.offers.once(_shares_of_words)
    return _best(pairs, _products(pairs, _counts(pairs.once(need_names).texts, columns), shares))


def need_names(pairs: Pairs) -> Lines:
    """What each need is called, in every language given."""
    return _lines(_names_given(pairs.needs))


def product_lines(offers: Offers) -> Lines:
    """The lines of the products of each supplier."""
    cells = offers.suppliers["products"].astype(str).tolist()
    return _lines([cell.replace("\n", ";").split(";") for cell in cells])


def every_line(pairs: Pairs) -> Beside:
    """Every name of the need beside every line of the supplier, for each pair."""
    names, lines = pairs.once(need_names), pairs.offers.once(product_lines)
    wide = np.diff(lines.first)[pairs.supplier]
    counts = np.diff(names.first)[pairs.need] * wide
    pair = np.repeat(np.arange(len(pairs)), counts)
    inner = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    name, line = np.divmod(inner, np.maximum(wide[pair], 1))
    return Beside(pair, names.first[pairs.need][pair] + name, lines.first[pairs.supplier][pair] + line)


def _lines(cells: Sequence[Sequence[str]]) -> Lines:
    own = [sorted({fold(text) for text in texts} - {""}) for texts in cells]
    sizes = np.asarray([len(texts) for texts in own], dtype=np.intp)
    return Lines(
        [text for texts in own for text in texts],
        np.repeat(np.arange(len(own)), sizes),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp),
    )


def _by_letters(pairs: Pairs) -> Numbers:
    vectors = pairs.offers.once(_letters_of_lines)
    return _products(pairs, vectors.of(pairs.once(need_names).texts), vectors.fitted)


def _letters_of_lines(offers: Offers) -> TextVectors:
    return TextVectors(offers.once(product_lines).texts, letter_groups)


def _words_of_lines(offers: Offers) -> TextVectors:
    return TextVectors(offers.once(product_lines).texts, str.split)


def _shares_of_words(offers: Offers) -> tuple[dict[str, int], sparse.csr_matrix]:
    """The words of the product lines, and lines x words: the share of each word in the weight of its line."""
    texts = offers.once(product_lines).texts
    columns, weight = _vocabulary(texts)
    weighted = sparse.csr_matrix(_counts(texts, columns).multiply(weight))
    scale = np.divide(1.0, row_sums(weighted), out=np.zeros(len(texts)), where=row_sums(weighted) > 0)
    return columns, sparse.csr_matrix(sparse.diags(scale) @ weighted)


def _products(pairs: Pairs, names: sparse.csr_matrix, lines: sparse.csr_matrix) -> Numbers:
    """The product of the two vectors, for every name beside every line."""
    beside = pairs.once(every_line)
    values = np.zeros(len(beside.pair))
    for start in range(0, len(values), BLOCK):
        part = slice(start, start + BLOCK)
        values[part] = row_sums(names[beside.name[part]].multiply(lines[beside.line[part]]))
    return values


def _best(pairs: Pairs, values: Numbers) -> Numbers:
    """The largest value of each pair; NaN for a pair without a line."""
    best = np.full(len(pairs), np.nan)
    beside = pairs.once(every_line)
    np.fmax.at(best, beside.pair, values)
    return best


@dataclass(frozen=True)
class Sheets:
    """The words of all that suppliers say of their products, processes, materials and machines."""

    columns: dict[str, int]
    words: sparse.csr_matrix
    """Suppliers x words: 1 for a word that the supplier uses."""
    weight: Numbers
    """By word, high when few suppliers use it."""

    def weight_of(self, word: str) -> float:
        """The weight of any word, known or not."""
        column = self.columns.get(word)
        return float(np.log(1 + self.words.shape[0]) + 1 if column is None else self.weight[column])


def _sheets(offers: Offers) -> Sheets:
    fields = [
        offers.suppliers[name].astype(str).tolist() for name in ("products", "processes", "materials", "machines")
    ]
    texts = [fold(" ".join(cells)) for cells in zip(*fields, strict=True)]
    columns, weight = _vocabulary(texts)
    return Sheets(columns, _counts(texts, columns), weight)


def _names_given(needs: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(zip(*(needs[name].astype(str).tolist() for name in NAMES), strict=True))


def _vocabulary(texts: Sequence[str]) -> tuple[dict[str, int], Numbers]:
    columns = {word: i for i, word in enumerate(sorted({word for text in texts for word in text.split()}))}
    frequency = row_sums(sparse.csr_matrix(_counts(texts, columns).T))
    return columns, np.log((1 + len(texts)) / (1 + frequency[: len(columns) or None])) + 1


def _counts(texts: Sequence[str], columns: dict[str, int]) -> sparse.csr_matrix:
    """Texts x words, 1 for a word that stands in the text."""
    found = [sorted({columns[word] for word in text.split() if word in columns}) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    flat = [column for own in found for column in own]
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), max(len(columns), 1)))
