"""Unknown terms go out, decisions come back: by id, all or none, whatever was done to the sheet (made-up words)."""

from __future__ import annotations

import random
from pathlib import Path

import openpyxl
import pytest

from integrator import config, own_terms, pipeline
from integrator.errors import InputRefused
from integrator.normalization import ranked
from integrator.own_terms.words import COLUMNS
from integrator.taxonomy import load
from integrator.taxonomy.overlay import append, read_overlay

SUPPLIERS = """made-up;;;;
Raison sociale;Ville;Produits;Procédés;Matières
Alpha (démo);Tanger;quxon blindé; emboutissage;acier
Bêta (démo);Fès;"Quxon Blindé; =zygox()";bibopage;acier
"""
NEEDS = """Need ID;Component;Required processes;Annual value;Currency
X1;Quxon blindé;bibopage;4000000;MAD
X2;faisceau électrique;;;
"""


def job_in(folder: Path) -> config.Config:
    (folder / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
    (folder / "needs.csv").write_text(NEEDS, encoding="utf-8")
    return config.Config(base=folder).with_changes(
        {"inputs": {"suppliers": ("suppliers.csv",), "needs": ("needs.csv",)}}
    )


@pytest.fixture
def job(tmp_path: Path) -> config.Config:
    return job_in(tmp_path)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The French workbook of the job, written once."""
    return sent(job_in(tmp_path_factory.mktemp("sent"))).read_bytes()


@pytest.fixture
def path(job: config.Config, workbook: bytes) -> Path:
    """It, beside the job."""
    (job.base / "terms_fr.xlsx").write_bytes(workbook)
    return job.base / "terms_fr.xlsx"


def listed(job: config.Config):
    return ranked(pipeline.run(job).tables["unknown_terms"])


def sent(job: config.Config, language: str = "fr") -> Path:
    path = job.base / f"terms_{language}.xlsx"
    own_terms.write_terms(path, listed(job), load(job.terms), language, "2026-01-01")
    return path


def taken(job: config.Config, path: Path) -> own_terms.Returned:
    """What `terms import` does."""
    known = read_overlay(job.terms)
    found = own_terms.read_terms(path, pipeline.said_terms(job), known, load(job.terms), "démo", "2026-01-02")
    if found.rows:
        append(job.terms, found.rows)
    return found


def columns(sheet, head=3) -> dict[str, int]:
    keys = list(COLUMNS)
    return {keys[cell.column - 1]: cell.column for cell in sheet[head] if cell.value}


def fill(path: Path, answers: dict[str, dict[str, object]]) -> None:
    """Answers by `field term`."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = columns(sheet)
    for row in range(4, sheet.max_row + 1):
        term = f"{sheet.cell(row, at['field']).value} {sheet.cell(row, at['term']).value}"
        for column, value in answers.get(term, {}).items():
            sheet.cell(row, at[column]).value = value
    book.save(path)


def refused(job: config.Config, path: Path):
    before = job.terms.read_bytes() if job.terms.exists() else None
    with pytest.raises(InputRefused) as caught:
        taken(job, path)
    assert (job.terms.read_bytes() if job.terms.exists() else None) == before, "nothing is taken"
    return caught.value.problems


ANSWERS = {
    "need.component Quxon blindé": {
        "decision": "nouveau concept", "concept": "X-QUXON", "kind": "pièce", "broader": "C-DOOR",
    },
    "need.processes bibopage": {"decision": "autre concept", "concept": "P-STAMP", "comment": "vu en atelier"},
    "supplier.products =zygox()": {"decision": "ignorer"},
}  # fmt: skip


def test_the_round_trip(job):
    before = listed(job)
    assert set(before["term"]) >= {"Quxon blindé", "bibopage", "=zygox()"}
    shipped = [(Path(p).name, p.read_bytes()) for p in Path(load.__code__.co_filename).parents[1].rglob("*.csv")]
    path = sent(job)
    fill(path, ANSWERS)
    found = taken(job, path)
    assert found.summary().startswith("2 names added (1 new concepts), 1 terms ignored, 0 there already")
    after = pipeline.run(job)
    assert not set(after.tables["unknown_terms"]["term"]) & {"Quxon blindé", "quxon blindé", "bibopage", "=zygox()"}
    for table, entity in (("capabilities", "supplier_id"), ("requirements", "need_id")):
        own = after.tables[table][after.tables[table]["source"] == "overlay"]
        assert {"X-QUXON", "P-STAMP"} <= set(own["concept"]), entity
    assert after.knowledge.keys() == {"integrator-terms.csv"}
    assert shipped == [(p.name, p.read_bytes()) for p in Path(load.__code__.co_filename).parents[1].rglob("*.csv")]
    rows = {(row.concept, row.type): row for row in read_overlay(job.terms)}
    assert rows["P-STAMP", "alt"].note == "vu en atelier"
    assert (rows["X-QUXON", "pref"].kind, rows["X-QUXON", "pref"].lang) == ("component", "fr")
    assert {row.added_by for row in rows.values()} == {"démo"}


def test_taking_a_workbook_twice_adds_nothing(job, path):
    fill(path, ANSWERS)
    taken(job, path)
    content = job.terms.read_bytes()
    again = taken(job, path)
    assert (again.rows, again.already) == ((), 3)
    assert job.terms.read_bytes() == content


def test_nothing_decided_is_nothing_taken(job, path):
    found = taken(job, path)
    assert (found.rows, found.already) == ((), 0)
    assert found.blank == len(listed(job))
    assert not job.terms.exists()


def test_rows_sorted_cut_typed_and_with_another_column(job):
    path = sent(job, "en")
    fill(path, {"need.processes bibopage": {"decision": "Other  Concept", "concept": "P-STAMP"}})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    random.Random(1).shuffle(lines)
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["my notes"])
    sheet.append(["mine", *COLUMNS])
    for line in [one for one in lines if one[1] == "bibopage"]:
        sheet.append([None, *line])
    book.save(path)
    assert [row.concept for row in taken(job, path).rows] == ["P-STAMP"]


