"""Faults of a lexicon, each as one problem an analyst can mend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from integrator import data
from integrator.errors import Problem
from integrator.taxonomy.model import Taxonomy
from integrator.text.fold import fold

KINDS = ("component", "process", "material", "certification")
LANGUAGES = ("fr", "en", "ar")
"""Every concept has a preferred label in each."""
FURTHER_LANGUAGES = ("es", "de")
TYPES = ("pref", "alt", "abbr", "hidden")
OWN = "X-"
"""How the ids of a project's own concepts begin; no shipped one does."""
RELATIONS = {
    "made_by": ("component", "process"), "made_of": ("component", "material"), "works": ("process", "material"),
    "supersedes": ("certification", "certification"), "superseded_by": ("certification", "certification"),
    "part_of": ("component", "component"), "sibling": ("component", "component"),
}  # fmt: skip
_HS = re.compile(r"\d{4}(\.\d{2})?")


def validate(taxonomy: Taxonomy) -> list[Problem]:
    """Every fault found, sorted; an empty list means the lexicon is sound."""
    return sorted([*_concepts(taxonomy), *_labels(taxonomy), *_links(taxonomy)])


def _concepts(taxonomy: Taxonomy) -> Iterator[Problem]:
    listed = [row["id"] for row in data.rows("taxonomy/concepts.csv")]
    for identifier in sorted({one for one in listed if listed.count(one) > 1}):
        yield _fault("concepts.csv", identifier, "id_twice", "the id stands twice")
    for concept in taxonomy.concepts.values():
        if concept.id.startswith(OWN):
            yield _fault("concepts.csv", concept.id, "own_id", f"ids that begin with {OWN} are those of projects")
        if concept.kind not in KINDS:
            yield _fault("concepts.csv", concept.id, "kind", f"unknown kind {concept.kind!r}")
        broader = taxonomy.concepts.get(concept.broader)
        if concept.broader and broader is None:
            yield _fault("concepts.csv", concept.id, "broader", f"no concept {concept.broader!r}")
        elif broader is not None and broader.kind != concept.kind:
            yield _fault("concepts.csv", concept.id, "broader", f"{broader.id!r} is of another kind")
        if _turns_in_circles(taxonomy, concept.id):
            yield _fault("concepts.csv", concept.id, "cycle", "its wider families lead back to itself")


def _turns_in_circles(taxonomy: Taxonomy, concept: str) -> bool:
    seen, current = {concept}, taxonomy.concepts[concept].broader
    while current in taxonomy.concepts:
        if current in seen:
            return True
        seen.add(current)
        current = taxonomy.concepts[current].broader
    return False


def _labels(taxonomy: Taxonomy) -> Iterator[Problem]:
    preferred: dict[tuple[str, str], int] = defaultdict(int)
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label in taxonomy.labels:
        concept = taxonomy.concepts.get(label.concept)
        if concept is None:
            yield _fault("labels.csv", label.concept, "concept", f"label {label.text!r} of no concept")
            continue
        if label.type not in TYPES:
            yield _fault("labels.csv", label.concept, "type", f"unknown type {label.type!r}")
        if label.lang not in LANGUAGES + FURTHER_LANGUAGES:
            yield _fault("labels.csv", label.concept, "lang", f"unknown language {label.lang!r}")
        if not fold(label.text):
            yield _fault("labels.csv", label.concept, "text", f"label {label.text!r} has no word")
        preferred[label.concept, label.lang] += label.type == "pref"
        owners[concept.kind, fold(label.text)].add(label.concept)
    for concept_id in taxonomy.concepts:
        for language in LANGUAGES:
            if preferred[concept_id, language] != 1:
                found = preferred[concept_id, language]
                yield _fault("labels.csv", concept_id, "pref", f"{found} preferred labels in {language}, not one")
    for (_, text), concepts in owners.items():
        if len(concepts) > 1:
            yield _fault("labels.csv", text, "label_twice", f"names {', '.join(sorted(concepts))}, all of one kind")


def _links(taxonomy: Taxonomy) -> Iterator[Problem]:
    for (source, relation), targets in taxonomy.links.items():
        if source not in taxonomy.concepts:
            yield _fault("links.csv", source, "concept", "link from no concept")
            continue
        for target in targets:
            if relation == "hs":
                if not _HS.fullmatch(target):
                    yield _fault("links.csv", source, "hs", f"{target!r} is no HS code such as 8708 or 8708.29")
            elif relation not in RELATIONS:
                yield _fault("links.csv", source, "relation", f"unknown relation {relation!r}")
            elif target not in taxonomy.concepts:
                yield _fault("links.csv", source, "target", f"no concept {target!r}")
            elif (taxonomy.kind(source), taxonomy.kind(target)) != RELATIONS[relation]:
                yield _fault("links.csv", source, "kinds", f"{relation} cannot tie it to {target!r}")


def _fault(file: str, where: str, code: str, message: str) -> Problem:
    return Problem(f"taxonomy/{file}", "", 0, where, code, "refused", message, "correct the line")
