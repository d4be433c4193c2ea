"""Where the table of a sheet begins and what its columns are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import cast

from integrator import tables
from integrator.records import EntityKind
from integrator.sources.headings import OPENING, Headings, beginnings, headings, opening, openings
from integrator.sources.mappings import Mappings
from integrator.sources.words import says_nothing, value_fields
from integrator.text.fold import fold
from integrator.text.heading_parts import latest_first, year_of
from integrator.text.heading_words import last_unit, said_period
from integrator.text.quantities import About
from integrator.workbooks import Sheet, cell_text

SEARCHED_ROWS = 30
BUYER = "buyer"
ANYTHING = "stated"
"""Grammar of a field that holds figures in some rows and a yes or no in others."""


@dataclass(frozen=True)
class Header:
    """The header of one sheet; rows and columns are 1-based."""

    row: int
    """The last header row; data begin below."""
    fields: Mapping[int, str]
    """Column -> canonical field."""
    texts: Mapping[int, str]
    """Column -> heading as written."""
    buyers: Mapping[int, str]
    """Column -> buyer, in a need sheet with buyers in columns."""
    units: Mapping[int, str]
    """Column -> unit in the brackets or at the end of its heading, where the field is a figure."""
    clashes: tuple[tuple[str, tuple[int, ...]], ...]
    """Fields that several columns name."""
    figures: frozenset[int] = frozenset()
    """Columns whose field holds figures or dates, and nothing else."""
    confirmed: Mapping[int, str] = field(default_factory=dict)
    """Column -> field ("" = none), where a person said so."""
    said: Mapping[int, str] = field(default_factory=dict)
    """Column -> unit or period that the name of its heading says of a bare figure."""
    years: Mapping[int, str] = field(default_factory=dict)
    """Column -> year in its heading, where the field is a figure."""
    by_year: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Fields with a column a year -> their columns, in the order in which a row takes the first that it fills."""

    def missing(self, kind: EntityKind) -> list[str]:
        """Required fields that no column names."""
        found = set(self.fields.values()) | ({"need_id"} if self.buyers else set())
        return [fields[0] for fields in tables.COLUMNS[kind] if found.isdisjoint(fields)]

    @cached_property
    def size(self) -> int:
        """How much it names: fields, years of a field, buyers."""
        years = sum(len(found) - 1 for found in self.by_year.values())
        return len(set(self.fields.values())) + years + len(self.buyers)

    @cached_property
    def columns(self) -> dict[str, int]:
        """Field -> column."""
        return {field: column for column, field in self.fields.items()}

    def may_be_another(self, cells: Collection[str]) -> bool:
        """False when the cells of a line are surely no header, this one again or that of another table: cheap."""
        return 2 * sum(map(self._may_open, [text[:OPENING] for text in cells])) > len(cells)

    @cached_property
    def _may_open(self) -> Callable[[str], bool]:
        known = openings() | beginnings(map(fold, self.texts.values()))
        return lru_cache(maxsize=100_000)(lambda head: opening(head) in known)

    @cached_property
    def named(self) -> dict[int, str]:
        """Column -> field, of every year."""
        return {column: name for name, found in self.by_year.items() for column in found} | dict(self.fields)

    @cached_property
    def unmapped(self) -> dict[int, str]:
        """Columns whose heading names no field."""
        return {c: text for c, text in self.texts.items() if c not in self.named and c not in self.buyers}

    def of_row(self, cells: Mapping[int, str]) -> Header:
        """The header as a row has it: of a field by the year, the first column that says something."""
        if not self.by_year:
            return self
        chosen = tuple(
            next((column for column in found if not says_nothing(cells.get(column, ""))), found[0])
            for found in self.by_year.values()
        )
        if chosen not in self._as_chosen:
            self._as_chosen[chosen] = self._with(chosen)
        return self._as_chosen[chosen]

    @cached_property
    def _as_chosen(self) -> dict[tuple[int, ...], Header]:
        return {}

    def _with(self, chosen: tuple[int, ...]) -> Header:
        others = {column for found in self.by_year.values() for column in found} - set(chosen)
        fields = {column: name for column, name in self.named.items() if column not in others}
        return replace(self, fields=dict(sorted(fields.items())), by_year={})


def find_header(sheet: Sheet, kind: EntityKind, mappings: Mappings, given: int = 0) -> Header | None:
    """The row that names most fields among the first rows, the highest on a tie; None when none names any.

    `given` is the row that the analyst names; 0 = find it.
    """
    known = headings(kind)
    best: Header | None = None
    for row in range(given or 1, min(given or SEARCHED_ROWS, len(sheet.rows)) + 1):
        header = _read(sheet, row, kind, known, mappings)
        if header.size and (best is None or header.size > best.size):
            best = header
    return best


