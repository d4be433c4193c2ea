"""Every name of a need beside every product line of a supplier.

Likeness is worked out once for each name beside each line that meet in a block, however many pairs they meet in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from integrator.ranking.features.line_texts import need_names, product_lines
from integrator.ranking.features.overlaps import expanded, row_sums

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.pairs import Pairs

BLOCK = 200_000
"""Names beside lines compared at a time; bounds the memory."""


@dataclass(frozen=True)
class Beside:
    """Every name of the need beside every line of the supplier: pair by pair, name by name, line by line."""

    pair: Positions
    """Row of the pair; ascends."""
    meeting: Positions
    """Which of the different meetings it is."""
    name: Positions
    """Of each meeting, the text of the name; ascends."""
    line: Positions
    """Of each meeting, the text of the line."""


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


def products(pairs: Pairs, names: sparse.csr_matrix, lines: sparse.csr_matrix) -> Numbers:
    """The product of both vectors of every meeting; `names` and `lines`: different texts x terms. For short vectors."""
    beside = pairs.once(every_line)
    values = np.zeros(len(beside.name))
    for start in range(0, len(values), BLOCK):
        part = slice(start, start + BLOCK)
        values[part] = row_sums(sparse.csr_matrix(names[beside.name[part]].multiply(lines[beside.line[part]])))
    return values


def products_by_name(pairs: Pairs, names: sparse.csr_matrix, lines: sparse.csr_matrix) -> Numbers:
    """`products` of long vectors: each name is laid out in full and goes through all its lines."""
    beside = pairs.once(every_line)
    values, wide = np.zeros(len(beside.name)), np.zeros(names.shape[1])
    first = np.flatnonzero(np.diff(beside.name, prepend=-1))
    for start, end in zip(first.tolist(), [*first[1:].tolist(), len(values)], strict=False):
        own = slice(*names.indptr[beside.name[start] : beside.name[start] + 2])
        wide[names.indices[own]] = names.data[own]
        values[start:end] = lines[beside.line[start:end]] @ wide
        wide[names.indices[own]] = 0.0
    return values


def best(pairs: Pairs, values: Numbers) -> Numbers:
    """The largest of the values (one a meeting) of each pair; NaN for a pair without a line."""
    found, beside = np.full(len(pairs), np.nan), pairs.once(every_line)
    if len(beside.pair):
        first = np.flatnonzero(np.diff(beside.pair, prepend=-1))
        found[beside.pair[first]] = np.maximum.reduceat(values[beside.meeting], first)
    return found
