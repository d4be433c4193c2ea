"""Which of the known shapes a trade file has, and what its words mean: `data/valuation/trade_*.csv`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from integrator import data
from integrator.text.fold import fold
from integrator.valuation.sourced import fault, number
from integrator.workbooks import Sheet, cell_text

HEADINGS, WORDS, COUNTRIES = (f"valuation/{name}.csv" for name in ("trade_headings", "trade_words", "country_codes"))
SEARCHED_ROWS = 30
REQUIRED = {
    "comtrade": ("year", "country", "flow", "hs", "value"),
    "baci": ("year", "country", "importer", "hs", "value"),
    "national": ("hs", "value"),
}
TOTALS = ("partner", "partner2", "customs", "transport")
"""Columns in which a line may say that it is the sum of others."""
_KINDS = ("flow", "total", "sum_of_codes", "annual", "hs")
_WITH_YEAR = re.compile(r"(?:(.*) )?((?:19|20)\d\d)")

Flow = Literal["import", "export"]


@dataclass(frozen=True)
class ValueColumn:
    """One column of values; columns count from 1."""

    column: int
    heading: str
    currency: str
    factor: float
    year: int | None
    """The year that the heading says, where years stand in columns."""


@dataclass(frozen=True)
class Shape:
    """The header of a trade sheet."""

    name: str
    row: int
    """Of the headings, 1-based."""
    columns: Mapping[str, int]
    """Field -> column, 1-based; values apart."""
    headings: Mapping[str, str]
    """Field -> heading as written."""
    values: tuple[ValueColumn, ...]


@dataclass(frozen=True)
class _Heading:
    shape: str
    field: str
    currency: str
    factor: float
    place: int


def find_shape(sheet: Sheet) -> tuple[Shape | None, tuple[str, ...]]:
    """The header of a sheet among its first rows; without one, the fields that the nearest shape lacks."""
    nearest: tuple[str, ...] = ()
    best: Shape | None = None
    for row in range(1, min(SEARCHED_ROWS, len(sheet.rows)) + 1):
        for name, required in REQUIRED.items():
            shape = _read(sheet, row, name)
            found = {*shape.columns, *(["value"] if shape.values else [])}
            lacking = tuple(one for one in required if one not in found)
            if not lacking and (best is None or len(shape.columns) > len(best.columns)):
                best = shape
            if len(lacking) < len(required) and (not nearest or len(lacking) < len(nearest)):
                nearest = lacking
    return best, () if best else nearest


def meaning(kind: str, word: str) -> str | None:
    """What a word of a cell means (`data/valuation/trade_words.csv`), "" for a plain member, None when unknown."""
    return _words().get((kind, fold(word)))


def country_code(text: str) -> str:
    """ISO 3166-1 alpha-2 of a country as files write it (code, number or name), else the text as it is."""
    bare = text.strip().lstrip("0") if text.strip().isdigit() else text.strip()
    return _countries().get(fold(bare), bare)


def _read(sheet: Sheet, row: int, name: str) -> Shape:
    columns: dict[str, tuple[int, int, str]] = {}
    values: list[ValueColumn] = []
    for column in range(1, len(sheet.rows[row - 1]) + 1):
        text = cell_text(sheet.at(row, column)).strip()
        bare, year = fold(text), None
        match = _WITH_YEAR.fullmatch(bare)
        if match and name == "national":
            bare, year = match[1] or "", int(match[2])
        heading = _headings().get((name, bare))
        if heading and heading.field == "value":
            values.append(ValueColumn(column, text, heading.currency, heading.factor, year))
        elif heading and year is None and heading.place < columns.get(heading.field, (10**6, 0, ""))[0]:
            columns[heading.field] = (heading.place, column, text)
    by_year = [one for one in values if one.year is not None]
    return Shape(
        name,
        row,
        {field: column for field, (_, column, _) in columns.items()},
        {field: text for field, (_, _, text) in columns.items()},
        tuple(by_year or values[:1]),
    )


@lru_cache(maxsize=1)
def _headings() -> Mapping[tuple[str, str], _Heading]:
    found: dict[tuple[str, str], _Heading] = {}
    for line, row in enumerate(data.rows(HEADINGS), start=1):
        if row["shape"] not in REQUIRED or not fold(row["heading"]):
            fault(HEADINGS, line, f"unknown shape {row['shape']!r} or a blank heading")
        if (row["field"] == "value") != bool(row["currency"]):
            fault(HEADINGS, line, "a value, and only a value, has a currency and a factor")
        factor = number(row, "factor", HEADINGS, line) if row["field"] == "value" else 1.0
        key = (row["shape"], fold(row["heading"]))
        if key in found or factor <= 0:
            fault(HEADINGS, line, f"heading {row['heading']!r} stands twice, or its factor is not above 0")
        found[key] = _Heading(row["shape"], row["field"], row["currency"], factor, line)
    return found


@lru_cache(maxsize=1)
def _words() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for line, row in enumerate(data.rows(WORDS), start=1):
        if row["kind"] not in _KINDS:
            fault(WORDS, line, f"unknown kind {row['kind']!r}, not one of {', '.join(_KINDS)}")
        if row["kind"] == "flow" and row["meaning"] not in ("import", "export", "left_out"):
            fault(WORDS, line, f"a flow is import, export or left_out, not {row['meaning']!r}")
        found[row["kind"], fold(row["word"])] = row["meaning"]
    return found


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    found = {fold(name): row["code"] for row in data.rows("countries.csv") for name in row["names"].split(";")}
    for row in data.rows(COUNTRIES):
        found |= {fold(text): row["code"] for text in (row["code"], row["alpha3"], *row["numbers"].split(";"))}
    return found
