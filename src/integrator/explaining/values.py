"""A run -> every number of one sheet, or of the portfolio, traced to inputs, formula and source."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from string import Formatter
from typing import TYPE_CHECKING, Any

from integrator import tables
from integrator.errors import UsageError
from integrator.explaining.sourcing import Sources, interval
from integrator.explaining.traced import Interval, TracedInput, TracedNumber, TracedRow, ValueExplanation
from integrator.valuation.assessing.totals import SUMMED
from integrator.valuation.described import LANGUAGES, Described, columns_described, figures_described
from integrator.valuation.rates import definitions

if TYPE_CHECKING:
    from integrator.pipeline import Run

PORTFOLIO = "portfolio"
"""Stands for all needs together where an id of a need is asked for."""
_OF_NEED = (
    "opportunities", "values", "rates", "origins", "sensitivities", "pools", "allocations", "covers", "teams",
    "upstream", "trades", "supports", "axes",
)  # fmt: skip
_OF_PORTFOLIO = ("values", "rates", "origins", "bill_lines", "multipliers", "capacities", "skills")
_SAID_APART = ("missing", "status", "unit", "currency")
_OF_VALUE = ("volume_basis", "value_status", "value_basis", "value_missing")
"""What an opportunity says of its value; the rest of its row is no part of a valuation."""


def explain_value(run: Run, need_id: str, only: Sequence[str] = ()) -> ValueExplanation:
    """Each number of the sheet of a need with inputs, formula and source, in the language of the run.

    `need_id` "portfolio" (when no need is called so) explains the sums over all needs, the vehicles and the capacities.
    `only` narrows it to figures (`net_domestic_value`) or tables (`rates`). Raises `UsageError` for a need, figure or
    table that the run does not have, naming the nearest one.
    """
    needs = run.tables["needs"]
    of_all = need_id == PORTFOLIO and need_id not in set(needs["need_id"])
    if not of_all:
        _check(need_id, needs["need_id"].astype(str).tolist(), "need has the id", "see tables/needs.csv")
    names = _OF_PORTFOLIO if of_all else _OF_NEED
    for name in only:
        _check(name, [*figures_described(), *names], "figure or table is called", "see docs/value-explain.md")
    sources = Sources(run, "" if of_all else need_id)
    rows = tuple(
        _traced(name, row, sources)
        for name in names
        for row in _rows(run, name, "" if of_all else need_id)
        if not only or name in only or row.get("figure") in only
    )
    component = "" if of_all else str(needs.set_index("need_id").at[need_id, "component"])
    return ValueExplanation("" if of_all else need_id, component, run.config.output.lang, rows)


def _rows(run: Run, table: str, need_id: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a table that are the need's, or, without one, the portfolio's."""
    frame = run.tables[table]
    if table == "values":
        order = {name: place for place, name in enumerate(figures_described())}
        frame = frame.sort_values("figure", key=lambda names: names.map(order), kind="stable")
    if "need_id" in frame.columns and table != "bill_lines":
        own = frame["need_id"] == need_id
        if table == "rates" and need_id:
            own |= (frame["scope"] == "part") & (frame["of"] == need_id)
        elif table == "rates":
            own &= frame["scope"] != "part"
        frame = frame[own]
    yield from ({str(key): value for key, value in row.items()} for row in frame.to_dict("records"))


def _traced(table: str, row: Mapping[str, Any], sources: Sources) -> TracedRow:
    described = _numbers_of(table, row)
    key = tuple(name for name in tables.ALL[table].key if not (name == "need_id" and sources.need_id))
    inputs = [sources.inputs(table, row, one.rests_on) for one in described]
    numbers = tuple(_number(one, row, of, sources) for one, of in zip(described, inputs, strict=True))
    states = {one.status for one in numbers}
    return TracedRow(
        table=table,
        key=tuple((name, str(row[name])) for name in key),
        status="estimated" if "estimated" in states else "known" if "known" in states else "missing",
        numbers=numbers,
        inputs=tuple(dict.fromkeys(chain.from_iterable(inputs))),
        missing=tuple(filter(None, str(row.get("missing", "")).split("; "))),
        facts=_facts(table, row, {*key, *_shown(described)}, sources),
    )


