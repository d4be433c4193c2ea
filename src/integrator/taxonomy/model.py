"""The lexicon: concepts, their labels in several languages and their links, after SKOS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from integrator.cache import mark
from integrator.records import ConceptLink
from integrator.taxonomy.entries import Entries
from integrator.taxonomy.finding import Finder
from integrator.taxonomy.proposing import Proposer

if TYPE_CHECKING:
    from integrator.meaning import Meaning


@dataclass(frozen=True)
class Taxonomy(Entries):
    """The lexicon: immutable; `find` and `propose` are its two questions."""

    links: Mapping[tuple[str, str], tuple[str, ...]]
    """(concept, relation) -> targets, in file order."""
    ignored: frozenset[str] = frozenset()
    """Folded terms that the project decided to leave without a concept."""

    def find(self, text: str, roles: Sequence[str] = ()) -> tuple[ConceptLink, ...]:
        """The concepts named in a text, in the order they stand; empty when nothing is sure.

        `roles` limits the kinds and, for a label of several kinds, says which is preferred.
        """
        return self._finder.find(text, tuple(roles))

    def forms(self, text: str) -> list[str]:
        """The words of a text in comparable form, what is tied to an Arabic word apart."""
        return self._finder.forms(text)

    def spans(self, forms: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """Labels in a phrase given by its words in comparable form, fillers left out: first, last word, concepts."""
        return self._finder.spans(forms)

    def knows(self, form: str) -> bool:
        """Whether a word in comparable form stands in a label."""
        return self._finder.knows(form)

    def named(self, text: str) -> tuple[str, ...]:
        """The concepts that a whole text is a label of, number and small words apart."""
        return self._finder.named(text)

    def propose(
        self, text: str, limit: int, roles: Sequence[str] = (), meaning: Meaning | None = None
    ) -> tuple[tuple[str, float], ...]:
        """Concepts whose labels look like the text, with a likeness of 0-1: to ask, never to apply.

        `roles` limits the kinds. With `meaning`, labels that mean the same count as well as those written alike.
        """
        return self._proposer.propose(text, limit, roles, meaning)

    def label(self, concept: str, lang: str) -> str:
        """The preferred label in a language, else in French, English or any (a project's concept), else the id."""
        names = self._preferred
        known = (names.get((concept, one)) for one in (lang, "fr", "en"))
        return next(filter(None, known), "") or self._in_any_language.get(concept) or concept

    def ancestors(self, concept: str) -> tuple[str, ...]:
        """Wider families, nearest first."""
        if concept not in self._chains:
            chain: list[str] = []
            current = self.concepts[concept].broader
            while current and current not in chain:
                chain.append(current)
                current = self.concepts[current].broader
            self._chains[concept] = tuple(chain)
        return self._chains[concept]

    def system(self, concept: str) -> str:
        """The system of the vehicle that a part belongs to, itself included; "" for what belongs to none."""
        return next((one for one in (concept, *self.ancestors(concept)) if one in self.systems), "")

    def linked(self, concept: str, relation: str) -> tuple[str, ...]:
        """Targets of a relation, in file order.

        `made_by`, `made_of`, `works`, `part_of`, `input_of`, `sibling`, `unlike`, `supersedes`, `superseded_by`;
        `unlike` holds both ways: look-alikes whose makers are not near to each other.
        """
        return self.links.get((concept, relation), ())

    def hs(self, concept: str) -> tuple[str, ...]:
        """Tariff codes of a concept, dotted, HS 2022."""
        return self.links.get((concept, "hs"), ())

    @cached_property
    def mark(self) -> str:
        """A fingerprint of everything that the lexicon holds, for what is kept of its answers."""
        fields = (
            [f"{one.id}\t{one.kind}\t{one.broader}\t{one.status}" for one in self.concepts.values()],
            [f"{one.concept}\t{one.lang}\t{one.type}\t{one.text}\t{one.source}" for one in self.labels],
            ["\t".join((*key, *targets)) for key, targets in self.links.items()],
            [f"{word}\t{kind}" for word, kind in self.fillers.items()],
            *(sorted(words) for words in (self.systems, self.withheld, self.ignored)),
        )
        return mark(*fields)

    @cached_property
    def _chains(self) -> dict[str, tuple[str, ...]]:
        """The wider families that were asked for, by concept."""
        return {}

    @cached_property
    def _preferred(self) -> Mapping[tuple[str, str], str]:
        return {(label.concept, label.lang): label.text for label in self.labels if label.type == "pref"}

    @cached_property
    def _in_any_language(self) -> Mapping[str, str]:
        return {concept: text for (concept, _), text in reversed(list(self._preferred.items()))}

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self)

    @cached_property
    def _proposer(self) -> Proposer:
        return Proposer(self)
