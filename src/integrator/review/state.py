"""How far a review is, and how far its reviewers agree."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from integrator import judging
from integrator.judging import Pair
from integrator.metrics import quadratic_kappa
from integrator.records import AskedPair, Judgement

Answers = Mapping[Pair, Mapping[str, Judgement]]


@dataclass(frozen=True)
class Progress:
    """Of one need, of one reviewer or of all."""

    name: str
    """Need id, name of the reviewer ("" = not named), or "all"."""
    label: str
    """What sheets call a reviewer, "" for a need."""
    asked: int
    """Pairs that workbooks asked about; of a reviewer those of workbooks made for this person."""
    answered: int
    """Pairs with a standing answer, asked or not."""
    unsure: int
    """Of the answered ones those without a grade."""
    left: int
    """Asked and not answered."""


@dataclass(frozen=True)
class Agreement:
    """Of two reviewers on the pairs that both graded."""

    first: str
    second: str
    common: int
    kappa: float | None
    """Quadratic weighted kappa; None where it is not defined."""


@dataclass(frozen=True)
class State:
    """What `review status` says."""

    decisions: int
    """All in the store, replaced ones included."""
    unsure: int
    total: Progress
    reviewers: tuple[Progress, ...]
    needs: tuple[Progress, ...]
    agreements: tuple[Agreement, ...]
    common: int
    """Pairs graded by two reviewers or more."""
    kappa: float | None
    """Mean over any two reviewers, each as often as they have pairs in common; None where none is defined."""
    disagreements: tuple[tuple[Judgement, ...], ...]
    """The standing answers of each pair on which they contradict each other."""
    labels: Mapping[str, str]
    """What sheets call a reviewer, by `judging.reviewer_key`."""


def state(asked: Sequence[AskedPair], judged: Sequence[Judgement]) -> State:
    """The state of a review from what was asked and what was answered, both in the order given."""
    answers = judging.standing(judged)
    labels = judging.reviewer_labels(judged)
    names = {judging.reviewer_key(one.judged_by): one.judged_by.strip() for one in reversed(judged)}
    keys = [key for key in labels if key in names]
    for one in asked:  # who has a workbook and has sent nothing back
        key = judging.reviewer_key(one.reviewer)
        if key and key not in names:
            names[key] = one.reviewer
            keys.append(key)
    pairs = {(one.need_id, one.supplier_id) for one in asked}
    needs = sorted({need for need, _ in (*pairs, *answers)})
    agreements = _agreements(answers, keys, names)
    return State(
        decisions=len(judged),
        unsure=sum(one.grade is None for one in judged),
        total=_progress("all", "", pairs, answers),
        reviewers=tuple(_of_reviewer(key, names[key], labels.get(key, ""), asked, answers) for key in keys),
        needs=tuple(_of_need(need, pairs, answers) for need in needs),
        agreements=agreements,
        common=sum(_graded(by) >= 2 for by in answers.values()),
        kappa=_overall(agreements),
        disagreements=tuple(tuple(by.values()) for _, by in sorted(answers.items()) if judging.disagree(by)),
        labels=labels,
    )


def _progress(name: str, label: str, pairs: Iterable[Pair], answers: Answers) -> Progress:
    asked = set(pairs)
    unsure = sum(not _graded(by) for by in answers.values())
    return Progress(name, label, len(asked), len(answers), unsure, len(asked - set(answers)))


def _of_reviewer(key: str, name: str, label: str, asked: Sequence[AskedPair], answers: Answers) -> Progress:
    own = {pair: {key: by[key]} for pair, by in answers.items() if key in by}
    pairs = {(one.need_id, one.supplier_id) for one in asked if key and judging.reviewer_key(one.reviewer) == key}
    return _progress(name, label, pairs, own)


def _of_need(need: str, pairs: Iterable[Pair], answers: Answers) -> Progress:
    own = {pair: by for pair, by in answers.items() if pair[0] == need}
    return _progress(need, "", (pair for pair in pairs if pair[0] == need), own)


def _graded(by: Mapping[str, Judgement]) -> int:
    return sum(one.grade is not None for one in by.values())


def _agreements(answers: Answers, keys: Sequence[str], names: Mapping[str, str]) -> tuple[Agreement, ...]:
    """Any two reviewers who graded a pair in common, in their order."""
    found = []
    for first, second in combinations(keys, 2):
        both = [(by[first].grade, by[second].grade) for by in answers.values() if first in by and second in by]
        common = [(one, other) for one, other in both if one is not None and other is not None]
        if common:
            kappa = quadratic_kappa([one for one, _ in common], [other for _, other in common])
            found.append(
                Agreement(names[first], names[second], len(common), None if math.isnan(kappa) else round(kappa, 4))
            )
    return tuple(found)


def _overall(agreements: Iterable[Agreement]) -> float | None:
    known = [(one.kappa, one.common) for one in agreements if one.kappa is not None]
    total = sum(common for _, common in known)
    return round(sum(kappa * common for kappa, common in known) / total, 4) if total else None


def state_data(found: State) -> dict[str, Any]:
    """The state as plain data for `--json`."""
    return {
        "decisions": found.decisions, "unsure": found.unsure, "progress": asdict(found.total),
        "reviewers": [asdict(one) for one in found.reviewers], "needs": [asdict(one) for one in found.needs],
        "agreement": {"common": found.common, "kappa": found.kappa, "pairs": [asdict(one) for one in found.agreements]},
        "disagreements": [
            {
                "need_id": answers[0].need_id, "supplier_id": answers[0].supplier_id,
                "answers": [
                    {"judged_by": one.judged_by, "grade": one.grade, "decision": one.decision, "judged_on": one.day,
                     "reason": one.reason, "run": one.run}
                    for one in answers
                ],
            }
            for answers in found.disagreements
        ],
    }  # fmt: skip


def state_text(found: State) -> str:
    """The state as lines to read; names are told here and nowhere else."""
    total = found.total
    lines = [
        f"{found.decisions} decisions in the store, {found.unsure} of them unsure",
        f"{total.asked} pairs asked, {total.answered} answered ({total.unsure} with unsure alone), {total.left} left",
    ]
    lines += [f"  reviewer {_called(one)}: {_counts(one)}" for one in found.reviewers]
    open_needs = [one for one in found.needs if one.left]
    done = len(found.needs) - len(open_needs)
    if found.needs:
        lines.append(f"needs: {done} of {len(found.needs)} without a pair left")
    lines += [f"  need {one.name}: {_counts(one)}" for one in open_needs]
    lines += _agreement_lines(found)
    return "\n".join(lines)


def _called(one: Progress) -> str:
    return f"{one.name or 'not named'}{f' ({one.label})' if one.label else ''}"


def _counts(one: Progress) -> str:
    return f"{one.asked} asked, {one.answered} answered, {one.left} left"


def _agreement_lines(found: State) -> list[str]:
    if not found.agreements:
        return ["agreement: not known, no pair was graded by two reviewers"]
    lines = [f"agreement (quadratic weighted kappa): {_kappa(found.kappa)} on {found.common} pairs in common"]
    lines += [
        f"  {one.first or 'not named'} / {one.second or 'not named'}: {_kappa(one.kappa)} on {one.common}"
        for one in found.agreements
    ]
    if found.disagreements:
        lines.append(f"pairs on which reviewers disagree: {len(found.disagreements)}")
    for answers in found.disagreements:
        lines.append(f"  {answers[0].need_id} {answers[0].supplier_id}")
        lines += [f"    {_answer(one)}" for one in answers]
    return lines


def _kappa(value: float | None) -> str:
    return "not defined (one and the same grade throughout)" if value is None else f"{value:.2f}"


def _answer(one: Judgement) -> str:
    said = ", ".join(
        filter(
            None, ["" if one.grade is None else str(one.grade), one.decision or ("unsure" if one.grade is None else "")]
        )
    )
    tail = f" - {one.reason}" if one.reason else ""
    return f"{said} by {one.judged_by or 'not named'}{f' on {one.day}' if one.day else ''}{tail}"