def _shown(described: Sequence[Described]) -> set[str]:
    """The columns that numbers and their units show."""
    units = {name for one in described for _, name, _, _ in Formatter().parse(one.unit) if name}
    return units | {name for one in described for name in one.columns}


def _status(row: Mapping[str, Any], value: Interval | None, inputs: Sequence[TracedInput]) -> str:
    """That of the row where it has one, else by its flags and what the number rests on."""
    if "status" in row:
        return str(row["status"])
    if value is None:
        return "missing"
    is_marked = row.get("estimated") == "yes" or row.get("verified") == "no" or bool(row.get("unverified"))
    is_estimated = is_marked or any(one.kind in ("default", "assumption") or not one.is_verified for one in inputs)
    return "estimated" if is_estimated else "known"


def _facts(table: str, row: Mapping[str, Any], shown: set[str], sources: Sources) -> tuple[tuple[str, str], ...]:
    """Everything else that a row says; of a rate its definition comes first."""
    language = sources.language
    other_titles = {f"title_{one}" for one in LANGUAGES if one != language}
    apart = {*_SAID_APART, *shown, *other_titles, "need_id"}
    columns = [name for name, _ in tables.ALL[table].columns if name not in apart]
    if table == "opportunities":
        columns = ["component", *_OF_VALUE]
    said = [(name, str(row[name])) for name in columns if str(row[name]) not in ("", "nan", "<NA>")]
    if "supplier_id" in row:
        said = [("supplier", sources.suppliers.get(str(row["supplier_id"]), "")), *said]
    return (*([("definition", definitions()[str(row["rate"])].names[language])] if table == "rates" else []), *said)


def _numbers_of(table: str, row: Mapping[str, Any]) -> tuple[Described, ...]:
    """What the numbers of a row are: of `values` the figure, elsewhere the columns."""
    if table != "values":
        return columns_described()[table]
    figure = figures_described()[str(row["figure"])]
    return (Described(("low", "point", "high"), figure.unit, figure.formula, figure.source, figure.names),)


def _number(one: Described, row: Mapping[str, Any], inputs: Sequence[TracedInput], sources: Sources) -> TracedNumber:
    formula, source = one.formula, one.source
    if formula == "{rate}":
        formula = definitions()[str(row["rate"])].formula
    elif "driver" in row and one.columns[0] == "low":
        moved = figures_described()[str(row["figure"])]
        formula, source = f"{formula}: {moved.formula}", moved.source
    elif row.get("need_id") == "" and row.get("figure") in SUMMED:
        formula = f"sum over the needs of: {formula}"
    is_figure = "status" in row and "figure" in row
    unit = str(row["unit"]) if is_figure else one.unit.format_map({name: str(value) for name, value in row.items()})
    value = interval([row[name] for name in one.columns])
    middle = one.columns[len(one.columns) // 2] if len(one.columns) != 2 else one.columns[0]
    return TracedNumber(
        name=str(row["figure"]) if is_figure else middle,
        label=one.names[sources.language],
        value=value,
        unit=unit,
        status=_status(row, value, inputs),
        formula=formula,
        source=source,
        rests_on=tuple(reference.format_map(row) for reference in one.rests_on),
    )


def _check(name: str, known: Sequence[str], what: str, where: str) -> None:
    """Raise `UsageError` with the nearest name when a name is not known."""
    if name in known:
        return
    near = difflib.get_close_matches(name.casefold(), [one.casefold() for one in known], n=1, cutoff=0)
    nearest = next((one for one in known if [one.casefold()] == near), "")
    raise UsageError(f"no {what} {name!r}: {where}" + (f"; did you mean {nearest}?" if nearest else "."))
