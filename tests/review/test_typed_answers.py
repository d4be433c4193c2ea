"""What a reviewer types by hand is understood in three languages, or refused with its cell (typed_answers.csv)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from integrator import data
from integrator.data import read
from integrator.text.fold import fold
from integrator.wording import LANGUAGES, rows
from review_world import fill, send, take

HERE = Path(__file__).parent
with (HERE / "typed_answers.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(read(stream, "typed_answers.csv"))


def typed(text: str) -> object:
    kind, mark, value = text.partition(":")
    if mark and kind == "n":
        return float(value)
    return datetime.date.fromisoformat(value) if mark and kind == "d" else text or None


@pytest.mark.parametrize("case", CASES, ids=[f"{row['decision']}-{row['grade']}-{row['date']}" for row in CASES])
def test_an_answer_is_stored_or_refused_with_its_cell(tmp_path, case):
    path = send(tmp_path / "sent.xlsx")
    fill(path, {"S2": {name: typed(case[name]) for name in ("decision", "grade", "date")}})
    judged, problems = take(path)
    if case["code"]:
        (problem,) = problems
        assert judged == ()
        assert (problem.code, problem.severity, problem.sheet, problem.row) == (case["code"], "set_aside", "Revue", 5)
        assert f"{case['cell']}: " in problem.message
        assert str(problem).startswith("sent.xlsx, sheet 'Revue', row 5")
    else:
        (one,) = judged
        assert problems == ()
        said = (one.decision, "" if one.grade is None else str(one.grade), one.judged_on)
        assert said == (case["stored_decision"], case["stored_grade"], case["stored_date"])
        assert (one.need_id, one.supplier_id, one.imported_on) == ("X1", "S2", "2026-03-01")


def test_no_heading_and_no_answer_means_two_things_in_any_language():
    """Whoever translates them finds out here: an import knows a column and an answer by its words alone."""
    for part, wanted in (("review.col.", None), ("review.", ("review.yes", "review.no", "review.unsure"))):
        means: dict[str, str] = {}
        for row in rows():
            if row["key"].startswith(part) and (wanted is None or row["key"] in wanted):
                for language in LANGUAGES:
                    text = fold(row[language])
                    assert not text or means.setdefault(text, row["key"]) == row["key"], (text, row["key"])
    for row in data.rows("review/answers.csv"):
        assert row["answer"] in ("yes", "no", "unsure")
        assert means.setdefault(fold(row["text"]), f"review.{row['answer']}") == f"review.{row['answer']}", row
