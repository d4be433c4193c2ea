"""Figures as rows of the tables `values` and `value_inputs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from integrator import tables
from integrator.valuation.figures import Figure, Range
from integrator.valuation.stated import ByName, Stated

Row = dict[str, Any]


def ends(value: Range | None, low: str = "low", point: str = "point", high: str = "high") -> Row:
    """A range as three columns; an open end stays infinite, an unknown value is blank."""
    if value is None:
        return {low: None, point: None, high: None}
    return {low: value.low, point: value.point, high: value.high}


def flag(answer: bool | None) -> str:
    """yes, no, or "" when it is not known."""
    return "" if answer is None else "yes" if answer else "no"


def status(figure: Figure) -> str:
    """`missing`, `estimated` or `known`; see `tables.VALUES`."""
    if figure.value is None:
        return "missing"
    return "estimated" if figure.is_marked else "known"


def stated_rows(stated: Stated) -> Iterator[Row]:
    """Rows of `tables.STATED`."""
    places: list[tuple[str, str, ByName]] = [("", "", stated.of_job)]
    places += [(need_id, "", of) for need_id, of in stated.of_needs.items()]
    places += [("", supplier_id, of) for supplier_id, of in stated.of_suppliers.items()]
    places += [(need_id, supplier_id, of) for (need_id, supplier_id), of in stated.of_pairs.items()]
    for need_id, supplier_id, of in places:
        for name, one in of.items():
            yield {
                "need_id": need_id, "supplier_id": supplier_id, "input": name, **ends(one.value), "unit": one.unit,
                "source": one.source, "date": one.date, "cell": one.cell,
            }  # fmt: skip


def values_tables(figures: Mapping[str, Iterable[Figure]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`tables.VALUES` and `tables.VALUE_INPUTS` of figures by need id. Raises `TableError` when a name stands twice."""
    rows, inputs = _Columns(tables.VALUES), _Columns(tables.VALUE_INPUTS)
    for need_id, found in figures.items():
        for figure in found:
            key = {"need_id": need_id, "figure": figure.name}
            rest = {"unit": figure.unit, "missing": "; ".join(figure.missing), "note": figure.note}
            rows.add({**key, **ends(figure.value), "status": status(figure), **rest})
            for place, one in enumerate(figure.inputs, start=1):
                told = {"unit": one.unit, "kind": one.kind, "source": one.source, "date": one.date, "cell": one.cell}
                verified = flag(one.is_verified)
                inputs.add({**key, "place": place, "input": one.name, **ends(one.value), **told, "verified": verified})
    return rows.table(), inputs.table()


class _Columns:
    """The rows of a table, put down by column: hundreds of thousands of mappings at once take much more."""

    def __init__(self, of: tables.Table) -> None:
        self._of = of
        self._columns: dict[str, list[Any]] = {name: [] for name in of.names}

    def add(self, row: Row) -> None:
        for name, values in self._columns.items():
            values.append(row[name])

    def table(self) -> pd.DataFrame:
        return tables.frame(self._of, self._columns)
