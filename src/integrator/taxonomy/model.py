"""The lexicon: concepts, their labels in several languages and their links, after SKOS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from integrator.records import ConceptLink
from integrator.taxonomy.entries import Entries
from integrator.taxonomy.finding import Finder
from integrator.taxonomy.proposing import Proposer


@dataclass(frozen=True)
class Taxonomy(Entries):
    """The lexicon: immutable; `find` and `propose` are its two questions."""

    links: Mapping[tuple[str, str], tuple[str, ...]]
    """(concept, relation) -> targets, in file order."""

    def find(self, text: str, roles: Sequence[str] = ()) -> tuple[ConceptLink, ...]:
        """The concepts named in a text, in the order they stand; empty when nothing is sure.

        `roles` limits the kinds and, for a label of several kinds, says which is preferred.
        """
        return self._finder.find(text, tuple(roles))

    def spans(self, forms: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Labels in a phrase given by its words in comparable form, fillers left out: first, last word, concepts."""
        return self._finder.spans(forms)

    def knows(self, form: str) -> bool:
        """Whether a word in comparable form stands in a label."""
        return self._finder.knows(form)

    def propose(self, text: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Concepts whose labels look like the text, with a likeness of 0-1: to ask, never to apply."""
        return self._proposer.propose(text, limit)

    def label(self, concept: str, lang: str) -> str:
        """The preferred label in a language, else in English, else the id."""
        names = self._preferred
        return names.get((concept, lang)) or names.get((concept, "en")) or concept

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """Wider families, nearest first."""
        chain: list[str] = []
        current = self.concepts[concept].broader
        while current and current not in chain:
            chain.append(current)
            current = self.concepts[current].broader
        return tuple(chain)

    def linked(self, concept: str, relation: str) -> tuple[str, ...]:
        """Targets of a relation (`made_by`, `made_of`, `part_of`, `sibling`), in file order."""
        return self.links.get((concept, relation), ())

    def hs(self, concept: str) -> tuple[str, ...]:
        """Tariff codes of a concept, dotted, HS 2022."""
        return self.links.get((concept, "hs"), ())

    @cached_property
    def _preferred(self) -> Mapping[tuple[str, str], str]:
        return {(label.concept, label.lang): label.text for label in self.labels if label.type == "pref"}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self)

    @cached_property
    def _proposer(self) -> Proposer:
        return Proposer(self)
