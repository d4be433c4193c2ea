"""The next upstream step: what a localised part still buys abroad becomes a need of its own, to a set depth.

Of the inputs of a part the largest imported one is next, if their values are known (a bill of materials). The lexicon
knows inputs but no values: then none is the largest and all are proposed, marked as coming from the lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from integrator.valuation.bounds import total
from integrator.valuation.figures import Range
from integrator.valuation.sourced import lineage

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

Basis = Literal["bom", "lexicon"]
_RELATIONS = ("input_of", "part_of")


@dataclass(frozen=True)
class PartInput:
    """One input of a part: a line of a bill of materials, or a relation of the lexicon."""

    name: str
    """Concept id, or the name of the line."""
    is_imported: bool | None
    """None = not known: kept as a candidate."""
    value: Range | None
    """What is imported of it, in one unit for all inputs of a part; None = not known."""
    unit: str
    basis: Basis
    source: str = ""
    """Cell of the line, or the relation."""


@dataclass(frozen=True)
class DerivedNeed:
    """A need that follows from the localisation of another part; never one that a buyer stated."""

    root: str
    """The localised part it follows from in the end."""
    path: tuple[str, ...]
    """From the root to this input, both included."""
    value: Range | None
    unit: str
    basis: Basis
    source: str
    rivals: tuple[str, ...]
    """Inputs that may be larger: their intervals overlap, or their values are not known."""

    @property
    def name(self) -> str:
        """The input to make next."""
        return self.path[-1]

    @property
    def depth(self) -> int:
        """Steps from the root: 1 for its own inputs."""
        return len(self.path) - 1


def next_steps(
    root: str, inputs_of: Callable[[str], Sequence[PartInput]], depth: int, local: Container[str] = frozenset()
) -> tuple[DerivedNeed, ...]:
    """The derived needs of a localised part, by depth, then by path.

    `inputs_of` gives the inputs of a part (`bom_inputs`, `lexicon_inputs`), `local` names what is made locally already:
    it is no need, nor is an input known not to be imported. A part that several ways lead to is listed at the first of
    them only, so cycles end. Raises ValueError for a depth below 0 or inputs in several units.
    """
    if depth < 0:
        raise ValueError(f"the depth cannot be negative: {depth}")
    found: list[DerivedNeed] = []
    seen: set[str] = {root}
    level: list[tuple[str, ...]] = [(root,)]
    for _ in range(depth):
        steps = [step for path in level for step in _steps(root, path, inputs_of(path[-1]), seen, local)]
        fresh = {step.name: step for step in sorted(steps, key=lambda step: step.path, reverse=True)}
        level = sorted(step.path for step in fresh.values())
        found += sorted(fresh.values(), key=lambda step: step.path)
        seen |= set(fresh)
    return tuple(found)


def bom_inputs(lines: Iterable[tuple[str, PartInput]]) -> Callable[[str], Sequence[PartInput]]:
    """Inputs from a bill of materials, given as (part, its input); lines of one input of one part are added up."""
    by_part: dict[str, dict[str, list[PartInput]]] = {}
    for part, line in lines:
        by_part.setdefault(part, {}).setdefault(line.name, []).append(line)
    summed = {part: [_sum(same) for same in by_name.values()] for part, by_name in by_part.items()}
    return lambda part: summed.get(part, ())


def lexicon_inputs(lexicon: Taxonomy) -> Callable[[str], Sequence[PartInput]]:
    """Inputs by the relations `input_of` and `part_of`, of the part itself, else of its nearest family that has any.

    A family that the part is an input of (a cavity plug, of the connectors it is filed under) does not lend its own.
    Whether they are imported and what they are worth is not known.
    """
    sources: dict[str, dict[str, str]] = {}
    for relation in _RELATIONS:
        for concept in sorted(lexicon.concepts):
            for target in lexicon.linked(concept, relation):
                sources.setdefault(target, {}).setdefault(concept, f"{relation} {target}")

    def inputs(part: str) -> Sequence[PartInput]:
        chain = lineage(lexicon, part)
        nearest = next((sources[one] for one in chain if one in sources and part not in sources[one]), {})
        return [
            PartInput(name, None, None, "", "lexicon", source)
            for name, source in sorted(nearest.items())
            if name not in chain
        ]

    return inputs


def _steps(
    root: str, path: tuple[str, ...], inputs: Sequence[PartInput], seen: Container[str], local: Container[str]
) -> list[DerivedNeed]:
    """The largest known input, or all of them when no value is known."""
    open_ = sorted(
        (one for one in inputs if one.is_imported is not False and one.name not in local and one.name not in seen),
        key=lambda one: one.name,
    )
    valued = [(one, one.value) for one in open_ if one.value is not None and one.value.high > 0]
    if len({one.unit for one, _ in valued}) > 1:
        raise ValueError(f"the inputs of {path[-1]} are valued in several units: {sorted({o.unit for o, _ in valued})}")
    if not valued:
        return [_need(root, path, one, ()) for one in open_ if one.value is None]
    largest, value = max(valued, key=lambda pair: (_middle(pair[1]), pair[1].high))
    rivals = [one.name for one, other in valued if one is not largest and other.high > value.low]
    rivals += [one.name for one in open_ if one.value is None]
    return [_need(root, path, largest, tuple(sorted(rivals)))]


def _need(root: str, path: tuple[str, ...], one: PartInput, rivals: tuple[str, ...]) -> DerivedNeed:
    return DerivedNeed(root, (*path, one.name), one.value, one.unit, one.basis, one.source, rivals)


def _middle(value: Range) -> float:
    return (value.low + value.high) / 2 if value.point is None else value.point


def _sum(same: Sequence[PartInput]) -> PartInput:
    """One input of several lines; imported if any is, not known if none is but one may be.

    Lines known not to be imported do not count in its value then.
    """
    abroad = [one for one in same if one.is_imported is not False]
    same = abroad or same
    units = {one.unit for one in same if one.value is not None}
    if len(units) > 1:
        raise ValueError(f"the lines of {same[0].name} are valued in several units: {sorted(units)}")
    values = [one.value for one in same if one.value is not None]
    flags = {one.is_imported for one in same}
    return PartInput(
        same[0].name,
        True if True in flags else None if None in flags else False,
        total(values) if len(values) == len(same) else None,
        next(iter(units), same[0].unit),
        same[0].basis,
        "; ".join(sorted({one.source for one in same if one.source})),
    )
