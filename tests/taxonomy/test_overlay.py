"""The file of a project's own words: what it may hold, how it is read and added to. All words are made up."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.errors import InputRefused, OutputError
from integrator.taxonomy import digest, load
from integrator.taxonomy.overlay import COLUMNS, OverlayRow, append, read_overlay
from integrator.taxonomy.space import ConceptSpace

HEAD = "concept,lang,type,text,kind,broader,added_by,added_on,note"
with (Path(__file__).parent / "overlay_cases.csv").open(encoding="utf-8") as stream:
    CASES = list(data.read(stream, "overlay_cases.csv"))


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "own.csv"
    path.write_text("\n".join(("# made-up", head, *rows, "")), encoding="utf-8")
    return path


def faults(path: Path):
    try:
        load(path)
    except InputRefused as error:
        return error.problems
    return ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(case.values()))
def test_each_row_is_taken_or_refused_with_its_place(tmp_path, case):
    row = ",".join(case.get(name, "") for name in COLUMNS)
    found = faults(written(tmp_path, row))
    assert {problem.code for problem in found} == ({case["code"]} if case["code"] else set())
    for problem in found:
        assert (problem.file, problem.row, problem.column) == ("own.csv", 3, case["column"])
        assert "\n" not in str(problem)
        assert problem.action


def test_all_faults_are_told_at_once(tmp_path):
    found = faults(written(tmp_path, "P-NONE,fr,alt,a,,,,,", "P-STAMP,it,alt,b,,,,,", "P-STAMP,fr,alt,c,,,,,"))
    assert [(problem.row, problem.code) for problem in found] == [(3, "concept"), (4, "lang")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (["X-A,fr,pref,quxon,component,,,,", "X-A,en,pref,bibop,component,,,,"], "id_twice"),
        (["X-A,fr,pref,quxon,component,,,,", "X-A,fr,pref,bibop,,,,,"], "pref"),
        (["X-A,fr,pref,quxon,component,,,,", "X-B,fr,pref,Quxon,component,,,,"], "label_twice"),
        (["X-A,fr,pref,quxon,component,X-B,,,", "X-B,fr,pref,bibop,component,X-A,,,"], "cycle"),
        (["X-A,fr,pref,quxon,component,X-B,,,", "X-B,fr,pref,bibop,component,,,,"], ""),
        (["X-A,fr,pref,quxon,component,,,,", "X-A,en,pref,bibop,,,,,", "X-A,,made_by,P-STAMP,,,,,"], ""),
    ],
)
def test_rows_are_judged_together(tmp_path, rows, code):
    assert {problem.code for problem in faults(written(tmp_path, *rows))} == ({code} if code else set())


@pytest.mark.parametrize(
    ("head", "code"),
    [("concept,lang,type", "missing_column"), (HEAD + ",brodaer", "unknown_column"), (HEAD + ",lang", "two_columns")],
)
def test_the_columns_are_named(tmp_path, head, code):
    assert {problem.code for problem in faults(written(tmp_path, head=head))} == {code}


def test_a_concept_of_ones_own_is_found_shown_linked_and_near_its_family(tmp_path):
    rows = ("X-QUX,fr,pref,quxon blindé,component,C-DOOR,,,", "X-QUX,,made_by,P-STAMP,,,,,")
    taxonomy = load(written(tmp_path, *rows))
    (link,) = taxonomy.find("Quxon BLINDE")
    assert (link.concept, link.role, link.own, link.languages) == ("X-QUX", "component", True, ("fr",))
    assert taxonomy.label("X-QUX", "en") == "quxon blindé"
    assert taxonomy.linked("X-QUX", "made_by") == ("P-STAMP",)
    assert taxonomy.ancestors("X-QUX")[0] == "C-DOOR"
    space = ConceptSpace(taxonomy)
    assert space.nearness[space.position["X-QUX"], space.position["C-DOOR"]] > 0


def test_the_shipped_lexicon_does_not_change_and_the_file_is_read_again_when_it_grows(tmp_path):
    shipped = load()
    before = (len(shipped.labels), len(shipped.concepts))
    path = written(tmp_path, "P-STAMP,fr,alt,quxage,,,,,")
    first = digest(path)
    assert load(path).find("bibopage") == ()
    append(path, [OverlayRow("P-STAMP", "fr", "alt", "bibopage")])
    assert {link.concept for link in load(path).find("bibopage")} == {"P-STAMP"}
    assert digest(path) != first
    assert (len(load().labels), len(load().concepts)) == before
    assert load().find("quxage") == ()


def test_no_file_is_the_shipped_lexicon_and_a_folder_is_refused(tmp_path):
    assert load(tmp_path / "none.csv") is load()
    assert digest(tmp_path / "none.csv") == ""
    assert [problem.code for problem in faults(tmp_path)] == ["unreadable_path"]


def test_what_a_person_typed_stays(tmp_path):
    path = tmp_path / "own.csv"
    text = "# mes mots, à moi\nnote;concept;lang;type;text\nvu;P-STAMP;fr;alt;quxage\n\n# fin\n"
    path.write_bytes(text.encode("cp1252"))
    append(path, [OverlayRow("X-A", "fr", "pref", "bibop; blindé", "component", added_by="démo")])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "# mes mots, à moi"
    assert lines[2].startswith("vu;P-STAMP;fr;alt;quxage")
    assert "# fin" in lines
    assert [(row.concept, row.text, row.kind) for row in read_overlay(path)] == [
        ("P-STAMP", "quxage", ""), ("X-A", "bibop; blindé", "component"),
    ]  # fmt: skip
    assert faults(path) == ()


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in csv.reader([HEAD, "P-STAMP,fr,alt,quxage,,,,,"]):
        book.active.append(row)
    book.save(tmp_path / "own.xlsx")
    assert load(tmp_path / "own.xlsx").find("quxage")


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch):
    path = written(tmp_path, "P-STAMP,fr,alt,quxage,,,,,")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        append(path, [OverlayRow("P-STAMP", "fr", "alt", "bibopage")])
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["own.csv"]


ANY = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs", "Co", "Cn")), max_size=12)


@given(st.lists(ANY, min_size=1, max_size=5))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_texts_come_back_and_never_wake_up(tmp_path, texts):
    path = tmp_path / "any.csv"
    path.unlink(missing_ok=True)
    append(path, [OverlayRow("P-STAMP", "fr", "alt", text, note="n") for text in texts])
    read = [row.text for row in read_overlay(path)]
    assert [text.removeprefix("'") for text in read] == [text.removeprefix("'") for text in texts]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for row in list(csv.reader(lines))[1:] for cell in row]
    assert not any(cell.startswith(("=", "@")) for cell in cells)
