"""A blind workbook tells nothing of the ranking; no workbook wakes up what others wrote."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import openpyxl
import pytest

from integrator import normalization
from integrator.records import Judgement
from integrator.review import Form, questions
from review_world import HEADER, columns, fill, grades, send, take, world

HOSTILE = Path(__file__).parents[1] / "workbooks" / "hostile_texts.csv"
BLIND = Form(blind=True)


def lines(path: Path) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    places = columns(sheet)
    return [
        {name: sheet.cell(row, column).value for name, column in places.items()}
        for row in range(HEADER + 1, sheet.max_row + 1)
    ]


def ids(path: Path) -> list[tuple[object, object]]:
    return [(line["need_id"], line["supplier_id"]) for line in lines(path)]


def test_scores_grades_and_reasons_stand_nowhere_in_the_file(tmp_path):
    made = world(needs=2, each=12)
    made["matches"] = made["matches"].assign(reasons="ATOUT", missing="MANQUE", conflict="CONFLIT", grade_basis="BASE")
    made["matches"]["score"] = 7777 - made["matches"]["rank"].astype(float)
    told = [Judgement("X1", "S1", 4, "AVIS", "", "Une Relectrice", "2026-01-01")]
    made["decisions"] = normalization.decisions_table((), told)
    path = send(tmp_path / "blind.xlsx", made, form=BLIND)
    with zipfile.ZipFile(path) as parts:
        whole = "\n".join(parts.read(name).decode("utf-8") for name in parts.namelist())
    for word in ("ATOUT", "MANQUE", "CONFLIT", "BASE", "AVIS", "777", "Score", "Niveau proposé"):
        assert word not in whole, word
    assert "emboutissage" in whole  # what both sides say is there


def test_the_order_is_that_of_no_score(tmp_path):
    made, turned = world(needs=2, each=12), world(needs=2, each=12)
    for table in (made, turned):
        table["matches"]["grade"] = 2
    plain = ids(send(tmp_path / "plain.xlsx", made))
    blind = ids(send(tmp_path / "blind.xlsx", made, form=BLIND))
    assert set(blind) == set(plain)
    assert blind != plain
    assert [need for need, _ in blind] == sorted(need for need, _ in blind)
    turned["matches"]["rank"] = 13 - turned["matches"]["rank"]
    turned["matches"]["score"] = -turned["matches"]["score"]
    assert ids(send(tmp_path / "turned.xlsx", turned, form=BLIND)) == blind


def test_a_blind_workbook_comes_back_as_any_other(tmp_path):
    path = fill(
        send(tmp_path / "blind.xlsx", form=Form(True, "Relectrice (démo)")), {"S3": {"decision": "oui", "grade": 3}}
    )
    (one,), problems = take(path)
    assert (one.supplier_id, one.grade, one.judged_by, problems) == ("S3", 3, "Relectrice (démo)", ())


def test_earlier_answers_are_shown_without_names(tmp_path):
    made = world()
    assert "earlier" not in lines(send(tmp_path / "first.xlsx", made))[0]
    said = [
        Judgement("X1", "S2", 4, "vu sur place", "", "Une Relectrice", "2026-01-01", "yes"),
        Judgement("X1", "S2", 2, "", "", "Un Autre", "2026-01-02", "no"),
    ]
    made["decisions"] = normalization.decisions_table((), said)
    shown = {line["supplier_id"]: line["earlier"] for line in lines(send(tmp_path / "next.xlsx", made))}
    assert shown["S1"] is None
    assert shown["S2"].split("\n") == [
        "revue : niveau 4, oui – relecteur 1, 2026-01-01 – vu sur place",
        "revue : niveau 2, non – relecteur 2, 2026-01-02",
    ]
    assert questions(made).batch == questions(world()).batch, "answers change nothing of what is asked"


def hostile() -> list[str]:
    with HOSTILE.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        texts = [row["text"].encode("latin-1", "backslashreplace").decode("unicode_escape") for row in rows]
    return [text for text in texts if not any("\ud800" <= sign <= "\udfff" for sign in text)]  # no table takes those


@pytest.mark.parametrize("form", [Form(), BLIND], ids=["open", "blind"])
@pytest.mark.parametrize("text", hostile())
def test_hostile_texts_stay_texts_and_come_back(tmp_path, text, form):
    made = world(each=3, text=text)
    path = send(tmp_path / "sent.xlsx", made, form=Form(form.blind, text))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    fill(path, {"S2": {"decision": "oui", "grade": 3, "reviewer": "démo"}})
    judged, problems = take(path, questions(made))
    if text == "_x0041_":  # the library that types here saves it as A: nothing is taken for a row that looks different
        assert ([problem.code for problem in problems], judged) == (["mixed_up_row"], ())
    else:
        assert (grades(judged), problems) == ({("X1", "S2"): 3}, ())
