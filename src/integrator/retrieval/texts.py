"""The texts that are compared: one query a need, several capability lines a supplier."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from integrator.tables import ABILITY_FIELDS, NEED_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    import pandas as pd

LINE = re.compile(r"[;\n]+")
"""What parts the lines of a cell."""
_SENTENCE = re.compile(r"(?<=\.)\s+")
_QUERY = (*NEED_NAMES, "processes", "materials", "specification")
ABBREVIATED = 5
"""Times a word must stand with its dot before it is taken for an abbreviation."""
CELLS = 10_000
"""Cells whose words are held at a time."""
BARE = 0.1
"""Share of the times an abbreviation may stand without its dot."""


def queries(needs: pd.DataFrame) -> list[str]:
    """One text a need, in the order of the table, not folded."""
    columns = [needs[name].astype(str) for name in _QUERY]
    return ["; ".join(cells) for cells in zip(*columns, strict=True)]


def raw_lines(suppliers: pd.DataFrame, short: Set[str] | None = None) -> tuple[list[str], list[int]]:
    """Texts as they are written and, for each, the position of its supplier: the whole sheet, then each product line.

    A product line is followed by the processes and materials of the supplier; semicolons part what is put together.
    `short`: the abbreviations of all suppliers when these are only some of them.
    """
    fields = {name: suppliers[name].astype(str).tolist() for name in ABILITY_FIELDS}
    texts: list[str] = []
    owners: list[int] = []
    for position, lines in enumerate(cell_lines(fields["products"], short)):
        means = f"{fields['processes'][position]}; {fields['materials'][position]}"
        texts += ["; ".join(fields[name][position] for name in ABILITY_FIELDS), *(f"{line}; {means}" for line in lines)]
        owners += [position] * (len(lines) + 1)
    return texts, owners


def cell_lines(cells: Sequence[str], short: Set[str] | None = None) -> list[list[str]]:
    """The lines of each cell: it is split at semicolons, line ends and ends of sentences.

    A dot before a blank ends a sentence, but not after an abbreviation: a word that these cells hardly ever write
    without its dot. With `short` these are the abbreviations.

    >>> cell_lines(["Nous usinons. Presse 400 t; tôlerie"])
    [['Nous usinons.', 'Presse 400 t', 'tôlerie']]
    """
    pieces = [_pieces(cell) for cell in cells]
    times = Counter(chain.from_iterable(sentences[:-1] for lines in pieces for sentences in lines))
    short = _abbreviations(cells, times) if short is None else short
    unfinished = {sentence for sentence in times if _last(sentence) in short}
    return [[one for sentences in lines for one in _joined(sentences, unfinished)] for lines in pieces]


class Dots:
    """Counts the words of cells with and without their dot, part by part."""

    def __init__(self) -> None:
        self._dotted: Counter[str] = Counter()
        self._bare: Counter[str] = Counter()

    def add(self, cells: Sequence[str]) -> None:
        """Count further cells."""
        for cell in cells:
            self._bare.update(cell.lower().split())
            self._dotted.update(_last(one) for sentences in _pieces(cell) for one in sentences[:-1])

    def short(self) -> frozenset[str]:
        """The abbreviations of all cells, as `cell_lines` finds them."""
        frequent = _frequent(self._dotted)
        return frozenset(f"{word}." for word, often in frequent.items() if _is_short(often, self._bare[word]))


def _pieces(cell: str) -> tuple[tuple[str, ...], ...]:
    """Lines, and in each what dots before a blank part; the dot stays. Tuples, as the collector soon skips them."""
    if ";" in cell or "\n" in cell:
        return tuple(map(_sentences, LINE.split(cell)))
    return (_sentences(cell),)


def _sentences(line: str) -> tuple[str, ...]:
    if not line.isprintable():
        return tuple(_SENTENCE.split(line))
    if ". " not in line:
        return (line,)
    first, *others = line.split(". ")  # the same, as a printable text holds no other blank
    last = others.pop()
    return (f"{first}.", *[f"{one.lstrip()}." for one in others], last.lstrip())


def _abbreviations(cells: Sequence[str], times: Counter[str]) -> frozenset[str]:
    """Words, lower case and with their dot, that stand before a blank and hardly ever without the dot.

    `times`: how often each sentence stands before another.
    """
    dotted: Counter[str] = Counter()
    for sentence, often in times.items():
        dotted[_last(sentence)] += often
    frequent = _frequent(dotted)
    if not frequent:
        return frozenset()
    bare: Counter[str] = Counter()
    for start in range(0, len(cells), CELLS):
        words = " ".join(cells[start : start + CELLS]).lower().split()
        bare.update(filter(frequent.__contains__, words))
    return frozenset(f"{word}." for word, often in frequent.items() if _is_short(often, bare[word]))


def _frequent(dotted: Counter[str]) -> dict[str, int]:
    """Words without their dot and how often they stand with it before a blank; those that do so often."""
    return {word[:-1]: often for word, often in dotted.items() if often >= ABBREVIATED and word[:-1].isalpha()}


def _is_short(dotted: int, bare: int) -> bool:
    return bare <= BARE * (bare + dotted)


def _last(sentence: str) -> str:
    return sentence[sentence.rfind(" ") + 1 :].lower()


def _joined(sentences: tuple[str, ...], unfinished: set[str]) -> list[str]:
    """The sentences without blanks around them, those that an abbreviation seems to end joined to the next."""
    if unfinished.isdisjoint(sentences):
        return list(filter(None, map(str.strip, sentences)))
    found: list[str] = []
    open_end = False
    for sentence in sentences:
        if open_end:
            found[-1] += f" {sentence}"
        elif bare := sentence.strip():
            found.append(bare)
        open_end = sentence in unfinished
    return found
