"""What people said of pairs, as a table that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from integrator import judging, tables
from integrator.errors import without_contacts
from integrator.records import Judgement


def decisions_table(files: Sequence[Judgement], reviews: Sequence[Judgement]) -> pd.DataFrame:
    """Judgements of the files of a job and of imported reviews as `tables.DECISIONS`.

    A person appears as R1, R2, ... in the order in which the reviews name them, those of files last: a later review
    leaves the numbers of earlier reviewers as they are. Reasons lose telephone numbers and e-mail addresses.
    """
    given = judging.together(files, reviews)
    names = judging.reviewer_labels([*reviews, *given])
    stands = judging.standing(given)
    rows: list[dict[str, Any]] = []
    number: dict[judging.Pair, int] = {}
    brought = {id(one) for one in reviews}
    for one in given:
        pair = (one.need_id, one.supplier_id)
        number[pair] = number.get(pair, 0) + 1
        answers = stands[pair]
        key = judging.reviewer_key(one.judged_by)
        is_standing = answers[key] is one
        rows.append(
            {
                "need_id": one.need_id, "supplier_id": one.supplier_id, "number": number[pair], "grade": one.grade,
                "decision": one.decision or ("unsure" if one.grade is None else ""),
                "reason": without_contacts(one.reason), "judged_by": names[key], "judged_on": one.day,
                "run": one.run, "source": "review" if id(one) in brought else "file",
                "standing": _flag(is_standing), "counts": _flag(judging.counting(answers) is one),
                "disagreement": _flag(is_standing and judging.disagree(answers)),
            }
        )  # fmt: skip
    return tables.frame(tables.DECISIONS, rows)


def _flag(value: bool) -> str:
    return "yes" if value else "no"
