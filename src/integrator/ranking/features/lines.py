"""What the need is called, beside each single product line of the supplier.

Likeness is worked out once for each name beside each line that meet in a block, however many pairs they meet in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse

from integrator.ranking.features.overlaps import expanded, ratio, row_sums, says, total
from integrator.text.fold import fold
from integrator.vectors import TextVectors, letter_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from integrator.ranking.pairs import Numbers, Offers, Pairs, Positions

NAMES = ("component", "component_en", "component_ar")
BLOCK = 200_000
"""Names beside lines compared at a time; bounds the memory."""
SURE = 9
"""Decimals of a likeness that count: what is alike by as many is equally alike."""


@dataclass(frozen=True)
class Lines:
    """Folded texts of needs or suppliers, those of one owner together, sorted and each once."""

    texts: list[str]
    """Different texts."""
    text: Positions
    """For each line its text."""
    owner: Positions
    """For each line the row of its need or supplier."""
    first: Positions
    """For each row its first line; one number more than rows."""


@dataclass(frozen=True)
class Beside:
    """Every name of the need beside every line of the supplier: pair by pair, name by name, line by line."""

    pair: Positions
    meeting: Positions
    """Which of the different meetings it is."""
    name: Positions
    """Of each meeting, the text of the name; ascends."""
    line: Positions
    """Of each meeting, the text of the line."""


def line_characters(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by groups of letters."""
    return _best(pairs, pairs.once(_by_letters))


def line_words(pairs: Pairs) -> Numbers:
    """Likeness of what the need is called to the best single product line, by whole words."""
    vectors = pairs.offers.once(_words_of_lines)
    return _best(pairs, _products(pairs, vectors.of(pairs.once(need_names).texts), vectors.lines))


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
    pair, inner = expanded(counts)
    name, line = np.divmod(inner, np.maximum(wide[pair], 1))
    one, other = names.text[names.first[pairs.need][pair] + name], lines.text[lines.first[pairs.supplier][pair] + line]
    width = max(len(lines.texts), 1)
    different, meeting = np.unique(one * width + other, return_inverse=True)
    return Beside(pair, meeting, *np.divmod(different, width))


def _lines(cells: Sequence[Sequence[str]]) -> Lines:
    folded: dict[str, str] = {}
    own = []
    for texts in cells:
        own.append(
            sorted({folded[one] if one in folded else folded.setdefault(one, fold(one)) for one in texts} - {""})
        )
    sizes = np.asarray([len(texts) for texts in own], dtype=np.intp)
    flat = [text for texts in own for text in texts]
    place = {text: i for i, text in enumerate(dict.fromkeys(flat))}
    return Lines(
        list(place),
        np.asarray([place[text] for text in flat], dtype=np.intp),
        np.repeat(np.arange(len(own)), sizes),
        np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp),
    )


@dataclass(frozen=True)
class LineVectors:
    """Vectors fitted on every line of every supplier."""

    lines: sparse.csr_matrix
    """Different texts x terms."""
    of: Callable[[Sequence[str]], sparse.csr_matrix]
    """Vectors of other texts."""


def _letters_of_lines(offers: Offers) -> LineVectors:
    return _fitted(offers.once(product_lines), letter_groups)


def _words_of_lines(offers: Offers) -> LineVectors:
    return _fitted(offers.once(product_lines), str.split)


def _fitted(lines: Lines, analyzer: Callable[[str], Sequence[str]]) -> LineVectors:
    vectors = TextVectors([lines.texts[i] for i in lines.text.tolist()], analyzer)
    _, first = np.unique(lines.text, return_index=True)
    vectors.fitted = sparse.csr_matrix(vectors.fitted[first])  # each different text once
    vectors.fitted.sort_indices()
    return LineVectors(vectors.fitted, vectors.of)


def _shares_of_words(offers: Offers) -> tuple[dict[str, int], sparse.csr_matrix]:
    """The words of the product lines, and different texts x words: the share of each word in the weight of its line."""
    lines = offers.once(product_lines)
    columns, weight = _vocabulary(lines.texts, lines.text)
    weighted = sparse.csr_matrix(_counts(lines.texts, columns).multiply(weight))
    scale = np.divide(1.0, row_sums(weighted), out=np.zeros(len(lines.texts)), where=row_sums(weighted) > 0)
    return columns, sparse.csr_matrix(sparse.diags(scale) @ weighted)


def _by_letters(pairs: Pairs) -> Numbers:
    vectors = pairs.offers.once(_letters_of_lines)
    return _products_by_name(pairs, vectors.of(pairs.once(need_names).texts), vectors.lines)


def _products(pairs: Pairs, names: sparse.csr_matrix, lines: sparse.csr_matrix) -> Numbers:
    """The product of the two vectors, for every meeting; for short vectors."""
    beside = pairs.once(every_line)
    values = np.zeros(len(beside.name))
    for start in range(0, len(values), BLOCK):
        part = slice(start, start + BLOCK)
        values[part] = row_sums(sparse.csr_matrix(names[beside.name[part]].multiply(lines[beside.line[part]])))
    return values


def _products_by_name(pairs: Pairs, names: sparse.csr_matrix, lines: sparse.csr_matrix) -> Numbers:
    """The same for long vectors: each name is laid out in full and goes through all its lines."""
    beside = pairs.once(every_line)
    values, wide = np.zeros(len(beside.name)), np.zeros(names.shape[1])
    first = np.flatnonzero(np.diff(beside.name, prepend=-1))
    for start, end in zip(first.tolist(), [*first[1:].tolist(), len(values)], strict=False):
        own = slice(*names.indptr[beside.name[start] : beside.name[start] + 2])
        wide[names.indices[own]] = names.data[own]
        values[start:end] = lines[beside.line[start:end]] @ wide
        wide[names.indices[own]] = 0.0
    return values


def _best(pairs: Pairs, values: Numbers) -> Numbers:
    """The largest value of each pair; NaN for a pair without a line."""
    best, beside = np.full(len(pairs), np.nan), pairs.once(every_line)
    if len(beside.pair):
        first = np.flatnonzero(np.diff(beside.pair, prepend=-1))
        best[beside.pair[first]] = np.maximum.reduceat(values[beside.meeting], first)
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
    columns, weight = _vocabulary(texts, np.arange(len(texts)))
    return Sheets(columns, _counts(texts, columns), weight)


def _names_given(needs: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(zip(*(needs[name].astype(str).tolist() for name in NAMES), strict=True))


def _vocabulary(texts: Sequence[str], said: Positions) -> tuple[dict[str, int], Numbers]:
    """The words of different texts with their columns and weights; `said`: the text of each line."""
    columns = {word: i for i, word in enumerate(sorted({word for text in texts for word in text.split()}))}
    often = np.bincount(said, minlength=len(texts)).astype(float)
    frequency = np.asarray(_counts(texts, columns).T @ often)
    return columns, np.log((1 + len(said)) / (1 + frequency[: len(columns) or None])) + 1


def _counts(texts: Sequence[str], columns: dict[str, int]) -> sparse.csr_matrix:
    """Texts x words, 1 for a word that stands in the text."""
    found = [sorted({columns[word] for word in text.split() if word in columns}) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    flat = [column for own in found for column in own]
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(texts), max(len(columns), 1)))
