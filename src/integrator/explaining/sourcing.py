"""Where the numbers of a row come from: the inputs of figures, cells of needs, lines of bills, shipped coefficients."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from integrator.explaining.traced import Interval, TracedInput
from integrator.valuation.axes import axis_weights
from integrator.valuation.figures import Given, Range
from integrator.valuation.occupations import headcount_split

if TYPE_CHECKING:
    import pandas as pd

    from integrator.pipeline import Run

Row = Mapping[str, Any]


def interval(ends: Sequence[Any]) -> Interval | None:
    """One number, two ends, or low, point and high; None when nothing is known."""
    numbers = [_known(one) for one in ends]
    if len(numbers) == 1:
        numbers *= 3
    low, point, high = numbers if len(numbers) == 3 else (numbers[0], None, numbers[1])
    if low is None or high is None:
        return None
    exact = low if low == high else None
    return Interval(_finite(low), point if point is not None else exact, _finite(high))


class Sources:
    """The inputs behind the rows of one need, or of the portfolio."""

    def __init__(self, run: Run, need_id: str) -> None:
        self.need_id = need_id
        self.language = run.config.output.lang
        self._tables = run.tables
        self._stated_weights = run.config.valuation.weights

    def inputs(self, table: str, row: Row, references: Iterable[str]) -> tuple[TracedInput, ...]:
        """What a row rests on, each input once."""
        if table == "values":
            return tuple(self._of_figure(str(row["need_id"]), str(row["figure"])))
        named = dict.fromkeys(reference.format_map(row) for reference in references)
        found = (one for reference in named if _holds(reference, table, row) for one in self._of(reference, table, row))
        return tuple(dict.fromkeys(found))

    def _of(self, reference: str, table: str, row: Row) -> Iterator[TracedInput]:
        word, _, name = reference.partition(" ")
        if word == "figure":
            yield from self._of_figure(self.need_id, name)
        elif word == "field":
            yield from self._of_field(name)
        elif word == "member":
            yield from self._volume_of(str(row["member_id"]), name)
        elif word == "bill":
            yield from self._of_bill(table, row)
        elif word == "weights":
            yield from self._weights()
        elif word == "split":
            given = next(one for level, one in headcount_split().items() if level == row["level"])
            yield _traced(given)

    def _of_figure(self, need_id: str, figure: str) -> Iterator[TracedInput]:
        for row in self._value_inputs.get((need_id, figure), ()):
            yield self._of_row(row)

    def _of_row(self, row: Row) -> TracedInput:
        value = interval([row["low"], row["point"], row["high"]])
        unit, kind, source, date, cell = (str(row[name]) for name in ("unit", "kind", "source", "date", "cell"))
        is_verified = row["verified"] != "no"
        name = str(row["input"])
        return TracedInput(name, self.label(name), value, unit, kind, source, date, cell, is_verified)

    def _of_field(self, field: str) -> Iterator[TracedInput]:
        """The value in use of a field of the need, in its cell."""
        for row in self._facts.get((self.need_id, field), ()):
            yield TracedInput(
                field, self.label(field), interval([row["low"], None, row["high"]]), str(row["unit"]), "stated",
                str(row["source_url"] or row["source_title"]), str(row["source_date"]), _cell(row), True,
                str(row["raw"] or row["value"]),
            )  # fmt: skip

    def _volume_of(self, need_id: str, name: str) -> Iterator[TracedInput]:
        """The volume of another need: an input of one of its figures, else its cell."""
        rows = [row for (need, _), of in self._value_inputs.items() if need == need_id for row in of]
        for row in rows:
            if row["input"] == name:
                yield self._of_row(row)
                return

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
        for axis, shipped in axis_weights().items():
            weight = self._stated_weights.get(axis, shipped)
            is_stated = axis in self._stated_weights
            yield TracedInput(
                f"weight of {axis}", f"weight of {axis}", interval([weight]), "",
                "stated" if is_stated else "assumption", "[valuation] weights" if is_stated else "axis_weights.csv", "",
                "", is_stated,
            )  # fmt: skip

    def label(self, name: str) -> str:
        """The input in the reader's words: the component of a need, else its name."""
        return self._components.get(name, name)

    @cached_property
    def _components(self) -> dict[str, str]:
        needs = self._tables["needs"]
        return dict(zip(needs["need_id"].astype(str), needs["component"].astype(str), strict=True))

    @cached_property
    def _value_inputs(self) -> dict[tuple[str, str], list[Row]]:
        return _grouped(self._tables["value_inputs"], "need_id", "figure")

    @cached_property
    def _facts(self) -> dict[tuple[str, str], list[Row]]:
        facts = self._tables["facts"]
        own = facts[(facts["entity"] == "need") & (facts["entity_id"] == self.need_id) & (facts["part"] == 1)]
        return _grouped(own, "entity_id", "field")


def _holds(reference: str, table: str, row: Row) -> bool:
    """Whether a row rests on it: rates of a part come from the need, those of vehicles from the bill alone."""
    return table != "rates" or (row["scope"] == "part") != reference.startswith("bill")


def _grouped(frame: pd.DataFrame, first: str, second: str) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in frame.to_dict("records"):
        found.setdefault((str(row[first]), str(row[second])), []).append({str(key): one for key, one in row.items()})
    return found


def _traced(given: Given) -> TracedInput:
    return TracedInput(
        given.name, given.name, _of_range(given.value), given.unit, given.kind, given.source, given.date, given.cell,
        given.is_verified,
    )  # fmt: skip


def _of_range(value: Range) -> Interval:
    return Interval(_finite(value.low), value.point, _finite(value.high))


def _cell(row: Row) -> str:
    return f"{row['file']} [{row['sheet']}] {row['cell']}" if row["sheet"] else f"{row['file']} {row['cell']}"


def _known(value: Any) -> float | None:
    """A cell of a table as a number; None when it is blank."""
    text = str(value)
    return None if text in ("", "nan", "<NA>", "None") else float(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
