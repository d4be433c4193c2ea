"""What a project's own words may be: every fault of the rows, each in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from integrator.errors import Problem
from integrator.taxonomy.entries import Entries
from integrator.taxonomy.overlay import IGNORED, LINKS, OverlayRow
from integrator.taxonomy.validation.concepts import KINDS, OWN
from integrator.taxonomy.validation.labels import FURTHER_LANGUAGES, LANGUAGES, TYPES
from integrator.taxonomy.validation.links import RELATIONS
from integrator.text.fold import fold

_KNOWN_TYPES = (*TYPES, *LINKS, IGNORED)


def faults(rows: Sequence[OverlayRow], shipped: Entries) -> list[Problem]:
    """Every fault found, sorted; an empty list means that the rows can be added to the shipped lexicon."""
    return sorted(_Rules(rows, shipped).faults())


class _Rules:
    def __init__(self, rows: Sequence[OverlayRow], shipped: Entries) -> None:
        self._rows, self._shipped = rows, shipped.concepts
        self._own: dict[str, OverlayRow] = {}
        for row in rows:
            if row.kind and row.concept not in self._shipped:
                self._own.setdefault(row.concept, row)
        kinds = {concept.id: concept.kind for concept in self._shipped.values()}
        self._kinds: Mapping[str, str] = {name: row.kind for name, row in self._own.items()} | kinds
        self._owners: dict[tuple[str, str], set[str]] = defaultdict(set)
        for label in shipped.labels:
            self._owners[kinds.get(label.concept, ""), fold(label.text)].add(label.concept)
        for row in rows:
            if row.type in TYPES:
                self._owners[self._kinds.get(row.concept, ""), fold(row.text)].add(row.concept)

    def faults(self) -> Iterator[Problem]:
        for row in self._rows:
            if row.kind or row.broader:
                yield from self._definition(row)
            if row.type not in _KNOWN_TYPES:
                message = f"unknown type {row.type!r}"
                yield row.place.fault("type", "type", message, f"write one of {', '.join(_KNOWN_TYPES)}")
            elif row.type == IGNORED:
                yield from self._ignored(row)
            elif row.concept not in self._kinds and row.broader:
                continue  # a family without a kind: told above
            elif row.concept not in self._kinds:
                action = f"take an id of the lexicon, or say its kind and begin it with {OWN}"
                yield row.place.fault("concept", "concept", f"no concept {row.concept!r}", action)
            elif row.type in LINKS:
                yield from self._link(row)
            else:
                yield from self._label(row)
        yield from self._preferred()

    def _definition(self, row: OverlayRow) -> Iterator[Problem]:
        if row.concept in self._shipped:
            message = f"{row.concept!r} is a concept of the lexicon: its kind and family are given there"
            yield row.place.fault("kind", "id_twice", message, "leave both blank, or name a concept of your own")
            return
        if not row.concept.startswith(OWN) or row.concept == OWN:
            message = f"the id {row.concept!r} does not begin with {OWN}"
            yield row.place.fault("concept", "own_id", message, f"write it as {OWN}NAME")
        if self._own.get(row.concept, row) is not row:
            message = f"{row.concept!r} is made a concept in two rows"
            yield row.place.fault("kind", "id_twice", message, "leave kind and broader blank in all rows but one")
        if row.kind not in KINDS:
            message = f"unknown kind {row.kind!r}"
            yield row.place.fault("kind", "kind", message, f"write one of {', '.join(KINDS)}")
        elif row.broader and self._kinds.get(row.broader) != row.kind:
            known = f"is no {row.kind}" if row.broader in self._kinds else "is no concept"
            action = f"take the id of a {row.kind}, or leave it blank"
            yield row.place.fault("broader", "broader", f"{row.broader!r} {known}", action)
        elif self._turns_in_circles(row.concept):
            message = "the wider families lead back to the concept"
            yield row.place.fault("broader", "cycle", message, "name a wider family or none")

    def _turns_in_circles(self, concept: str) -> bool:
        seen, current = {concept}, self._own[concept].broader
        while current in self._own:
            if current in seen:
                return True
            seen.add(current)
            current = self._own[current].broader
        return False

    def _ignored(self, row: OverlayRow) -> Iterator[Problem]:
        if row.concept:
            message = "a term that is ignored belongs to no concept"
            yield row.place.fault("concept", "concept", message, "clear the concept, or give the row a type of name")
        if not fold(row.text):
            yield row.place.fault("text", "text", f"{row.text!r} has no word", "write the term")

    def _link(self, row: OverlayRow) -> Iterator[Problem]:
        source, target = RELATIONS[row.type]
        if self._kinds[row.concept] != source:
            message = f"{row.concept!r} is no {source}, and only a {source} is {row.type.replace('_', ' ')} something"
            yield row.place.fault("concept", "kinds", message, f"take the id of a {source}")
        if self._kinds.get(row.text) != target:
            message = f"{row.text!r} is not the id of a {target}"
            yield row.place.fault("text", "target", message, f"take the id of a {target}")

    def _label(self, row: OverlayRow) -> Iterator[Problem]:
        languages = LANGUAGES + FURTHER_LANGUAGES
        if row.lang not in languages:
            message = f"unknown language {row.lang!r}" if row.lang else "no language"
            yield row.place.fault("lang", "lang", message, f"write one of {', '.join(languages)}")
        if not fold(row.text):
            yield row.place.fault("text", "text", f"{row.text!r} has no word", "write the name")
            return
        others = sorted(self._owners[self._kinds[row.concept], fold(row.text)] - {row.concept})
        if others:
            kind = self._kinds[row.concept]
            message = f"{row.text!r} already names {', '.join(others)}, of the same kind ({kind})"
            yield row.place.fault("text", "label_twice", message, "a name has one meaning: take that concept or ignore")
        if row.type == "pref" and row.concept in self._shipped:
            message = f"{row.concept!r} has its shown name in the lexicon"
            yield row.place.fault("type", "pref", message, "write alt")

    def _preferred(self) -> Iterator[Problem]:
        """A concept of one's own has one shown name in some language, and no two in any."""
        shown: dict[tuple[str, str], list[OverlayRow]] = defaultdict(list)
        for row in self._rows:
            if row.type == "pref":
                shown[row.concept, row.lang].append(row)
        for (concept, lang), rows in shown.items():
            for row in rows[1:]:
                message = f"{concept!r} has two shown names in {lang!r}"
                yield row.place.fault("type", "pref", message, "write alt")
        named = {concept for concept, _ in shown}
        for concept, row in self._own.items():
            if concept not in named:
                message = f"{concept!r} has no shown name"
                yield row.place.fault("type", "pref", message, "give one of its names the type pref")
