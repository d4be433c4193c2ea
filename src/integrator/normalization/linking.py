"""Cells of needs and suppliers -> concepts, one row a link, each with its cell.

`requirements` says what a need asks for, `capabilities` what a supplier says it does, a line of its
product list at a time. What follows from a part without being said (a casting is cast) is kept too,
marked `implied` and weaker, by the rules of `data/linking/implications.csv` and `commonplace.csv`.
Each wording is linked once (`wordings`); the rows of all records that say it are laid out by `link_rows`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from integrator import tables
from integrator.normalization.link_rows import Rows, link_rows
from integrator.normalization.pools import Numbers, Pool, ranks
from integrator.normalization.saying import SaidLine, said_lines

if TYPE_CHECKING:
    import pandas as pd

    from integrator.records import Record
    from integrator.taxonomy import Taxonomy


def requirements_table(records: Sequence[Record], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """The concepts each need asks for (`tables.REQUIREMENTS`); what an unknown part may mean comes as proposals.

    `language`: of the labels, which are for readers only: nothing is matched by them.
    """
    return asked_of(said_lines(records, "need", taxonomy), taxonomy, language)


def capabilities_table(records: Sequence[Record], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """The concepts each supplier offers, by capability line (`tables.CAPABILITIES`); it may have several records.

    `language`: of the labels, see `requirements_table`.
    """
    return offered_in(said_lines(records, "supplier", taxonomy), taxonomy, language)


def asked_of(lines: Sequence[SaidLine], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """`requirements_table` of the lines that needs say: those of one record are numbered and read together."""
    return _table(tables.REQUIREMENTS, lines, _numbers(id(line.record) for line in lines), taxonomy, language)


def offered_in(lines: Sequence[SaidLine], taxonomy: Taxonomy, language: str = "fr") -> pd.DataFrame:
    """`capabilities_table` of the lines that suppliers say: those of one supplier are numbered and read together."""
    return _table(tables.CAPABILITIES, lines, _numbers(line.entity for line in lines), taxonomy, language)


def _numbers(things: Iterable[Hashable]) -> Numbers:
    """A number for each thing, equal ones having the same, in the order they came."""
    known: dict[Hashable, int] = {}
    return np.array([known.setdefault(thing, len(known)) for thing in things], dtype=np.int64)


def _table(
    table: tables.Table, lines: Sequence[SaidLine], owner: Numbers, taxonomy: Taxonomy, language: str
) -> pd.DataFrame:
    """One row a key, the strongest link first said."""
    if not lines:
        return tables.empty(table)
    import pandas as pd

    rows, pools = link_rows(lines, owner, lines[0].side, taxonomy)
    said = _columns_of_lines(lines)
    numbers = {name: numbers[rows.line] for name, (_, numbers) in said.items()} | dict(rows.columns)
    texts = {name: texts for name, (texts, _) in said.items()} | pools.texts()
    numbers |= {"label": numbers["concept"], "implied": rows.implied.astype(np.int64)}
    texts |= {
        "label": [taxonomy.label(concept, language) for concept in texts["concept"]],
        "implied": ["no", "yes"],
    }
    line = _places_within(owner)[rows.line]
    keys = [line if name == "line" else ranks(texts[name])[numbers[name]] for name in table.key]
    kept = _strongest(keys, rows, ranks(texts["text"])[numbers["text"]])
    columns = {
        name: line[kept] if name == "line" else rows.score[kept] if name == "score"
        else tables.spread(texts[name], numbers[name][kept])
        for name in table.names
    }  # fmt: skip
    return tables.check(table, pd.DataFrame(columns))


def _strongest(keys: Sequence[Numbers], rows: Rows, text: Numbers) -> Numbers:
    """The first row of each key, in order of the keys: the best score, then text, then said before implied."""
    order = np.lexsort([rows.place, rows.implied, text, -rows.score, *reversed(keys)])
    if not len(order):
        return order
    changes = np.logical_or.reduce([np.diff(key[order], prepend=-1) != 0 for key in keys])
    return order[changes]


def _places_within(owner: Numbers) -> Numbers:
    """The number of each line among those of its owner, from 1."""
    order, counts = np.argsort(owner, kind="stable"), np.bincount(owner)
    places = np.empty(len(owner), dtype=np.int64)
    places[order] = np.arange(1, len(owner) + 1) - (np.cumsum(counts) - counts)[owner[order]]
    return places


def _columns_of_lines(lines: Sequence[SaidLine]) -> dict[str, tuple[list[str], Numbers]]:
    """Who says a line and where: by column the texts, and the number of the text of each line."""
    cells = [line.cell for line in lines]
    columns = {
        f"{lines[0].side}_id": [line.entity for line in lines],
        "field": [line.field.name for line in lines],
        "file": [cell.file for cell in cells],
        "sheet": [cell.sheet for cell in cells],
        "cell": [cell.cell for cell in cells],
    }
    pools = {name: Pool() for name in columns}
    numbers = {name: pools[name].of(texts) for name, texts in columns.items()}
    return {name: (pools[name].texts, numbers[name]) for name in columns}
