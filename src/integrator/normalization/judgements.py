"""Judgement records -> judgements; a grade that is none is set aside with its cell."""

from __future__ import annotations

from collections.abc import Sequence, Set

from integrator.errors import Problem
from integrator.records import Judgement, Record
from integrator.text.fold import fold

GRADES = {str(grade): grade for grade in range(5)}
UNSURE = {"unsure", "incertain", "incertaine", "غير متاكد"}
LEFT_OUT = ("unsure", "unknown_need", "unknown_supplier", "judged_again_later")
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
        if text not in GRADES and fold(text) not in UNSURE:
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
    """The latest grade of each judged pair (need id -> supplier id -> grade), and the judgements left out by reason.

    The latest by day, then by name of the judge; of those equal in both the last given counts. Every judgement has a
    grade here or is counted in one of `LEFT_OUT`.
    """
    grades: dict[str, dict[str, int]] = {}
    left_out = dict.fromkeys(LEFT_OUT, 0)
    for one in sorted(judged, key=lambda j: (j.judged_on, j.need_id, j.supplier_id, j.judged_by)):
        if one.grade is None:
            left_out["unsure"] += 1
        elif one.need_id not in needs:
            left_out["unknown_need"] += 1
        elif one.supplier_id not in suppliers:
            left_out["unknown_supplier"] += 1
        else:
            row = grades.setdefault(one.need_id, {})
            left_out["judged_again_later"] += one.supplier_id in row
            row[one.supplier_id] = one.grade
    return grades, left_out


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
