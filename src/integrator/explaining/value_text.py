"""An explained value as text for a terminal, and as plain data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from integrator.explaining.text import one_line
from integrator.explaining.traced import Interval, TracedInput, TracedRow, ValueExplanation
from integrator.project_sheets.valued.amounts import unit_text
from integrator.project_sheets.valued.names import names
from integrator.wording import Wording, wording

DIGITS = 6
"""Significant digits shown; `--json` has all."""


def value_data(explanation: ValueExplanation) -> dict[str, Any]:
    """The parts as plain data; what is not known is None, and so is an end that lies open."""
    return dataclasses.asdict(explanation)


def value_text(explanation: ValueExplanation) -> str:
    """The whole explanation, in its language: tables with their numbers and formulas, then the inputs, each once."""
    words = wording(explanation.language)
    need = one_line(f"{explanation.need_id} {explanation.component}".strip())
    title = words("explain.value.title", need=need) if need else words("explain.value.portfolio")
    lines = [title, words("explain.value.legend")]
    places: dict[TracedInput, int] = {}
    for table, rows in groupby(explanation.rows, key=lambda row: row.table):
        lines += ["", words(f"explain.value.table.{table}")]
        said: set[tuple[str, str]] = set()
        for row in rows:
            lines += _row(row, said, places, words)
    if not explanation.rows:
        lines += ["", words("explain.value.none")]
    if places:
        lines += ["", words("explain.value.list")]
        lines += [f"  [{place}] {_input(one, words)}" for one, place in places.items()]
    return "\n".join(lines)


def amount_text(value: Interval | None, unit: str, words: Wording) -> str:
    """A value with its ends and unit, e.g. `36 % à 48 % (plutôt 40 %)`."""
    if value is None:
        return words("explain.value.not_known")
    never = words("worth.out_of_reach") if value.is_out_of_reach else ""
    if never and value.low is None:
        return never

    head, slash, per = unit.partition("/")
    is_part = head.startswith("of_")  # a share of the CIF price, of sales ...
    factor = 100 if is_part or head in ("share", "points") else 1
    low, point, high = (
        "" if one is None else _digits(one * factor, words) for one in (value.low, value.point, value.high)
    )
    if value.low is None or value.high is None:
        ends = words(f"explain.value.{'up_to' if value.low is None else 'from'}", low=low, high=high)
    else:
        ends = low if low == high else words("explain.value.between", low=low, high=high)
    said = f"{ends} {unit_text(unit, words)}".rstrip()
    if is_part:
        said = f"{words('explain.value.unit.share', number=ends)} {unit_text(unit, words)}"
    elif factor == 100:
        said = words(f"explain.value.unit.{head}", number=ends) + slash + words.known(f"worth.per.{per}", per)
    is_between = value.point is not None and low != high
    rather = never or (point if is_between else "")
    return f"{said} {words('explain.value.rather', point=rather)}" if rather else said


def _row(row: TracedRow, said: set[tuple[str, str]], places: dict[TracedInput, int], words: Wording) -> Iterator[str]:
    known = names(words.language)
    told = {**dict(row.key), **dict(row.facts)}
    template = words.known(f"explain.value.row.{row.table}")
    title = one_line(" ".join(template.format_map(_Blank(told)).split()).strip(",، "))
    if title:
        yield f"  {title}"
    shown = [one for one in row.numbers if one.value is not None or row.table in ("values", "rates")]
    for one in shown:
        mark = "≈ " if one.status == "estimated" and one.value is not None else ""
        yield f"    {one.label} ({one.name}) : {mark}{amount_text(one.value, one.unit, words)}"
    for (formula, source), alike in groupby(shown, key=lambda one: (one.formula, one.source)):
        labels = ", ".join(one.label for one in alike)
        if (labels, formula) not in said:
            said.add((labels, formula))
            start = f"{labels} = " if len(row.numbers) > 1 else ""
            yield f"      {words('explain.value.formula')} : {start}{formula}  <{source}>"
    if row.inputs:
        found = [places.setdefault(one, len(places) + 1) for one in row.inputs]
        said_inputs = ", ".join(f"[{place}] {one.name}" for place, one in zip(found, row.inputs, strict=True))
        yield f"      {words('explain.value.inputs')} : {_places(found) if ('', said_inputs) in said else said_inputs}"
        said.add(("", said_inputs))
    if row.missing:
        missing = words.joined(f"{known.input(name)} ({name})" for name in row.missing)
        yield f"      {words('explain.value.missing')} : {one_line(missing)}"
    for name, value in row.facts:
        if f"{{{name}}}" not in template:
            yield f"      {name} : {one_line(known.note(value) if name == 'note' else value)}"


def _places(found: list[int]) -> str:
    """Places of inputs that were named before, those in a row as `[2]-[5]`."""
    ends: list[list[int]] = []
    for place in sorted(found):
        if ends and place == ends[-1][1] + 1:
            ends[-1][1] = place
        else:
            ends.append([place, place])
    return ", ".join(f"[{first}]" if first == last else f"[{first}]-[{last}]" for first, last in ends)


def _input(one: TracedInput, words: Wording) -> str:
    name = one.name if one.label == one.name else f"{one.name}, {one.label}"
    value = f"« {one_line(one.raw)} »" if one.raw else amount_text(one.value, one.unit, words)
    kind = words.known(f"explain.value.{one.kind}", one.kind)
    parts = [f"{one_line(name)} = {value}", kind + ("" if one.is_verified else " (!)"), one_line(one.source), one.date]
    return ", ".join(filter(None, parts)) + (f"  <{one.cell}>" if one.cell else "")


def _digits(number: float, words: Wording) -> str:
    """A number with at most `DIGITS` significant digits and no trailing zeros."""
    if number == 0:
        return "0"
    whole = len(str(int(abs(number))))
    decimals = max(0, DIGITS - whole) if abs(number) >= 1 else DIGITS
    text = words.number(round(number, decimals), decimals)
    point = "." if words.language == "en" else ","
    return text.rstrip("0").rstrip(point) if point in text and decimals else text


class _Blank(dict[str, str]):
    """What a row does not say is left out of its title."""

    def __missing__(self, key: str) -> str:
        return ""
