"""Concepts and their labels, as the files hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrator.records import Role

OVERLAY = "overlay"
"""Source of the labels and status of the concepts that a project added."""


@dataclass(frozen=True)
class Concept:
    """One thing that can be made, done, worked or held."""

    id: str
    kind: Role
    broader: str
    """Concept of the next wider family; empty at the top."""
    status: str
    """`reviewed`, `draft` or `overlay`."""


@dataclass(frozen=True)
class Label:
    """One way to name a concept."""

    concept: str
    lang: str
    type: str
    """`pref` (shown to readers), `alt`, `abbr`, or `hidden` (found, never shown)."""
    text: str
    source: str


@dataclass(frozen=True)
class Entries:
    """What is looked up: immutable."""

    concepts: Mapping[str, Concept]
    labels: tuple[Label, ...]
    fillers: Mapping[str, str]
    """Folded small words -> `filler`, `preposition`, `conjunction` or `neutral`."""

    systems: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Families that are a system of the vehicle."""
    withheld: frozenset[str] = field(default=frozenset(), kw_only=True)
    """Comparable forms that say too little to be found alone."""

    def kind(self, concept: str) -> Role:
        """Component, process, material or certification."""
        return self.concepts[concept].kind
