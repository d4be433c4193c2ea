"""Which answer of whom counts: one rule for training, sheets and the state of a review."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any

from integrator.records import Judgement
from integrator.text.fold import fold

Pair = tuple[str, str]
"""Need id and supplier id."""


def reviewer_key(name: str) -> str:
    """What tells two reviewers apart: case, accents and punctuation do not; "" stands for whoever gave no name."""
    return fold(name)


def reviewer_labels(judged: Iterable[Judgement]) -> dict[str, str]:
    """`R1`, `R2`, ... by the key of each reviewer, in order of appearance; whoever gave no name is `R?`."""
    keys = dict.fromkeys(key for one in judged if (key := reviewer_key(one.judged_by)))
    return {key: f"R{number}" for number, key in enumerate(keys, start=1)} | {"": "R?"}


def together(files: Sequence[Judgement], reviews: Sequence[Judgement]) -> list[Judgement]:
    """Judgements of the files of a job, then those of reviews; what stands in both word for word is that of reviews."""
    known = set(reviews)
    return [*(one for one in dict.fromkeys(files) if one not in known), *reviews]


def standing(judged: Iterable[Judgement]) -> dict[Pair, dict[str, Judgement]]:
    """The latest answer of each reviewer on each pair, unsure included; the answers of a pair in order of time.

    The latest by day (see `Judgement.day`); of one day the last given. Whoever says unsure later withdraws the grade
    that he gave, and nobody else's. Two reviewers of one day stand in order of their names.
    """
    found: dict[Pair, dict[str, Judgement]] = {}
    for one in sorted(judged, key=lambda j: (j.day, j.need_id, j.supplier_id, reviewer_key(j.judged_by))):
        answers = found.setdefault((one.need_id, one.supplier_id), {})
        answers.pop(reviewer_key(one.judged_by), None)
        answers[reviewer_key(one.judged_by)] = one
    return found


def counting(answers: Mapping[str, Judgement]) -> Judgement | None:
    """Of the standing answers of one pair the one whose grade counts: the latest with a grade; None without any."""
    graded = [one for one in answers.values() if one.grade is not None]
    return graded[-1] if graded else None


def disagree(answers: Mapping[str, Judgement]) -> bool:
    """Whether standing answers of one pair hold two grades, or a yes and a no. Unsure contradicts nobody."""
    grades = {one.grade for one in answers.values() if one.grade is not None}
    decisions = {one.decision for one in answers.values()}
    return len(grades) > 1 or {"yes", "no"} <= decisions


def settled(judged: Iterable[Judgement], reviewer: str = "") -> Collection[Pair]:
    """Pairs that need not be asked about again.

    Without a `reviewer`: those with a grade, unless answers disagree (unsure is no grade). With one: those on which
    this reviewer has answered, whatever others said, so that a second opinion can be asked for.
    """
    answers = standing(judged)
    if reviewer:
        return {pair for pair, by in answers.items() if reviewer_key(reviewer) in by}
    return {pair for pair, by in answers.items() if counting(by) and not disagree(by)}


def told(row: Mapping[Any, Any], words: Callable[..., str]) -> str:
    """One row of `tables.DECISIONS` for readers: grade, decision, who by number, day and reason, as far as given.

    `words` gives texts by key, see `wording.Wording`.
    """
    grade = row["grade"]
    said = [words("reviewed.grade", grade=int(grade))] if isinstance(grade, Integral) else []
    said += [words(f"reviewed.{row['decision']}")] if row["decision"] else []
    by = str(row["judged_by"]).removeprefix("R")
    who = words("reviewed.who", number=by) if by.isdigit() else words("reviewed.nobody")
    comma = words("reviewed.comma") + " "
    named = comma.join(filter(None, [who, row["judged_on"]]))
    answer = words("reviewed.answer", answer=comma.join(said), who=named)
    return f"{answer} – {row['reason']}" if row["reason"] else answer
