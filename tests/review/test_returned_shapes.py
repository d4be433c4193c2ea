"""A workbook comes back sorted, filtered, cut, moved, pasted together: nothing is lost (returned_shapes.csv)."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from integrator.data import read
from integrator.review import questions
from integrator.wording import texts
from review_world import HEADER, columns, edit, fill, grades, send, take, world

HERE = Path(__file__).parent
with (HERE / "returned_shapes.csv").open(encoding="utf-8", newline="") as stream:
    SHAPES = {row["shape"]: row for row in read(stream, "returned_shapes.csv")}
ANSWERS = {
    "S1": {"decision": "oui", "grade": 4}, "S2": {"decision": "non", "grade": 0}, "S3": {"decision": "oui", "grade": 3},
    "S4": {"decision": "oui", "grade": 2}, "S5": {"decision": "non", "grade": 1},
}  # fmt: skip
GIVEN = {("X1", one): answer["grade"] for one, answer in ANSWERS.items()}


def lines(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER + 1)]


def relaid(sheet: Any, kept: list[list[Any]]) -> None:
    sheet.delete_rows(HEADER + 1, sheet.max_row)
    for line in kept:
        sheet.append(line)


def cut(sheet: Any, *names: str) -> None:
    for column in sorted((columns(sheet)[name] for name in names), reverse=True):
        sheet.delete_cols(column)


def own_heading(sheet: Any) -> None:
    sheet.insert_cols(2)
    sheet.cell(HEADER, 2).value = "À rappeler"


def shuffle(sheet: Any) -> None:
    found = lines(sheet)
    random.Random(1).shuffle(found)
    relaid(sheet, found)


def hide(sheet: Any) -> None:
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True


def reverse(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=HEADER):
        for cell, value in zip(row, [cell.value for cell in reversed(row)], strict=True):
            cell.value = value


def own_rows(sheet: Any) -> None:
    sheet.insert_rows(6, 2)
    sheet.cell(7, 2).value = "à revoir avec la maintenance"


def second_sheet(sheet: Any) -> None:
    other = sheet.parent.create_sheet("à part")
    found = lines(sheet)
    other.append([cell.value for cell in sheet[HEADER]])
    for line in found[3:]:
        other.append(line)
    relaid(sheet, found[:3])


def english(sheet: Any) -> None:
    for name, column in columns(sheet).items():
        sheet.cell(HEADER, column).value = texts("review", "en")[f"col.{name}"].upper()


def copied_line(**changes: object) -> Callable[[Any], None]:
    def copy(sheet: Any) -> None:
        sheet.append([cell.value for cell in sheet[4]])
        for name, value in changes.items():
            sheet.cell(sheet.max_row, columns(sheet)[name]).value = value

    return copy


def exchanged(sheet: Any) -> None:
    column = columns(sheet)["supplier_id"]
    sheet.cell(4, column).value, sheet.cell(5, column).value = sheet.cell(5, column).value, sheet.cell(4, column).value


def setting(row: int, name: str, value: object) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet.cell(row, columns(sheet)[name]).value = value

    return change


def repeated(sheet: Any) -> None:
    sheet.cell(HEADER, sheet.max_column + 1).value = "Niveau"


FACTS = ("component", "name", "products", "score", "proposed", "reasons", "missing")
CHANGES: dict[str, Callable[[Any], None]] = {
    "as_sent": lambda _: None,
    "sorted": shuffle,
    "filtered": hide,
    "cut_rows": lambda sheet: sheet.delete_rows(5, 2),
    "cut_head": lambda sheet: sheet.delete_rows(1, 2),
    "cut_facts": lambda sheet: cut(sheet, *FACTS, "date", "reviewer", "reason"),
    "cut_batch": lambda sheet: cut(sheet, "run"),
    "cut_all_marks": lambda sheet: (cut(sheet, "run"), sheet.delete_rows(1, 2)),
    "cut_grades": lambda sheet: cut(sheet, "grade"),
    "cut_ids": lambda sheet: cut(sheet, "supplier_id"),
    "moved_columns": reverse,
    "own_column": lambda sheet: sheet.insert_cols(2),
    "own_heading": own_heading,
    "own_rows": own_rows,
    "second_sheet": second_sheet,
    "english_header": english,
    "copied_sheet": lambda sheet: sheet.parent.copy_worksheet(sheet),
    "two_answers": copied_line(grade=1),
    "same_line_twice": copied_line(),
    "two_people": copied_line(grade=1, reviewer="seconde relectrice démo"),
    "repeated_heading": repeated,
    "mixed_ids": exchanged,
    "typed_id": setting(5, "supplier_id", "S77"),
    "old_line": setting(6, "run", "0123abcd"),
}  # fmt: skip


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    return fill(send(tmp_path / "sent.xlsx"), {one: {**a, "reviewer": "relecteur démo"} for one, a in ANSWERS.items()})


@pytest.mark.parametrize("shape", SHAPES)
def test_by_id_and_cell_whatever_was_done_to_the_sheet(answered, shape):
    judged, problems = take(edit(answered, CHANGES[shape]))
    wanted = SHAPES[shape]
    cells = [f"{problem.column}{problem.row}" for problem in problems if problem.row]
    assert len(judged) == int(wanted["taken"])
    assert "; ".join(problem.code for problem in problems) == wanted["code"]
    assert "; ".join(cells) == wanted["cell"]
    changed = {("X1", "S1")} if shape == "two_people" else set()
    assert {pair: grade for pair, grade in grades(judged).items() if pair not in changed}.items() <= GIVEN.items()


def test_every_shape_is_tried():
    assert set(CHANGES) == set(SHAPES)


def test_a_workbook_of_an_older_run_or_of_another_job_is_refused_as_a_whole(answered):
    other = world()
    other["suppliers"]["name"] = "Autre atelier (démo)"
    judged, (problem,) = take(answered, questions(other))
    assert (judged, problem.code, problem.severity) == ((), "stale_review", "refused")
    assert f"now asks about the batch {questions(other).batch}" in problem.message


def test_forced_it_gives_only_the_lines_that_still_mean_the_same(answered):
    other = world(each=4)
    other["suppliers"].loc[1, "name"] = "Autre atelier (démo)"
    judged, problems = take(answered, questions(other), force=True)
    assert grades(judged) == {pair: GIVEN[pair] for pair in [("X1", "S1"), ("X1", "S3"), ("X1", "S4")]}
    assert [(problem.code, problem.row) for problem in problems] == [("mixed_up_row", 5), ("unknown_pair", 8)]
    assert {one.run for one in judged} == {questions(world()).batch}


@pytest.mark.parametrize("gone", ["component", "name"])
def test_forced_it_gives_nothing_where_nothing_tells_whom_the_ids_meant(answered, gone):
    other = world()
    other["suppliers"]["name"] = "Autre atelier (démo)"
    judged, problems = take(edit(answered, lambda sheet: cut(sheet, gone)), questions(other), force=True)
    assert (judged, {problem.code for problem in problems}, len(problems)) == ((), {"stale_row"}, 5)


def test_a_row_without_a_name_takes_that_of_the_import(answered):
    fill(answered, {"S1": {"reviewer": None}})
    judged, _ = take(answered, reviewer="Seconde Relectrice (démo)")
    assert {one.supplier_id: one.judged_by for one in judged}["S1"] == "Seconde Relectrice (démo)"
    assert {one.supplier_id: one.judged_by for one in judged}["S2"] == "relecteur démo"


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Callable[[Path, str], Path]:
    """Opens and saves a file with LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")

    def save(path: Path, kind: str) -> Path:
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
        ]
        subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=180)
        return folder / f"{path.stem}.{kind.partition(':')[0]}"

    return save


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv:Text - txt - csv (StarCalc):59,34,76,1"])
def test_saved_by_another_program_it_is_the_same(answered, office, kind):
    fill(answered, {"S2": {"date": "28/02/2026"}, "S3": {"reason": "deux\nlignes; et un point-virgule"}})
    before = take(answered)
    assert len(before[0]) == 5
    assert take(office(answered, kind)) == before


def test_locked_cells_are_locked_and_filters_work(answered):
    sheet = openpyxl.load_workbook(answered).worksheets[0]
    places = columns(sheet)
    assert sheet.protection.sheet
    refused = [name for name in ("autoFilter", "sort", "formatCells", "formatRows") if getattr(sheet.protection, name)]
    assert refused == []
    open_cells = {name for name, column in places.items() if not sheet.cell(4, column).protection.locked}
    assert open_cells == {"decision", "grade", "reason", "reviewer", "date"}
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert lists == {"J4:J8": '"oui,non,incertain"', "K4:K8": '"0,1,2,3,4"'}