def _read(sheet: Sheet, row: int, kind: EntityKind, known: Headings, mappings: Mappings) -> Header:
    lower = [cell_text(value).strip() for value in sheet.rows[row - 1]]
    upper = _group_row(sheet, row - 1)
    upper += [""] * (len(lower) - len(upper))
    texts = {
        column: f"{up} / {low}" if low and up and not known.field(low) else low or up
        for column, (low, up) in enumerate(zip(lower, upper, strict=False), start=1)
        if low or up
    }
    said = mappings.of(kind, texts.values())
    confirmed = {column: said[fold(text)] for column, text in texts.items() if fold(text) in said}
    fields: dict[int, str] = {}
    buyers: dict[int, str] = {}
    columns: dict[str, list[int]] = defaultdict(list)
    for column in texts.keys() - confirmed.keys():
        low, up = lower[column - 1], upper[column - 1]
        if kind == "need" and low and known.field(up) == BUYER and not known.field(low):
            buyers[column] = low
        elif name := _field(low, up, known):
            columns[name].append(column)
    for name, found in columns.items():
        columns[name] = _without_weak(sorted(found), texts, known, dated=name in value_fields(kind))
    for column, name in sorted(confirmed.items()):
        if name:
            columns[name].append(column)
    figures = value_fields(kind)
    named = {column: name for name, found in sorted(columns.items()) for column in found}
    years = {column: year for column, name in named.items() if name in figures and (year := year_of(texts[column]))}
    by_year = {name: latest_first(found, years) for name, found in sorted(columns.items()) if name in figures}
    by_year = {name: found for name, found in by_year.items() if found}
    for name, found in columns.items():
        fields |= dict.fromkeys(by_year[name][:1] if name in by_year else found, name)
    clashes = tuple((n, tuple(found)) for n, found in sorted(columns.items()) if len(found) > 1 and n not in by_year)
    units = {
        column: known.unit(texts[column]) or _last_unit(texts[column], figures[name])
        for column, name in named.items()
        if name in figures
    }
    units = {column: unit for column, unit in sorted(units.items()) if unit}
    bare = {
        column: known.says(texts[column]) or (column in confirmed and _period(texts[column], figures.get(name, "")))
        for column, name in sorted(named.items())
        if column not in units
    }
    return Header(
        row, dict(sorted(fields.items())), texts, dict(sorted(buyers.items())), units, clashes,
        frozenset(column for column, name in named.items() if figures.get(name, ANYTHING) != ANYTHING), confirmed,
        {column: unit for column, unit in bare.items() if unit}, years, by_year,
    )  # fmt: skip


def _field(low: str, up: str, known: Headings) -> str:
    """The field of a heading and the group heading above it."""
    name = known.field(low or up)
    return name or (known.field(f"{up} {low}") or known.field(f"{low} {up}") if low and up else "")


def _last_unit(heading: str, about: str) -> str:
    """The unit that stands at the end of a heading without brackets, "CA MDH"."""
    return last_unit(heading, cast(About, about)) if about in ("money", "volume") else ""


def _period(heading: str, about: str) -> str:
    """What a heading that a person confirmed says of the time its figures are counted over."""
    return said_period(heading) if about == "volume" else ""


def _without_weak(columns: list[int], texts: Mapping[int, str], known: Headings, *, dated: bool) -> list[int]:
    """Of the columns of one field, those with a sure heading; without any, the first with a general one.

    General ones that a year tells apart are all kept. What is left out stays an extra column and is reported as such.
    """
    sure = [column for column in columns if not known.is_weak(texts[column])]
    years = {column: year for column in columns if (year := year_of(texts[column]))}
    return sure or (columns if dated and latest_first(columns, years) else columns[:1])


def _group_row(sheet: Sheet, row: int) -> list[str]:
    """The texts of the row above a header, merged cells filled; nothing when it is no group row."""
    if row < 1:
        return []
    cells = [cell_text(value).strip() for value in sheet.rows[row - 1]]
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_row <= row <= last_row and first_column <= len(cells):
            origin = cell_text(sheet.at(first_row, first_column)).strip()
            cells += [""] * (last_column - len(cells))
            cells[first_column - 1 : last_column] = [origin] * (last_column - first_column + 1)
    return cells if _is_group_row(sheet, row, cells) else []


def _is_group_row(sheet: Sheet, row: int, cells: list[str]) -> bool:
    """A title is one text; a group row has several, or one that is merged over part of the columns."""
    texts = {text for text in cells if text}
    merged = any(first <= row <= last and end > start for first, start, last, end in sheet.merges)
    return len(texts) > 1 or (len(texts) == 1 and merged)
