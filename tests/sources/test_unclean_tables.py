"""Sheets that are no clean tables: what is read, set aside, refused and said. All content is made up."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.data import read
from integrator.errors import InputRefused
from integrator.records import EntityKind, ReadResult
from integrator.sources import read_inputs

CASES = Path(__file__).with_name("unclean_tables.csv")
MADE_ID = re.compile(r"[SB]-[0-9a-f]{8}")
Rows = Sequence[Sequence[str | float | None]]


def _cases() -> Iterator[object]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        for case in read(stream, CASES.name):
            yield pytest.param(case, id=f"{case['row']} {case['name']}")


def _value(text: str) -> str | float | None:
    plain = text.replace("\\n", "\n").replace("\\u00a0", "\u00a0")
    if plain.startswith("'"):
        return plain[1:]
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else plain or None


def _cells(text: str) -> Rows:
    return [[_value(cell) for cell in row.split("|")] for row in text.split("¶")]


def _workbook(path: Path, rows: Rows, merges: str = "") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, value in enumerate(row, start=1):
            if value is not None:
                book.active.cell(r, c, value)
    for merged in merges.split():
        book.active.merge_cells(merged)
    book.save(path)
    return book


def _records(result: ReadResult) -> list[str]:
    lines = []
    for record in sorted(result.records, key=lambda record: record.ref.row):
        shown = [f"{field}={text}" for field, text in record.values.items() if not MADE_ID.fullmatch(text)]
        lines.append("|".join([str(record.ref.row), *sorted(shown), *(f"+{h}={t}" for h, t in record.extras.items())]))
    return sorted(lines)


def _expected_records(text: str) -> list[str]:
    lines = []
    for line in re.split(r" / (?=\d+\|)", text) if text else []:
        row, *parts = line.strip().split("|")
        fields = sorted(part for part in parts if not part.startswith("+"))
        lines.append("|".join([row, *fields, *(part for part in parts if part.startswith("+"))]))
    return sorted(lines)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_sheet_that_is_no_clean_table(tmp_path: Path, case: dict[str, str]) -> None:
    _workbook(tmp_path / "a.xlsx", _cells(case["sheet"]), case["merges"])
    kind: EntityKind = case["kind"]  # type: ignore[assignment]
    if case["refused"]:
        with pytest.raises(InputRefused) as error:
            read_inputs(["a.xlsx"], kind, tmp_path)
        assert {problem.code for problem in error.value.problems} == {case["refused"]}
        messages = str(error.value)
    else:
        result = read_inputs(["a.xlsx"], kind, tmp_path)
        assert _records(result) == _expected_records(case["records"])
        aside = sorted((p.row, p.code) for p in result.problems if p.severity == "set_aside")
        assert " / ".join(f"{row} {code}" for row, code in aside) == case["set_aside"]
        (count,) = result.counts
        assert count.header_row == int(case["header"])
        assert (count.rows, count.set_aside) == (count.used + count.set_aside, len({row for row, _ in aside}))
        messages = "\n".join(f"{problem} {problem.raw}" for problem in result.problems)
    for said in case["said"].split(" / "):
        assert said in messages


@pytest.mark.parametrize(
    ("include_hidden", "names", "notes"),
    [(False, {"Alpha"}, {"Cachée", "Très cachée"}), (True, {"Alpha", "Beta", "Gamma"}, set())],
    ids=["B4 hidden sheets are listed, not read", "B4 hidden sheets are read on request"],
)
def test_hidden_sheets(tmp_path: Path, include_hidden: bool, names: set[str], notes: set[str]) -> None:
    book = _workbook(tmp_path / "a.xlsx", [["Société", "Ville"], ["Alpha", "Fès"]])
    for title, state, name in (("Cachée", "hidden", "Beta"), ("Très cachée", "veryHidden", "Gamma")):
        sheet = book.create_sheet(title)
        sheet.append(["Société", "Ville"])
        sheet.append([name, "Rabat"])
        sheet.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    result = read_inputs(["a.xlsx"], "supplier", tmp_path, include_hidden=include_hidden)
    assert {record.get("name") for record in result.records} == names
    assert {problem.sheet for problem in result.problems if problem.code == "hidden_sheet"} == notes


def test_b04_hidden_rows_and_columns_are_read_with_a_warning(tmp_path: Path) -> None:
    book = _workbook(tmp_path / "a.xlsx", [["Société", "Ville"], ["Alpha", "Fès"], ["Beta", "Rabat"]])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "a.xlsx")
    result = read_inputs(["a.xlsx"], "supplier", tmp_path)
    assert sorted(record.get("city") for record in result.records) == ["Fès", "Rabat"]
    warnings = [(p.code, p.row, p.message) for p in result.problems if p.severity == "warning"]
    assert warnings == [
        ("hidden_columns", 0, "hidden columns are read like the others: B"),
        ("hidden_rows", 3, "1 hidden rows are read like the others (first: row 3)"),
    ]


def test_b4_a_workbook_with_only_a_hidden_table_is_refused(tmp_path: Path) -> None:
    book = _workbook(tmp_path / "a.xlsx", [["Société", "Ville"], ["Alpha", "Fès"]])
    book.create_sheet("Lisez-moi")
    book.active.sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputRefused, match="hidden sheet, not read"):
        read_inputs(["a.xlsx"], "supplier", tmp_path)


def test_b8_the_refusals_of_all_files_come_together(tmp_path: Path) -> None:
    _workbook(tmp_path / "1 good.xlsx", [["Société", "Ville"], ["Alpha", "Fès"]])
    _workbook(tmp_path / "2 missing.xlsx", [["Ville", "Produits", "Zone"], ["Fès", "vis", "A"]])
    _workbook(tmp_path / "3 twice.xlsx", [["Société", "Fournisseur", "Ville"], ["Alpha", "A", "Fès"]])
    (tmp_path / "4 empty.csv").write_bytes(b"")
    (tmp_path / "5 cut.xlsx").write_bytes((tmp_path / "1 good.xlsx").read_bytes()[:500])
    with pytest.raises(InputRefused) as error:
        read_inputs(["."], "supplier", tmp_path)
    refusals = {(problem.file[0], problem.code) for problem in error.value.problems}
    assert {("2", "missing_column"), ("3", "two_columns")} <= refusals
    assert {file for file, _ in refusals} == {"2", "3", "4", "5"}
    assert all(problem.severity == "refused" and problem.action for problem in error.value.problems)


def test_b8_both_faults_of_one_sheet_are_said(tmp_path: Path) -> None:
    _workbook(tmp_path / "a.xlsx", [["Ville", "Commune", "Produits", "Zone"], ["Fès", "Fès", "vis", "A"]])
    with pytest.raises(InputRefused) as error:
        read_inputs(["a.xlsx"], "supplier", tmp_path)
    assert [problem.code for problem in error.value.problems] == ["missing_column", "two_columns"]


def test_b12_one_id_in_two_files_with_other_content_sets_both_aside(tmp_path: Path) -> None:
    _workbook(tmp_path / "a.xlsx", [["Code", "Société"], ["S1", "Alpha"], ["S2", "Beta"]])
    _workbook(tmp_path / "b.xlsx", [["Code", "Société"], ["S1", "Gamma"]])
    result = read_inputs(["."], "supplier", tmp_path)
    assert [record.get("name") for record in result.records] == ["Beta"]
    assert sorted((p.file, p.row, p.code) for p in result.problems) == [
        ("a.xlsx", 2, "same_id"),
        ("b.xlsx", 2, "same_id"),
    ]
    assert [(c.rows, c.used, c.set_aside) for c in result.counts] == [(2, 1, 1), (1, 0, 1)]


WORDS = st.sampled_from(["Alpha", "Beta", "Gamma SA", "Élan", "شركة", "vis", "forge", "Fès", "12", ""])


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_row_order_changes_neither_records_nor_made_ids(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(st.integers(1, 9).map(lambda i: f"Usine {i}"), WORDS, WORDS), max_size=12))
    turned = data.draw(st.permutations(rows))
    folder = tmp_path_factory.mktemp("order")
    found = []
    for name, table in (("a", rows), ("b", turned)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([("Société", "Produits", "Ville"), *table])
        result = read_inputs([f"{name}.csv"], "supplier", folder)
        found.append([sorted(record.values.items()) for record in result.records])
    assert found[0] == found[1]
    assert len(found[0]) == len({tuple(text.casefold() for text in row) for row in rows})
