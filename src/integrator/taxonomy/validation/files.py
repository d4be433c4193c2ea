"""The files as people edit them: lines in their stated order, none twice, no blanks at the edges of a cell."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence

from integrator import data
from integrator.errors import Problem
from integrator.taxonomy.validation.faults import fault as _fault
from integrator.taxonomy.validation.labels import FURTHER_LANGUAGES, LANGUAGES, TYPES

Row = Mapping[str, str]
Key = tuple[object, ...]
CERTAINTIES = ("sure", "likely")
"""How well a tariff code is known to fit; other links carry none."""


def _place(values: Sequence[str], value: str) -> int:
    return values.index(value) if value in values else len(values)


ORDER: dict[str, Callable[[Row], Key]] = {
    "ambiguous.csv": lambda row: (row["form"],),
    "concepts.csv": lambda row: (row["id"],),
    "hs.csv": lambda row: (row["edition"], row["code"]),
    "labels.csv": lambda row: (
        row["concept"], _place(LANGUAGES + FURTHER_LANGUAGES, row["lang"]), _place(TYPES, row["type"]), row["text"],
    ),
    "links.csv": lambda row: (row["concept"], row["relation"], row["target"]),
    "systems.csv": lambda row: (row["concept"],),
    "word_forms.csv": lambda row: (row["lang"], row["word"]),
}  # fmt: skip
"""File -> the key its lines are sorted by, so that two people's changes meet in one place."""


def file_faults() -> Iterator[Problem]:
    """What is wrong with the shipped files themselves."""
    for name in ORDER:
        yield from text_faults(name, data.text(f"taxonomy/{name}"))


def text_faults(name: str, text: str) -> Iterator[Problem]:
    """Faults of one file of the lexicon, given its name and text."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    sort_key = ORDER[name]
    before: Key | None = None
    for row in rows:
        where = next(iter(row.values()))
        if any(cell is None or cell != cell.strip() for cell in row.values()):
            yield _fault(
                name, where, "cell_blank", f"a cell begins or ends with a blank: {','.join(map(str, row.values()))!r}"
            )
        current = sort_key(row)
        if before is not None and current < before:
            yield _fault(name, where, "order", f"the line {current!r} stands behind a later one", "sort the file")
        if current == before:
            yield _fault(
                name, where, "id_twice" if name == "concepts.csv" else "line_twice", f"{current!r} stands twice"
            )
        if name == "links.csv" and not _certain(row):
            yield _fault(name, where, "certainty", f"certainty {row['certainty']!r} of a link {row['relation']}")
        before = current


def _certain(row: Row) -> bool:
    return row["certainty"] in CERTAINTIES if row["relation"] == "hs" else not row["certainty"]
