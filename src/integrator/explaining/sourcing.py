"""Where the numbers of a row come from: inputs of figures, stated inputs, cells, lines of bills, coefficients."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from integrator.explaining.traced import Interval, TracedInput
from integrator.project_sheets.valued.names import names
from integrator.taxonomy import load
from integrator.valuation.assessing.context import Row, asked_concepts
from integrator.valuation.assessing.process_offers import process_named
from integrator.valuation.axes import axis_weights
from integrator.valuation.occupations import headcount_split
from integrator.valuation.trades import occupations_at

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run
    from integrator.taxonomy import Taxonomy
    from integrator.valuation.figures import Given

ALSO = {"revenue": "gross_import_replaced"}
"""Derived inputs that are a figure under another name."""


def interval(ends: Sequence[Any]) -> Interval | None:
    """One number, two ends, or low, point and high; None when nothing is known."""
    numbers = [_known(one) for one in ends]
    if len(numbers) == 1:
        numbers *= 3
    low, point, high = numbers if len(numbers) == 3 else (numbers[0], None, numbers[1])
    if low is None or high is None:
        return None
    if point is None and low == high:
        point = low
    is_out_of_reach = point == math.inf
    return Interval(_finite(low), None if is_out_of_reach else point, _finite(high), is_out_of_reach)


class Sources:
    """The inputs behind the rows of one need, or of the portfolio."""

    def __init__(self, run: Run, need_id: str) -> None:
        self.need_id = need_id
        self.language = run.config.output.lang
        self._run, self._tables = run, run.tables

    def inputs(self, table: str, row: Row, references: Iterable[str]) -> tuple[TracedInput, ...]:
        """What a row rests on, each input once; `references` as in `data/valuation/columns.csv`."""
        if table == "values":
            return tuple(dict.fromkeys(self._of_figure(str(row["need_id"]), str(row["figure"]))))
        named = dict.fromkeys(reference.format_map(row) for reference in references)
        found = (one for reference in named if _holds(reference, table, row) for one in self._of(reference, table, row))
        return tuple(dict.fromkeys(found))

    def _of(self, reference: str, table: str, row: Row) -> Iterable[TracedInput]:
        word, _, name = reference.partition(" ")
        if word == "figure":
            return self._of_figure(self.need_id or str(row.get("need_id", "")), name)
        if word == "field":
            return self._of_field("need", self.need_id, name)
        if word == "supplier":
            return self._of_field("supplier", str(row["supplier_id"]), name)
        if word == "stated":
            return self._of_stated(row, name)
        if word == "member":
            return self._volume_of(str(row["member_id"]), name)
        if word == "bill":
            return self._of_bill(table, row)
        if word == "weights":
            return self._weights()
        if word == "split":
            return self._split(str(row["level"]))
        return self._trade(str(row["level"]), str(row["isco08"])) if word == "trade" else ()

    def _of_figure(self, need_id: str, figure: str) -> Iterator[TracedInput]:
        """The inputs of a figure, and those of the figures among them."""
        for row in self._value_inputs.get((need_id, figure), ()):
            yield self._of_row(row, str(row["input"]), str(row["kind"]), row["verified"] != "no")
            inner = ALSO.get(str(row["input"]), str(row["input"]))
            if row["kind"] != "stated" and inner != figure:
                yield from self._of_figure(need_id, inner)

    def _of_row(self, row: Row, name: str, kind: str, is_verified: bool) -> TracedInput:
        value = interval([row["low"], row["point"], row["high"]])
        unit, source, date, cell = (str(row[column]) for column in ("unit", "source", "date", "cell"))
        return TracedInput(name, self.label(name), value, unit, kind, source, date, cell, is_verified)

    def _of_stated(self, row: Row, name: str) -> Iterator[TracedInput]:
        """What is stated of the pair, else of the supplier, the need, the job; of a process only for that one."""
        need, supplier = str(row.get("need_id", self.need_id)), str(row.get("supplier_id", ""))
        for key in ((need, supplier), ("", supplier), (need, ""), ("", "")):
            found = [one for one in self._stated.get(key, ()) if self._is_meant(str(one["input"]), name, row)]
            if found:
                yield from (self._of_row(one, str(one["input"]), "stated", True) for one in found)
                return

    def _is_meant(self, said: str, name: str, row: Row) -> bool:
        """Whether a stated input is the one looked for; `NAME[TEXT]` when the text names the process of the row."""
        head, bracket, text = said.rstrip("]").partition("[")
        if head != name or not bracket:
            return said == name
        process = process_named(text, self._lexicon)
        return str(row["process"]) in (process, *self._wider(process))

    def _wider(self, process: str) -> tuple[str, ...]:
        return tuple(self._lexicon.ancestors(process)) if process in self._lexicon.concepts else ()

    def _of_field(self, entity: str, entity_id: str, field: str) -> Iterator[TracedInput]:
        """The values in use of a field of a need or supplier, in their cells."""
        for row in self._facts.get((entity, entity_id, field), ()):
            unit = "/".join(filter(None, (str(row["unit"]), str(row["period"]))))
            yield TracedInput(
                field, self.label(field), interval([row["low"], None, row["high"]]), unit, "stated",
                str(row["source_url"] or row["source_title"]), str(row["source_date"]), _cell(row), True,
                str(row["raw"] or row["value"]),
            )  # fmt: skip

    def _volume_of(self, need_id: str, name: str) -> Iterator[TracedInput]:
        """An input of another need: of one of its figures, else the cell of its volume."""
        rows = (row for (need, _), of in self._value_inputs.items() if need == need_id for row in of)
        found = next((row for row in rows if row["input"] == name), None)
        if found is None:
            yield from self._of_field("need", need_id, "annual_volume")
        else:
            yield self._of_row(found, name, str(found["kind"]), found["verified"] != "no")

    def _of_bill(self, table: str, row: Row) -> Iterator[TracedInput]:
        """The prices of the lines that a row looks at: one line, a vehicle's, or those of all vehicles."""
        lines = self._tables["bill_lines"]
        if table == "bill_lines":
            lines = lines[
                (lines[["vehicle", "kind", "line"]] == [row["vehicle"], row["kind"], row["line"]]).all(axis=1)
            ]
        elif table == "upstream":
            lines = lines[(lines["vehicle"] == row["need_id"]) & (lines["line"] == row["name"])]
        elif row.get("scope") == "portfolio":
            lines = lines[lines["currency"] == row["of"]]
        else:
            lines = lines[lines["vehicle"] == row["of"]]
        for line in lines.to_dict("records"):
            name, value = (
                str(line["line"] or line["kind"]),
                interval([line["price_low"], line["price"], line["price_high"]]),
            )
            source = str(line["cell"]).split(" [")[0]
            yield TracedInput(name, name, value, str(line["currency"]), "stated", source, "", str(line["cell"]), True)

    def _weights(self) -> Iterator[TracedInput]:
        """Weights of the axes: those of the job are stated, the shipped ones an assumption."""
        stated = self._run.config.valuation.weights
        for axis, shipped in axis_weights().items():
            is_stated = axis in stated
            kind, source = ("stated", "[valuation] weights") if is_stated else ("assumption", "axis_weights.csv")
            value = interval([stated.get(axis, shipped)])
            yield TracedInput(f"weight of {axis}", f"weight of {axis}", value, "", kind, source, "", "", is_stated)

    def _split(self, level: str) -> Iterator[TracedInput]:
        """The share of a level in a headcount."""
        yield _of_given(headcount_split()[level])  # type: ignore[index]

    def _trade(self, level: str, code: str) -> Iterator[TracedInput]:
        """The shares of a trade in its level, by family; they count only where assumptions are switched on."""
        if self._run.config.valuation.assumptions:
            concepts = dict.fromkeys(concept for _, concept in self._concepts.get(self.need_id, ()))
            for one in occupations_at(level, tuple(concepts), self._lexicon).get(code, ()):  # type: ignore[arg-type]
                yield _of_given(one.share.given(f"share_of_{code}[{one.family}]"))

    def label(self, name: str) -> str:
        """The input in the reader's words: the component of a need, else its name in the language of the run."""
        return self._components.get(name) or names(self.language).input(name)

    @cached_property
    def _components(self) -> dict[str, str]:
        needs = self._tables["needs"]
        return dict(zip(needs["need_id"].astype(str), needs["component"].astype(str), strict=True))

    @cached_property
    def suppliers(self) -> Mapping[str, str]:
        """Names of the suppliers by id."""
        suppliers = self._tables["suppliers"]
        return dict(zip(suppliers["supplier_id"].astype(str), suppliers["name"].astype(str), strict=True))

    @cached_property
    def _value_inputs(self) -> dict[tuple[str, ...], list[Row]]:
        return _grouped(self._tables["value_inputs"], "need_id", "figure")

    @cached_property
    def _stated(self) -> dict[tuple[str, ...], list[Row]]:
        return _grouped(self._tables["stated"], "need_id", "supplier_id")

    @cached_property
    def _facts(self) -> dict[tuple[str, ...], list[Row]]:
        facts = self._tables["facts"]
        used = facts[(facts["chosen"] == "yes") & (facts["part"] == 1)]
        return _grouped(used, "entity", "entity_id", "field")

    @cached_property
    def _concepts(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        requirements = self._tables["requirements"]
        parts = requirements[requirements["role"].isin(["component", "process"])]
        return asked_concepts(parts)

    @cached_property
    def _lexicon(self) -> Taxonomy:
        return load(self._run.config.terms)


def _holds(reference: str, table: str, row: Row) -> bool:
    """Whether a row rests on it: rates of a part come from the need, those of vehicles from the bill alone."""
    return table != "rates" or (row["scope"] == "part") != reference.startswith("bill")


def _grouped(frame: pd.DataFrame, *columns: str) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in frame.to_dict("records"):
        key = tuple(str(row[column]) for column in columns)
        found.setdefault(key, []).append({str(name): one for name, one in row.items()})
    return found


def _of_given(one: Given) -> TracedInput:
    value = interval([one.value.low, one.value.point, one.value.high])
    return TracedInput(one.name, one.name, value, one.unit, one.kind, one.source, one.date, one.cell, one.is_verified)


def _cell(row: Row) -> str:
    return f"{row['file']} [{row['sheet']}] {row['cell']}" if row["sheet"] else f"{row['file']} {row['cell']}"


def _known(value: Any) -> float | None:
    """A cell of a table as a number; None when it is blank."""
    text = str(value)
    return None if text in ("", "nan", "<NA>", "None") else float(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
