"""Reading `data/` gives exactly the facts of `tests/facts`: nothing lost, nothing added. The data are public facts."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from integrator.records import EntityKind, ReadResult, Record
from integrator.sources import read_inputs

ROOT = Path(__file__).parents[2]
FOLDERS: dict[EntityKind, str] = {"supplier": "data/suppliers", "need": "data/needs", "judgement": "data/judgements"}
KINDS = list(FOLDERS)
RENAMED = {
    "actor_id": "supplier_id",
    "country_of_capital": "capital_country",
    "activity_status": "status",
    "processes_required": "processes",
    "certification_required": "certifications",
    "sop_or_horizon": "sop",
    "unit_price_or_annual_value": "price_or_value",
}
BUYERS_IN_COLUMNS = "data/needs/03_equipementiers_acheteurs_en_colonnes.xlsx"
ENCODINGS = {
    "data/suppliers/02_plasturgie_caoutchouc_textile.csv": ("cp1252", ";"),
    "data/judgements/revue_documentaire.csv": ("utf-8-sig", ";"),
}


@lru_cache(maxsize=3)
def _read(kind: EntityKind) -> ReadResult:
    return read_inputs([FOLDERS[kind]], kind, ROOT)


def _parts(text: str) -> list[str]:
    """A list cell as a list, any other text with its blanks made equal."""
    return [" ".join(part.split()) for part in re.split(r"[;\n]", text) if part.strip()]


def _facts(kind: EntityKind) -> list[dict[str, list[str]]]:
    with (ROOT / "tests/facts" / f"{kind}s.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [{RENAMED.get(field, field): _parts(text) for field, text in row.items() if text.strip()} for row in rows]


def _key(kind: EntityKind, values: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(values[name][0] for name in ("need_id", "supplier_id") if name in values)


@pytest.mark.parametrize(("kind", "number"), [("supplier", 221), ("need", 108), ("judgement", 2420)])
def test_every_fact_is_read_and_none_is_added(kind: EntityKind, number: int) -> None:
    records = _read(kind).records
    read = [{field: _parts(text) for field, text in record.values.items()} for record in records]
    expected = {_key(kind, values): values for values in _facts(kind)}
    assert len(records) == len(expected) == number
    found = {_key(kind, values): values for values in read}
    assert sorted(found) == sorted(expected)
    other = {key: (found[key], expected[key]) for key in expected if found[key] != expected[key]}
    assert other == {}
    assert not any(record.extras for record in records)


def _texts_of_xlsx(path: Path) -> dict[tuple[str, int, int], str]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _texts_of_csv(path: Path, shown_as: str) -> dict[tuple[str, int, int], str]:
    encoding, delimiter = ENCODINGS.get(shown_as, ("utf-8-sig", "\t" if path.suffix == ".tsv" else ","))
    rows = csv.reader(io.StringIO(path.read_bytes().decode(encoding), newline=""), delimiter=delimiter)
    return {("", r, c): text for r, row in enumerate(rows, start=1) for c, text in enumerate(row, start=1)}


def _texts_of_ods(path: Path) -> dict[tuple[str, int, int], str]:
    table, office, text_ns = (f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" for n in ("table", "office", "text"))
    root = ET.fromstring(zipfile.ZipFile(path).read("content.xml"))
    found = {}
    for sheet in root.iter(f"{table}table"):
        r = 0
        for row in sheet.iter(f"{table}table-row"):
            c = 0
            for cell in row:
                text = cell.get(f"{office}value") or "\n".join("".join(p.itertext()) for p in cell.iter(f"{text_ns}p"))
                again = int(cell.get(f"{table}number-columns-repeated", "1"))
                if text:
                    found |= {(sheet.get(f"{table}name", ""), r + 1, c + i): text for i in range(1, again + 1)}
                c += again
            r += int(row.get(f"{table}number-rows-repeated", "1"))
    return found


@lru_cache(maxsize=32)
def _texts(shown_as: str) -> dict[tuple[str, int, int], str]:
    path = ROOT / shown_as
    if path.suffix == ".xlsx":
        return _texts_of_xlsx(path)
    return _texts_of_ods(path) if path.suffix == ".ods" else _texts_of_csv(path, shown_as)


def _header_cell(record: Record, field: str) -> str:
    """The heading of the column of a value, which is where a buyer in columns stands."""
    ref = record.cells[field]
    header = next(c.header_row for c in _read(record.kind).counts if (c.file, c.sheet) == (ref.file, ref.sheet))
    return _texts(ref.file)[ref.sheet, header, ref.column]


@pytest.mark.parametrize("kind", KINDS)
def test_the_cell_of_every_value_holds_it_for_another_reader_too(kind: EntityKind) -> None:
    wrong, checked = [], 0
    for record in _read(kind).records:
        assert record.cells.keys() == record.values.keys()
        for field, text in record.values.items():
            ref = record.cells[field]
            there = _texts(ref.file).get((ref.sheet, ref.row, ref.column), "")
            if field == "buyer" and ref.file == BUYERS_IN_COLUMNS:
                there = _header_cell(record, field)
            checked += 1
            if _parts(there) != _parts(text):
                wrong.append((str(ref), text, there))
    assert wrong == []
    assert checked > 900


@pytest.mark.parametrize("kind", KINDS)
def test_every_line_is_used_or_set_aside_with_its_row(kind: EntityKind) -> None:
    result = _read(kind)
    for count in result.counts:
        assert count.rows == count.used + count.set_aside
        here = [(p.row, p.severity) for p in result.problems if (p.file, p.sheet) == (count.file, count.sheet)]
        aside = {row for row, severity in here if severity == "set_aside"}
        used = {r.ref.row for r in result.records if (r.ref.file, r.ref.sheet) == (count.file, count.sheet)}
        assert len(aside) == count.set_aside
        assert len(used) == count.used
        lines = set(range(count.header_row + 1, count.header_row + 1 + count.rows))
        assert aside | used == lines, count
        last = max(row for sheet, row, _ in _texts(count.file) if sheet == count.sheet)
        assert max(lines) == last


def test_each_file_gives_as_many_records_as_the_readme_of_the_data_says() -> None:
    readme = (ROOT / "data/README.md").read_text(encoding="utf-8")
    said = {f"data/{name}": int(n.replace(",", "")) for name, n in re.findall(r"`(\S+/\S+)` \|.*\| ([\d,]+) ", readme)}
    read = Counter(record.ref.file for kind in KINDS for record in _read(kind).records)
    assert read == said


def test_what_is_not_a_row_is_said_with_its_place() -> None:
    found = {(p.code, p.file.rsplit("/", 1)[1][:2], p.sheet, p.row) for kind in KINDS for p in _read(kind).problems}
    assert found == {
        ("total_line", "01", "Annuaire", 72),
        ("blank_line", "01", "Annuaire", 73),
        ("note_line", "01", "Annuaire", 74),
        ("encoding", "02", "", 0),
        ("hidden_sheet", "03", "Lists", 0),
    }


def test_a_buyer_in_a_column_is_the_buyer_of_the_need_in_its_cell() -> None:
    records = [record for record in _read("need").records if record.ref.file == BUYERS_IN_COLUMNS]
    assert {record.get("need_id"): record.get("buyer") for record in records} == {
        "N019": "Snop", "N022": "Faurecia", "N025": "Tesca", "N027": "Lear", "N032": "Coficab", "N033": "Coficab",
        "N071": "Plastic Omnium", "N073": "AGC Induver", "N075": "Hands Corporation", "N077": "Marelli",
        "N078": "JTEKT", "N079": "JTEKT", "N080": "Nexteer", "N081": "PPG", "N082": "Motherson",
    }  # fmt: skip
