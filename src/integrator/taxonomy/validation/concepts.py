"""Concepts: their ids, kinds and families."""

from __future__ import annotations

import re
from collections.abc import Iterator

from integrator.errors import Problem
from integrator.taxonomy.entries import Concept
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.faults import fault as _fault

FILE = "concepts.csv"
PREFIX = {"component": "C", "process": "P", "material": "M", "certification": "K"}
"""Kind -> first letter of its ids."""
KINDS = tuple(PREFIX)
OWN = "X-"
"""How the ids of a project's own concepts begin; no shipped one does."""
STATUSES = ("draft", "reviewed")
DEEPEST = 6
"""Families above a concept, at most: a deeper tree is one whose steps nobody can review."""
_ID = re.compile(r"([CPMK])-[A-Z0-9]{1,10}")


def concept_faults(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Ids of the wrong shape, unknown kinds and statuses, families that do not exist or lead nowhere; systems."""
    for concept in taxonomy.concepts.values():
        yield from _own_faults(concept)
        yield from _family_faults(taxonomy, concept)
    for system in sorted(taxonomy.systems):
        if system not in taxonomy.concepts or taxonomy.kind(system) != "component":
            yield _fault("systems.csv", system, "system", f"{system!r} is no part or family of parts")


def _own_faults(concept: Concept) -> Iterator[Problem]:
    if concept.kind not in PREFIX:
        yield _fault(FILE, concept.id, "kind", f"unknown kind {concept.kind!r}")
    shape = _ID.fullmatch(concept.id)
    if shape is None or shape[1] != PREFIX.get(concept.kind, shape[1]):
        wanted = f"{PREFIX.get(concept.kind, 'C')}- and up to ten capital letters or digits"
        yield _fault(FILE, concept.id, "id_form", f"the id of a {concept.kind} is {wanted}")
    if concept.status not in STATUSES:
        yield _fault(FILE, concept.id, "status_word", f"unknown status {concept.status!r}")


def _family_faults(taxonomy: Taxonomy, concept: Concept) -> Iterator[Problem]:
    broader = taxonomy.concepts.get(concept.broader)
    if concept.broader and broader is None:
        yield _fault(FILE, concept.id, "broader", f"no concept {concept.broader!r}")
    elif broader is not None and broader.kind != concept.kind:
        yield _fault(FILE, concept.id, "broader", f"{broader.id!r} is of another kind")
    above, circle = lineage(taxonomy, concept.id)
    if circle:
        yield _fault(FILE, concept.id, "cycle", "its wider families lead back to themselves")
    elif len(above) > DEEPEST:
        yield _fault(FILE, concept.id, "depth", f"{len(above)} families stand above it, not {DEEPEST} or less")


def lineage(taxonomy: Taxonomy, concept: str) -> tuple[tuple[str, ...], bool]:
    """The families above a concept that exist, nearest first, and whether they end in a circle."""
    above: list[str] = []
    current = taxonomy.concepts[concept].broader
    while current in taxonomy.concepts:
        if current == concept or current in above:
            return tuple(above), True
        above.append(current)
        current = taxonomy.concepts[current].broader
    return tuple(above), False
