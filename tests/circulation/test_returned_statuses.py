"""A list of statuses edited by hand: by id, all or nothing, refusals with their cell. All of it is made up."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.circulation import read_statuses
from integrator.errors import InputRefused
from integrator.records import ProjectStatus
from integrator.wording import texts
from integrator.workbooks.writing import delimited_text

KNOWN = {"FP-X1", "FP-X2", "FP-X3"}
HEADS = ("Fiche", "Statut", "Motif", "Responsable", "Échéance")


def written(path, *rows):
    path.write_text(delimited_text(rows, ";"), encoding="utf-8")
    return path


def read(path, *latest):
    return read_statuses(path, {one.sheet_id: one for one in latest}, KNOWN, "2026-04-01", "démo")


def test_a_list_is_read_by_id_in_any_language_and_order(tmp_path):
    path = written(
        tmp_path / "list.csv",
        ("الأجل", "Owner", "sheet_id", "Remarque", "Statut"),
        ("31/12/2026", "Bureau A", "FP-X2", "libre", "Appel d'offres"),
        ("", "", "FP-X3", "", ""),
        ("", "", "FP-X1", "", "فكرة"),
    )
    assert read(path) == (
        ProjectStatus("FP-X2", "rfq", "", "2026-04-01", "Bureau A", "2026-12-31", "démo"),
        ProjectStatus("FP-X1", "idea", "", "2026-04-01", "", "", "démo"),
    )


def test_the_head_may_stand_below_titles_and_days_may_be_days(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Portefeuille"], [], list(HEADS), ["FP-X1", "investissement", "", "B", datetime.date(2026, 9, 30)],
        ["Niveaux : une note sous la liste"],
    ):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    assert read(tmp_path / "list.xlsx") == (
        ProjectStatus("FP-X1", "investment", "", "2026-04-01", "B", "2026-09-30", "démo"),
    )


def test_what_stands_already_is_not_said_again_and_a_column_that_lacks_changes_nothing(tmp_path):
    before = ProjectStatus("FP-X1", "rfq", "deux offres", "2026-01-01", "Bureau A", "2026-05-01", "x")
    same = written(tmp_path / "a.csv", HEADS, ("FP-X1", "rfq", "deux offres", "Bureau A", "2026-05-01"))
    assert read(same, before) == ()
    short = written(tmp_path / "b.csv", HEADS[:2], ("FP-X1", "request for quotation"))
    assert read(short, before) == ()
    moved = written(tmp_path / "c.csv", HEADS[:2], ("FP-X1", "nomination"))
    assert read(moved, before) == (
        ProjectStatus("FP-X1", "nomination", "", "2026-04-01", "Bureau A", "2026-05-01", "démo"),
    )
    cleared = written(tmp_path / "d.csv", HEADS, ("FP-X1", "rfq", "deux offres", "", ""))
    assert [(one.owner, one.due) for one in read(cleared, before)] == [("", "")]


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        (("FP-X9", "rfq", "", "", ""), "unknown_sheet", "column 'A'"),
        (("", "rfq", "", "", ""), "no_sheet_id", "column 'A'"),
        (("FP-X1", "gagné", "", "", ""), "unusable_status", "column 'B'"),
        (("FP-X1", "abandonné", "", "", ""), "unusable_status", "column 'B'"),
        (("FP-X1", "", "", "Bureau", ""), "no_status", "column 'B'"),
        (("FP-X1", "rfq", "", "", "2026-02-31"), "unread_day", "column 'E'"),
        (("FP-X1", "rfq", "", "", "septembre 2026"), "unread_day", "column 'E'"),
        (("FP-X2", "rfq", "", "", ""), "sheet_twice", "column 'A'"),
    ],
)
def test_a_row_that_cannot_be_taken_refuses_the_list_with_its_cell(tmp_path, row, code, cell):
    path = written(tmp_path / "list.csv", HEADS, ("FP-X2", "idée", "", "", ""), row)
    with pytest.raises(InputRefused) as refused:
        read(path)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert "row 3" in str(problem)
    assert cell in str(problem)


def test_a_status_taken_away_is_refused_and_not_forgotten(tmp_path):
    path = written(tmp_path / "list.csv", HEADS, ("FP-X1", "", "", "", ""))
    with pytest.raises(InputRefused, match="what was recorded stays"):
        read(path, ProjectStatus("FP-X1", "rfq", "", ""))


def test_a_file_that_is_no_list_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="sheet_id and status"):
        read(written(tmp_path / "list.csv", ("Nom", "Ville"), ("a", "b")))


SAID = st.builds(
    ProjectStatus,
    st.sampled_from(sorted(KNOWN)),
    st.sampled_from(["idea", "rfq", "in_production", "dropped"]),
    st.sampled_from(["deux offres", "sans volume"]),
    st.just(""),
    st.sampled_from(["", "Bureau A"]),
    st.sampled_from(["", "2026-12-31"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(SAID, unique_by=lambda one: one.sheet_id), st.permutations(range(5)), st.sampled_from(["fr", "en", "ar"])
)
def test_what_is_written_is_read_whatever_the_order_and_language(tmp_path, said, order, language):
    words, heads = texts("status", language), texts("statuses.col", language)
    names = [("sheet_id", "status", "reason", "owner", "due")[i] for i in order]
    lines = [[{**vars(one), "status": words[one.status]}[name] for name in names] for one in said]
    path = written(tmp_path / "list.csv", [heads[name] for name in names], *lines)
    found = {one.sheet_id: (one.status, one.reason, one.owner, one.due) for one in (read(path) if lines else ())}
    assert found == {one.sheet_id: (one.status, one.reason, one.owner, one.due) for one in said}


def test_a_list_without_rows_says_nothing_and_one_with_two_columns_of_a_kind_is_refused(tmp_path):
    assert read(written(tmp_path / "empty.csv", HEADS)) == ()
    path = written(tmp_path / "twice.csv", ("Fiche", "Statut", "Status"), ("FP-X1", "idée", "rfq"))
    with pytest.raises(InputRefused, match="column 'C': the heading 'Status' means what column B means"):
        read(path)
