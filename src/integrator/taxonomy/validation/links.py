"""Links: what they tie, and that those which hold both ways, or never both ways, do so."""

from __future__ import annotations

from collections.abc import Iterator

from integrator.errors import Problem
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.concepts import lineage
from integrator.taxonomy.validation.faults import fault as _fault

FILE = "links.csv"
_ANY_ONE = ("same", "same")
RELATIONS = {
    "made_by": ("component", "process"), "made_of": ("component", "material"), "works": ("process", "material"),
    "includes": ("process", "process"),
    "supersedes": ("certification", "certification"), "superseded_by": ("certification", "certification"),
    "part_of": ("component", "component"), "input_of": ("component", "component"), "sibling": _ANY_ONE,
    "unlike": _ANY_ONE,
}  # fmt: skip
"""Relation -> the kinds it ties; `same` stands for any two of one kind."""
BOTH_WAYS = {"sibling": "sibling", "unlike": "unlike", "supersedes": "superseded_by", "superseded_by": "supersedes"}
"""Relation -> the one that must lead back."""
NEVER_BOTH = ("part_of", "input_of")
Pair = tuple[str, str]


def link_faults(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Links from or to nothing, of unknown relations or wrong kinds, to oneself, one-sided, contradictory, circular."""
    pairs: dict[str, set[Pair]] = {relation: set() for relation in RELATIONS}
    for (source, relation), targets in taxonomy.links.items():
        if source not in taxonomy.concepts:
            yield _fault(FILE, source, "concept", "link from no concept")
        elif relation != "hs" and relation not in RELATIONS:
            yield _fault(FILE, source, "relation", f"unknown relation {relation!r}")
        elif relation != "hs":
            yield from _target_faults(taxonomy, source, relation, targets)
            pairs[relation] |= {(source, target) for target in targets if target in taxonomy.concepts}
    yield from _one_sided(pairs)
    yield from _contradictions(taxonomy, pairs)
    yield from _circles(pairs["part_of"])


def _target_faults(taxonomy: Taxonomy, source: str, relation: str, targets: tuple[str, ...]) -> Iterator[Problem]:
    for target in targets:
        if target not in taxonomy.concepts:
            yield _fault(FILE, source, "target", f"no concept {target!r}")
            continue
        kinds = (taxonomy.kind(source), taxonomy.kind(target))
        fits = kinds[0] == kinds[1] if RELATIONS[relation] == _ANY_ONE else kinds == RELATIONS[relation]
        if not fits or source == target:
            yield _fault(FILE, source, "kinds", f"{relation} cannot tie it to {target!r}")


def _one_sided(pairs: dict[str, set[Pair]]) -> Iterator[Problem]:
    for relation, back in BOTH_WAYS.items():
        for source, target in sorted(pairs[relation]):
            if (target, source) not in pairs[back]:
                yield _fault(FILE, source, "one_sided", f"{relation} {target}, but {target} is not {back} of it")
    for relation in NEVER_BOTH:
        for source, target in sorted(pairs[relation]):
            if source < target and (target, source) in pairs[relation]:
                yield _fault(FILE, source, "both_ways", f"{relation} {target}, and {target} {relation} it")


def _contradictions(taxonomy: Taxonomy, pairs: dict[str, set[Pair]]) -> Iterator[Problem]:
    """A part is no sibling of its whole, a family none of its members, and look-alikes are neither."""
    parts = {frozenset(pair) for pair in pairs["part_of"]}
    inputs = {frozenset(pair) for pair in pairs["input_of"]}
    for relation in ("sibling", "unlike"):
        for source, target in sorted(pairs[relation]):
            if target in lineage(taxonomy, source)[0]:
                yield _fault(FILE, source, "contradiction", f"{relation} {target}, which is its wider family")
    for source, target in sorted(pairs["sibling"]):
        if frozenset((source, target)) in parts:
            yield _fault(FILE, source, "contradiction", f"sibling of {target} and part of the same")
        if (source, target) in pairs["unlike"]:
            yield _fault(FILE, source, "contradiction", f"sibling of {target} and unlike it")
    for source, target in sorted(pairs["part_of"]):
        if frozenset((source, target)) in inputs:
            yield _fault(FILE, source, "contradiction", f"part_of and input_of {target}: one of the two")


def _circles(part_of: set[Pair]) -> Iterator[Problem]:
    wholes: dict[str, list[str]] = {}
    for part, whole in sorted(part_of):
        wholes.setdefault(part, []).append(whole)
    for part in wholes:
        seen: set[str] = set()
        waiting = list(wholes[part])
        while waiting:
            whole = waiting.pop()
            if whole not in seen:
                seen.add(whole)
                waiting += wholes.get(whole, [])
        if part in seen:
            yield _fault(FILE, part, "part_cycle", "it is a part of itself by its wholes")
