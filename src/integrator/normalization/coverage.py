"""How much of what is written is understood: lines by the step that found a concept, by field and by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from integrator import tables
from integrator.normalization.saying import SaidLine
from integrator.taxonomy.steps import steps
from integrator.text.scripts import shown_language

if TYPE_CHECKING:
    import pandas as pd

NONE = "none"
LACKS = ("component", "process")
"""Kinds whose absence from a line that should name a part is counted beside the steps."""
ALL = "all"
_COMMON = {"fr", "en"}


def step(line: SaidLine) -> str:
    """The surest step that found a concept in a line, the first by `linking/steps.csv`, or `none`."""
    found = {link.step for link in line.links}
    return next((name for name in steps() if name in found), NONE)


def languages(lines: Sequence[SaidLine]) -> list[str]:
    """The language of every line, for the report only: matching never asks it.

    Arabic letters; else the language that the field itself has; else the one language of the words found, French and
    English before others; else the language most lines of the same sheet have by this; else `unknown`.
    """
    once = {line.wording: line for line in lines}
    by_wording = {wording: _told(line) for wording, line in once.items()}
    told = [by_wording[line.wording] for line in lines]
    places = [line.cell[:2] for line in lines]
    sheets: dict[tuple[str, str], Counter[str]] = {}
    for place, language in zip(places, told, strict=True):
        if language and language != "ar":
            sheets.setdefault(place, Counter())[language] += 1
    usual = {sheet: _most(counts) for sheet, counts in sheets.items()}
    return [language or usual.get(place, "") or "unknown" for place, language in zip(places, told, strict=True)]


def _told(line: SaidLine) -> str:
    shown = shown_language(line.text, line.field.name)
    if shown:
        return shown
    named = [set(link.languages) for link in line.links if link.languages]
    shared = set.intersection(*named) if named else set()
    shared = shared & _COMMON or shared
    return min(shared) if len(shared) == 1 else ""


def _most(counts: Mapping[str, int]) -> str:
    """The most frequent one; "" when two are."""
    top = max(counts.values())
    first = [name for name, count in counts.items() if count == top]
    return first[0] if len(first) == 1 else ""


def coverage_table(lines: Sequence[SaidLine]) -> pd.DataFrame:
    """`tables.COVERAGE`: lines by side, field, language and step, and the same over all fields or languages (`all`).

    The steps of one side, field and language add up to its lines. `no_component` and `no_process` do not belong to that
    sum: they count the lines of fields that should name a part (`products`, `component`) in which no such concept was
    found.
    """
    counts: Counter[tuple[str, str, str, str]] = Counter()
    totals: Counter[tuple[str, str, str]] = Counter()
    once = {line.wording: line for line in lines}
    said = Counter(zip((line.wording for line in lines), languages(lines), strict=True))
    for (wording, language), number in said.items():
        line = once[wording]
        codes = [step(line)]
        if line.field.of_parts:
            codes += [f"no_{role}" for role in LACKS if role not in line.roles]
        for field in (line.field.name, ALL):
            for tongue in (language, ALL):
                totals[line.side, field, tongue] += number
                for code in codes:
                    if code == codes[0] or field != ALL:
                        counts[line.side, field, tongue, code] += number
    return tables.frame(
        tables.COVERAGE,
        [
            {"side": side, "field": field, "language": language, "step": code, "lines": number,
             "share": number / totals[side, field, language]}
            for (side, field, language, code), number in counts.items()
        ],
    )  # fmt: skip


def need_languages(lines: Sequence[SaidLine]) -> dict[str, str]:
    """The language of each need's name (its first one when it has several), by need id."""
    found: dict[str, str] = {}
    own = [line for line in lines if line.side == "need"]
    for line, language in zip(own, languages(own), strict=True):
        if line.field.of_parts:
            found.setdefault(line.entity, language)
    return found


def linked(coverage: pd.DataFrame, side: str) -> tuple[int, int]:
    """Lines of one side with a concept, and all its lines."""
    whole = coverage[(coverage["side"] == side) & (coverage["field"] == ALL) & (coverage["language"] == ALL)]
    return int(whole.loc[whole["step"] != NONE, "lines"].sum()), int(whole["lines"].sum())
