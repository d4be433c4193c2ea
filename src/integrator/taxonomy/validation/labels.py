"""Labels: whose they are, their language and letters, one preferred a language, none shared within a kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from integrator.errors import Problem
from integrator.taxonomy.entries import Label
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.faults import fault as _fault
from integrator.text.fold import fold

FILE = "labels.csv"
LANGUAGES = ("fr", "en", "ar")
"""Every concept has a preferred label in each."""
FURTHER_LANGUAGES = ("es", "de")
TYPES = ("pref", "abbr", "alt", "hidden")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN_NAME = re.compile(r"[A-Z0-9][\w.+/ -]*")
"""A norm, a grade or a make, which Arabic texts write in Latin letters: "ISO 9001"."""


def label_faults(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Labels of no concept, of an unknown type or language, without a word, of the wrong letters, or not one's own."""
    preferred: Counter[tuple[str, str]] = Counter()
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label in taxonomy.labels:
        concept = taxonomy.concepts.get(label.concept)
        if concept is None:
            yield _fault(FILE, label.concept, "concept", f"label {label.text!r} of no concept")
            continue
        yield from _own_faults(label)
        preferred[label.concept, label.lang] += label.type == "pref"
        owners[concept.kind, fold(label.text)].add(label.concept)
    for concept_id in taxonomy.concepts:
        for language in LANGUAGES:
            found = preferred[concept_id, language]
            if found != 1:
                yield _fault(FILE, concept_id, "pref", f"{found} preferred labels in {language}, not one")
    for (_, text), concepts in owners.items():
        if len(concepts) > 1:
            yield _fault(FILE, text, "label_twice", f"names {', '.join(sorted(concepts))}, all of one kind")


def _own_faults(label: Label) -> Iterator[Problem]:
    if label.type not in TYPES:
        yield _fault(FILE, label.concept, "type", f"unknown type {label.type!r}")
    if label.lang not in LANGUAGES + FURTHER_LANGUAGES:
        yield _fault(FILE, label.concept, "lang", f"unknown language {label.lang!r}")
    if not fold(label.text):
        yield _fault(FILE, label.concept, "text", f"label {label.text!r} has no word")
    arabic = bool(_ARABIC.search(label.text))
    if label.lang != "ar" and arabic:
        yield _fault(FILE, label.concept, "letters", f"label {label.text!r} in {label.lang} holds Arabic letters")
    if label.lang == "ar" and not arabic and not _LATIN_NAME.fullmatch(label.text):
        yield _fault(FILE, label.concept, "letters", f"Arabic label {label.text!r} holds no Arabic letter")
