"""Headings of columns: the shipped synonyms, and what a reader makes of headings. All tables are made up."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data, tables
from integrator.records import EntityKind, ReadResult
from integrator.sources import read_inputs
from integrator.sources.headings import headings
from integrator.sources.words import LONGEST_MARKER
from integrator.text.fold import fold

KINDS: tuple[EntityKind, ...] = ("supplier", "need", "judgement", "bom", "value")
CASES = Path(__file__).with_name("heading_cases.csv")
ENOUGH = {"supplier": 12, "need": 12, "judgement": 12, "bom": 3, "value": 12}
FEWER: dict[str, int] = {}
"""Fields known to have fewer synonyms than that, as `kind.field`, and how many: none today."""


def _cases() -> Iterator[object]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        for case in data.read(stream, CASES.name):
            yield pytest.param(case, id=f"B6 B7 {case['kind']} {case['heading']}")


def _read_one_row(path: Path, kind: EntityKind, cells: dict[str, str]) -> ReadResult:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([cells.keys(), cells.values()])
    return read_inputs([path.name], kind, path.parent)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_heading_names_its_field_or_none(tmp_path: Path, case: dict[str, str]) -> None:
    kind: EntityKind = case["kind"]  # type: ignore[assignment]
    required = {name: f"the {name}" for name in tables.REQUIRED[kind] if name != case["field"]}
    result = _read_one_row(tmp_path / "a.csv", kind, {**required, case["heading"]: "the cell"})
    (record,) = result.records
    assert record.get(case["field"]) == ("the cell" if case["field"] else "")
    assert dict(record.extras) == ({} if case["field"] else {case["heading"]: "the cell"})
    assert [p.column for p in result.problems] == ([] if case["field"] else [case["heading"]])


def _synonyms(kind: EntityKind) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in data.rows(f"headings/{kind}s.csv"):
        found[row["field"]].append(row["heading"])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_heading_is_understood_in_a_file(tmp_path: Path, kind: EntityKind) -> None:
    """One file a line of synonyms: each field under its first heading, then each under its second, and so on."""
    synonyms = _synonyms(kind)
    for turn in zip_longest(*synonyms.values()):
        headings = {field: heading or field for field, heading in zip(synonyms, turn, strict=True)}
        result = _read_one_row(tmp_path / "a.csv", kind, {heading: f"the {f}" for f, heading in headings.items()})
        (record,) = result.records
        assert dict(record.values) == {field: f"the {field}" for field in synonyms}, turn
        assert result.problems == ()


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_names_two_fields(kind: EntityKind) -> None:
    meanings: dict[str, set[str]] = defaultdict(set)
    for field, synonyms in _synonyms(kind).items():
        for heading in [field, *synonyms]:
            meanings[fold(heading)].add(field)
    assert {heading: fields for heading, fields in meanings.items() if len(fields) > 1} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_enough_synonyms_of_three_languages(kind: EntityKind) -> None:
    rows = data.rows(f"headings/{kind}s.csv")
    numbers = Counter(row["field"] for row in rows)
    assert set(numbers) == set(tables.FIELDS[kind])
    few = {f"{kind}.{field}": number for field, number in numbers.items() if number < ENOUGH[kind]}
    assert few == {name: number for name, number in FEWER.items() if name.startswith(f"{kind}.")}
    assert {(field, row_lang) for field in numbers for row_lang in ("fr", "en", "ar")} == {
        (row["field"], row["lang"]) for row in rows
    }


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_stands_twice(kind: EntityKind) -> None:
    numbers = Counter(fold(row["heading"]) for row in data.rows(f"headings/{kind}s.csv"))
    assert [heading for heading, number in numbers.items() if number > 1] == []


def test_a_general_heading_is_taken_only_when_no_other_names_the_field(tmp_path):
    (tmp_path / "one.csv").write_text("Société;Activité;Ville\nAtelier (démo);emboutissage;Fès\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("Société;Activité;Produits\nForge (démo);métallurgie;vis\n", encoding="utf-8")
    one, two = (read_inputs([name], "supplier", tmp_path).records[0] for name in ("one.csv", "two.csv"))
    assert one.get("products") == "emboutissage"
    assert two.get("products") == "vis"
    assert two.extras == {"Activité": "métallurgie"}


@given(st.text(max_size=30) | st.sampled_from([row["heading"] for row in data.rows("headings/suppliers.csv")]))
def test_the_quick_look_at_a_text_refuses_no_heading(text: str) -> None:
    known = headings("supplier")
    assert known.may_be(text) or not known.field(text)


def test_no_marker_of_a_missing_value_is_longer_than_the_quick_look_takes() -> None:
    assert max(len(row["marker"]) for row in data.rows("reading/missing.csv")) <= LONGEST_MARKER