def test_what_is_sent(path):
    book = openpyxl.load_workbook(path)
    sheet, concepts = book.worksheets
    at = columns(sheet)
    assert sheet.protection.sheet
    assert sheet.cell(4, at["term_id"]).protection.locked
    assert not sheet.cell(4, at["decision"]).protection.locked
    assert len(sheet.data_validations.dataValidation) == 6
    rows = {sheet.cell(row, at["term"]).value: row for row in range(4, sheet.max_row + 1)}
    assert sheet.cell(rows["Quxon blindé"], at["value"]).value == 4
    assert sheet.cell(rows["=zygox()"], at["term"]).data_type == "s"
    assert sheet.cell(rows["=zygox()"], at["value"]).value is None, "not known is not 0"
    listed_ids = {row[0].value for row in concepts.iter_rows(min_row=2)}
    assert listed_ids == set(load().concepts)
    proposed = sheet.cell(rows["bibopage"], at["first"]).value
    assert proposed is None or proposed.split()[0] in listed_ids


def test_a_proposal_is_taken_as_it_was_shown(job):
    (job.base / "needs.csv").write_text("Need ID;Component;Required processes\nX1;porte;emboutisage fort\n", "utf-8")
    (job.base / "suppliers.csv").write_text("made-up\nNom;Procédés\nAlpha;thermoformassions\n", encoding="utf-8")
    path = sent(job)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    at = columns(sheet)
    row = next(r for r in range(4, sheet.max_row + 1) if sheet.cell(r, at["term"]).value == "thermoformassions")
    shown = sheet.cell(row, at["second"]).value.split()[0]
    fill(path, {"supplier.processes thermoformassions": {"decision": "2e proposition"}})
    assert [(one.concept, one.text) for one in taken(job, path).rows] == [(shown, "thermoformassions")]


@pytest.mark.parametrize(
    ("term", "answer", "code", "column"),
    [
        ("need.processes bibopage", {"decision": "peut-être"}, "unknown_decision", "decision"),
        ("need.processes bibopage", {"concept": "P-STAMP"}, "unknown_decision", "decision"),
        ("need.processes bibopage", {"decision": "autre concept"}, "concept", "concept"),
        ("need.processes bibopage", {"decision": "autre concept", "concept": "P-NONE"}, "concept", "concept"),
        ("need.processes bibopage", {"decision": "autre concept", "concept": "M-AL"}, "still_unknown", "concept"),
        ("need.processes bibopage", {"decision": "autre concept", "concept": "P-STAMP", "lang": "it"}, "lang", "lang"),
        ("need.processes bibopage", {"decision": "autre concept", "concept": "P-STAMP", "type": "x"}, "type", "type"),
        (
            "need.processes bibopage", {"decision": "autre concept", "concept": "P-STAMP", "name": "usinages"},
            "label_twice", "name",
        ),
        (
            "need.processes bibopage", {"decision": "autre concept", "concept": "P-STAMP", "name": "autre mot"},
            "still_unknown", "concept",
        ),
        ("need.processes bibopage", {"decision": "nouveau concept"}, "kind", "kind"),
        ("need.processes bibopage", {"decision": "nouveau concept", "kind": "chose"}, "kind", "kind"),
        (
            "need.processes bibopage", {"decision": "nouveau concept", "kind": "procédé", "concept": "P-BIB"},
            "own_id", "concept",
        ),
        (
            "need.processes bibopage", {"decision": "nouveau concept", "kind": "procédé", "broader": "M-AL"},
            "broader", "broader",
        ),
        ("need.processes bibopage", {"decision": "1re proposition", "first": None}, "no_proposal", "decision"),
        (
            "need.processes bibopage",
            {"decision": "1re proposition", "first": "P-STAMP · emboutissage · 40 %", "concept": "P-MACH"},
            "two_concepts", "concept",
        ),
        ("need.processes bibopage", {"decision": "ignorer", "term_id": "T000"}, "unknown_term", "term_id"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_address_and_nothing_is_taken(job, path, term, answer, code, column):
    fill(path, {term: answer, "supplier.products =zygox()": {"decision": "ignorer"}})
    (problem,) = refused(job, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    at = columns(sheet)
    row = next(
        r for r in range(4, sheet.max_row + 1)
        if f"{sheet.cell(r, at['field']).value} {sheet.cell(r, at['term']).value}" == term
    )  # fmt: skip
    letter = openpyxl.utils.get_column_letter(at[column])
    assert (problem.code, problem.sheet, problem.row) == (code, "Termes", row)
    assert problem.column.startswith(f"{letter}, ")
    assert problem.severity == "refused"


def test_a_concept_made_in_one_row_is_named_in_another(job, path):
    fill(
        path,
        {
            "need.component Quxon blindé": {"decision": "new concept", "concept": "X-QUXON", "kind": "part"},
            "supplier.products =zygox()": {"decision": "autre concept", "concept": "X-QUXON", "lang": "en"},
        },
    )
    assert {(row.concept, row.type) for row in taken(job, path).rows} == {("X-QUXON", "pref"), ("X-QUXON", "alt")}


def test_another_file_is_refused(job, tmp_path):
    (tmp_path / "other.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (problem,) = refused(job, tmp_path / "other.csv")
    assert problem.code == "no_terms"
