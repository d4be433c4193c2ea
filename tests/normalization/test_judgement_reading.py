"""Judgements: grades, unsure, repeats and contradictions. All judgements but the shipped ones are made up."""

from __future__ import annotations

import csv
from itertools import permutations
from pathlib import Path

import pytest

from integrator.normalization import judgements
from integrator.records import CellRef, Record
from integrator.sources import read_inputs

ROOT = Path(__file__).parents[2]


def _records(*lines: str) -> list[Record]:
    """Lines of `need supplier grade judge day`, from row 2 of a file on."""
    names = ("need_id", "supplier_id", "grade", "judged_by", "judged_on")
    found = []
    for row, line in enumerate(lines, start=2):
        values = {name: text for name, text in zip(names, line.split("|"), strict=True) if text}
        cells = {name: CellRef("j.csv", "", row, column) for column, name in enumerate(values, start=1)}
        found.append(Record("judgement", CellRef("j.csv", "", row), values, cells))
    return found


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("0", 0), ("1", 1), ("2", 2), ("3", 3), ("4", 4),
        ("unsure", None), ("Unsure", None), ("Incertain", None), ("غير متأكد", None),
        ("incertaine", None), ("je ne sais pas", None), ("لا أعرف", None),
    ],
)  # fmt: skip
def test_a_grade(text: str, grade: int | None) -> None:
    ((judgement,), problems) = judgements(_records(f"N1|S1|{text}|A|2024-01-01"))
    assert (judgement.need_id, judgement.supplier_id, judgement.grade) == ("N1", "S1", grade)
    assert problems == ()


@pytest.mark.parametrize("text", ["5", "-1", "2.5", "2,5", "3-4", "bon", "oui", "x", "00", ""])
def test_a_grade_that_is_none_is_set_aside_with_its_address(text: str) -> None:
    kept, (problem,) = judgements(_records("N1|S1|3|A|2024-01-01", f"N1|S2|{text}|A|2024-01-01"))
    assert [judgement.supplier_id for judgement in kept] == ["S1"]
    assert (problem.file, problem.row, problem.column, problem.code) == ("j.csv", 3, "grade", "wrong_grade")
    assert (problem.severity, problem.raw) == ("set_aside", text)
    assert repr(text) in problem.message
    assert "unsure" in problem.action


REPEAT = ("N1|S1|3|A|2024-01-01", "N1|S1|3|A|2024-01-01", "N1|S2|2|A|2024-01-01")
CLASH = ("N1|S1|3|A|2024-01-01", "N1|S1|1|A|2024-01-01", "N1|S2|2|A|2024-01-01")
UNSURE = ("N1|S1|3|A|2024-01-01", "N1|S1|unsure|A|2024-01-01", "N1|S2|2|A|2024-01-01")
TWO_JUDGES = ("N1|S1|3|A|2024-01-01", "N1|S1|1|B|2024-01-01", "N1|S1|1|A|2024-02-01")


@pytest.mark.parametrize(
    ("lines", "kept", "aside"),
    [
        (REPEAT, [("S1", 3), ("S2", 2)], [(3, "repeated_row")]),
        (CLASH, [("S2", 2)], [(2, "two_grades"), (3, "two_grades")]),
        (UNSURE, [("S2", 2)], [(2, "two_grades"), (3, "two_grades")]),
        (TWO_JUDGES, [("S1", 3), ("S1", 1), ("S1", 1)], []),
    ],
    ids=["repeat kept once", "B12 two grades by one judge", "B12 unsure against a grade", "two judges and two days"],
)
def test_repeats_and_contradictions_whatever_the_order(
    lines: tuple[str, ...], kept: list[tuple[str, int]], aside: list[tuple[int, str]]
) -> None:
    for records in permutations(_records(*lines)):
        found, problems = judgements(records)
        assert [(judgement.supplier_id, judgement.grade) for judgement in found] == sorted(kept, key=lambda k: k[0])
        assert [(problem.row, problem.code) for problem in problems] == aside
        assert all(problem.severity == "set_aside" for problem in problems)


def test_no_judgements() -> None:
    assert judgements([]) == ((), ())


def test_the_shipped_judgements_are_those_of_the_facts() -> None:
    kept, problems = judgements(read_inputs(["data/judgements"], "judgement", ROOT).records)
    with (ROOT / "tests/facts/judgements.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert problems == ()
    assert [(j.need_id, j.supplier_id, str(j.grade), j.judged_by, j.judged_on) for j in kept] == sorted(
        (r["need_id"], r["supplier_id"], r["grade"], r["judged_by"], r["judged_on"]) for r in rows
    )
    assert {(j.need_id, j.supplier_id): (j.reason, j.missing) for j in kept} == {
        (r["need_id"], r["supplier_id"]): (r["reason"], r["missing"]) for r in rows
    }
