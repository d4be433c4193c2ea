"""Judgement records -> judgements; a grade that is none is set aside with its cell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import lru_cache

from integrator import data, judging
from integrator.errors import Problem
from integrator.records import Judgement, Record
from integrator.text.fold import fold

GRADES = {str(grade): grade for grade in range(5)}
LEFT_OUT = ("unsure", "unknown_need", "unknown_supplier", "withdrawn", "judged_again_later")
"""Why a judgement gives no grade, in the order in which it is asked."""


def judgements(records: Sequence[Record]) -> tuple[tuple[Judgement, ...], tuple[Problem, ...]]:
    """The judgements in order of need, supplier, judge and date, and what was set aside.

    The same pair graded twice by the same judge on the same day is one judgement when the grades
    agree, and none when they do not.
    """
    problems: list[Problem] = []
    by_key: dict[tuple[str, str, str, str], list[tuple[Record, int | None]]] = {}
    for record in records:
        text = record.get("grade")
        if text not in GRADES and fold(text) not in _unsure():
            problems.append(_problem(record, "wrong_grade", f"the grade is {text!r}", "give 0, 1, 2, 3, 4 or unsure"))
            continue
        key = tuple(record.get(f) for f in ("need_id", "supplier_id", "judged_by", "judged_on"))
        by_key.setdefault(key, []).append((record, GRADES.get(text)))  # type: ignore[arg-type]
    kept = []
    for _, group in sorted(by_key.items()):
        if len({grade for _, grade in group}) > 1:
            problems += [
                _problem(record, "two_grades", "the same judge gave this pair two grades", "keep one")
                for record, _ in group
            ]
            continue
        group.sort(key=lambda pair: pair[0].ref)
        kept.append(_judgement(*group[0]))
        problems += [_problem(record, "repeated_row", "this judgement stands twice", "") for record, _ in group[1:]]
    return tuple(kept), tuple(sorted(problems))


def latest_grades(
    judged: Sequence[Judgement], needs: Set[str], suppliers: Set[str]
) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """The grade that counts of each judged pair (need id -> supplier id -> grade), and what was left out, by reason.

    By the rule of `judging`: of each judge the latest answer stands, and of those the latest grade counts. `withdrawn`:
    the judge said unsure later. Every judgement has a grade here or is counted in one of `LEFT_OUT`.
    """
    grades: dict[str, dict[str, int]] = {}
    left_out = dict.fromkeys(LEFT_OUT, 0)
    stands = judging.standing(judged)
    for (need, supplier), answers in stands.items():
        counts = judging.counting(answers)
        if counts is not None and counts.grade is not None and need in needs and supplier in suppliers:
            grades.setdefault(need, {})[supplier] = counts.grade
    for one in judged:
        answers = stands[one.need_id, one.supplier_id]
        if one.grade is None:
            left_out["unsure"] += 1
        elif one.need_id not in needs:
            left_out["unknown_need"] += 1
        elif one.supplier_id not in suppliers:
            left_out["unknown_supplier"] += 1
        elif answers[judging.reviewer_key(one.judged_by)].grade is None:
            left_out["withdrawn"] += 1
        elif one is not judging.counting(answers):
            left_out["judged_again_later"] += 1
    return grades, left_out


@lru_cache(maxsize=1)
def _unsure() -> frozenset[str]:
    """Folded words that a reviewer may type for "unsure"."""
    return frozenset(fold(row["text"]) for row in data.rows("review/answers.csv") if row["answer"] == "unsure")


def _judgement(record: Record, grade: int | None) -> Judgement:
    need_id, supplier_id, reason, missing, judged_by, judged_on = (
        record.get(f) for f in ("need_id", "supplier_id", "reason", "missing", "judged_by", "judged_on")
    )
    return Judgement(need_id, supplier_id, grade, reason, missing, judged_by, judged_on)


def _problem(record: Record, code: str, message: str, action: str) -> Problem:
    return Problem(
        record.ref.file, record.ref.sheet, record.ref.row, "grade", code, "set_aside", message, action,
        record.get("grade")[:200],
    )  # fmt: skip
