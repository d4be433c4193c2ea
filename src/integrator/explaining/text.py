"""An explanation as text for a terminal, and as plain data."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from integrator.wording import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from integrator.explaining.parts import Comparison, Contribution, Counterfactual, Difference, Explanation

SMALL = 0.005
"""Points below this, that two decimals do not show, are summed in one line."""
LEARNED_SMALL = 0.25
"""Points outside the scorecard below this are summed: there are dozens of them, all in `--json`."""
MAIN_PARTS = 3
"""Features named in the sentence about two actors."""


def explanation_data(explanation: Explanation) -> dict[str, Any]:
    """The parts as plain data; what is not known is None."""
    return dataclasses.asdict(explanation)


def explanation_text(explanation: Explanation) -> str:
    """The whole explanation, in its language."""
    words = wording(explanation.language)
    lines = [
        *_head(explanation, words),
        *_table(explanation, words),
        *(_comparison(explanation, explanation.against, words) if explanation.against else ()),
        *_counterfactuals(explanation, words),
    ]
    return "\n".join(lines)


def difference_sentence(explanation: Explanation, other: Comparison) -> str:
    """In one sentence, what separates the actor from another one."""
    words = wording(explanation.language)
    gap = other.difference
    beyond = "tied" if not gap else "above" if gap > 0 else "below"
    said = words(
        f"explain.{beyond}", name=explanation.name, other=other.name, other_rank=_ordinal(other.rank, words),
        points=words.number(abs(gap), 2),
    )  # fmt: skip
    for_it = [part for part in other.parts if part.points * (gap or 1) > 0 and abs(part.points) >= SMALL]
    against = [part for part in other.parts if part.points * (gap or 1) < 0 and abs(part.points) >= SMALL]
    mainly = [words("explain.mainly", parts=_listed(for_it[:MAIN_PARTS], words))] if for_it else []
    despite = words("explain.despite", parts=_listed(against[:MAIN_PARTS], words)) if against else ""
    return words.joined((words.listed([said, *mainly]), despite)) + "."


def _head(explanation: Explanation, words: Wording) -> Iterable[str]:
    yield words(
        "explain.title", need=f"{explanation.need_id} {explanation.component}".strip(),
        supplier=f"{explanation.supplier_id} {explanation.name}".strip(), rank=explanation.rank,
        compared=explanation.compared, score=f"{explanation.score:.2f}", grade=explanation.grade,
        basis=explanation.grade_basis,
    )  # fmt: skip
    if explanation.probability is not None:
        yield words("explain.probability", percent=round(100 * explanation.probability))
    if explanation.conflict:
        yield words("explain.conflict", text=explanation.conflict)
    for key, texts in (
        ("reasons", explanation.reasons), ("gaps", explanation.gaps), ("questions", explanation.questions),
    ):  # fmt: skip
        yield f"{words(f'explain.{key}')} {' ; '.join(texts) or words('explain.none')}"
    if explanation.beside:
        yield f"{words('explain.beside')} {difference_sentence(explanation, explanation.beside)}"
    yield ""


def _table(explanation: Explanation, words: Wording) -> Iterable[str]:
    criteria = [one for one in explanation.contributions if one.weight is not None]
    yield f"{'criterion':20} {'state':8} {'points':>7} / {'weight':>6}"
    small = [one for one in criteria if abs(one.points) < SMALL]
    for one in criteria:
        if abs(one.points) >= SMALL:
            yield from _line(one)
    if small:
        label = words("explain.small", count=len(small))
        yield f"{'...':20} {'':8} {_unsigned_zero(sum(one.points for one in small)):7.2f}    {'':6}  {label}"
        for one in small:
            yield f"    {one.feature:16} {one.state or '-':8}  {one.name}"
    beside = [one for one in explanation.contributions if one.weight is None]
    yield from _learned(beside, words)
    yield f"{words('explain.total'):20} {'':8} {explanation.score:7.2f}"
    yield words("explain.note")
    if beside:
        yield words("explain.learned.note")


def _learned(beside: Sequence[Contribution | Difference], words: Wording) -> Iterable[str]:
    """What a trained ranker gives for features outside the scorecard, those that hardly count in one line."""
    if not beside:
        return
    yield words("explain.learned", points=words.number(sum(one.points for one in beside), 2))
    shown = [one for one in beside if abs(one.points) >= LEARNED_SMALL]
    for one in shown:
        yield f"    {one.points:+7.2f}  {one.name}  ({one.feature})"
    yield from _rest([one for one in beside if abs(one.points) < LEARNED_SMALL], "explain.learned.small", words)


def _rest(parts: Sequence[Contribution | Difference], key: str, words: Wording) -> Iterable[str]:
    """Those that are too small to be named, summed in one line."""
    if parts:
        yield f"    {_unsigned_zero(sum(part.points for part in parts)):+7.2f}  {words(key, count=len(parts))}"


def _line(one: Contribution) -> Iterable[str]:
    weight = "-" if one.weight is None else f"{one.weight:.1f}"
    yield f"{one.feature:20} {one.state or '-':8} {one.points:7.2f} / {weight:>6}  {one.name}"
    for side, value, cell in (
        ("need", one.need_value, one.need_cell), ("supplier", one.supplier_value, one.supplier_cell),
    ):  # fmt: skip
        if value:
            yield f"    {side:8} {one_line(value)}  <{cell}>"


def _comparison(explanation: Explanation, other: Comparison, words: Wording) -> Iterable[str]:
    yield ""
    yield difference_sentence(explanation, other)
    criteria = [part for part in other.parts if part.state]
    for part in criteria:
        if abs(part.points) >= SMALL:
            values = f"« {one_line(part.value) or '–'} » / « {one_line(part.other_value) or '–'} »"
            yield f"    {part.points:+7.2f}  {part.name}: {part.state} / {part.other_state}  {values}"
    yield from _rest([part for part in criteria if abs(part.points) < SMALL], "explain.small", words)
    yield from _learned([part for part in other.parts if not part.state], words)
    yield f"    {other.difference:+7.2f}  {words('explain.difference')}"


def _counterfactuals(explanation: Explanation, words: Wording) -> Iterable[str]:
    yield ""
    yield words("explain.what_if")
    if not explanation.counterfactuals:
        yield f"    {words('explain.what_if.first' if explanation.rank == 1 else 'explain.what_if.none')}"
    for one in explanation.counterfactuals:
        yield f"    {counterfactual_sentence(explanation, one)}"


def counterfactual_sentence(explanation: Explanation, one: Counterfactual) -> str:
    """In one sentence, what the actor could state or change and where it would stand then."""
    words = wording(explanation.language)
    key = "explain.what_if.asked" if one.is_question else "explain.what_if.done"
    return words(
        key, text=one.text, before=_ordinal(explanation.rank, words), after=_ordinal(one.rank, words),
        points=words.number(one.gain, 2),
    )  # fmt: skip


def _listed(parts: Sequence[Difference], words: Wording) -> str:
    return words.listed(
        f"{part.name} ({'+' if part.points > 0 else '-'}{words.number(abs(part.points), 2)})" for part in parts
    )


def _ordinal(number: int, words: Wording) -> str:
    last = "n" if number % 100 in (11, 12, 13) else str(number % 10)
    key = "1" if number == 1 else f"{last}x"
    return words.known(f"explain.ordinal.{key}", words("explain.ordinal.n")).format(n=number)


def one_line(value: str) -> str:
    """A value of a cell with its lines in one; what is no visible character is left out."""
    lines = " ; ".join(filter(None, (line.strip() for line in value.splitlines())))
    return "".join(character for character in lines if character.isprintable())


def _unsigned_zero(value: float) -> float:
    return value if abs(value) >= SMALL else 0.0
