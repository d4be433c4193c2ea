"""What a field may say, each wording once however many records say it, with the concepts found in it.

Nothing here knows a record: the answer for a line depends on its side, its field, its text, the lexicon and
`data/linking/` alone, so it can be kept from one run to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, cast

from integrator import data
from integrator.normalization.proposals import proposals
from integrator.taxonomy.steps import step

if TYPE_CHECKING:
    from integrator.records import ConceptLink, Role
    from integrator.taxonomy import Taxonomy

Side = Literal["need", "supplier"]


class Line(NamedTuple):
    """A line as it is written, whoever says it."""

    side: Side
    field: str
    text: str


class LineLinks(NamedTuple):
    """The concepts of one line."""

    found: tuple[ConceptLink, ...]
    """What is named in it, in the order it stands; nothing implied."""
    proposed: tuple[ConceptLink, ...]
    """What it may mean, where it names nothing of the first kind of its field (`data/linking/proposals.csv`)."""


class Linker(Protocol):
    """What links lines: `link_lines`, or something that remembers its answers."""

    def __call__(self, lines: Sequence[Line], taxonomy: Taxonomy) -> Sequence[LineLinks]:
        """The links of each line, in the order of the lines."""


@dataclass(frozen=True)
class MeaningField:
    """A field that is searched for concepts: a line of `data/linking/fields.csv`."""

    name: str
    roles: tuple[Role, ...]
    """The kinds looked for, the preferred one first."""
    trust: float

    @property
    def of_parts(self) -> bool:
        """Whether its lines should name a part."""
        return self.roles[0] == "component"


@dataclass(frozen=True, eq=False)
class Wording:
    """One wording of one field: a thing of its own, that all lines which say it share."""

    side: Side
    field: MeaningField
    text: str
    links: tuple[ConceptLink, ...]
    """What was found in it; nothing implied."""
    proposed: tuple[ConceptLink, ...] = ()

    @cached_property
    def roles(self) -> frozenset[str]:
        """The kinds of the concepts found."""
        return frozenset(link.role for link in self.links)


def link_lines(lines: Sequence[Line], taxonomy: Taxonomy) -> tuple[LineLinks, ...]:
    """The links of each line, in the order of the lines: a pure function of each line and the lexicon."""
    found = []
    for line in lines:
        roles = _field(line.side, line.field).roles
        links = tuple(link for link in taxonomy.find(line.text, roles) if step(link.step).counts(link.score))
        named = most_specific(links, taxonomy)
        found.append(LineLinks(links, tuple(proposals(line.text, line.side, roles[0], named, taxonomy))))
    return tuple(found)


def most_specific(links: Sequence[ConceptLink], taxonomy: Taxonomy) -> list[ConceptLink]:
    """The links of a line without the families of what else it names: "exhaust pipe (exhaust)" is a pipe.

    "ISO 9001, IATF en cours" keeps both: the wider certificate is held, the narrower is under way.
    """
    wider: dict[str, float] = {}
    for link in links:
        for family in taxonomy.ancestors(link.concept):
            wider[family] = max(wider.get(family, 0.0), link.score)
    return [link for link in links if link.concept not in wider or _stands_beside(link, wider[link.concept])]


def _stands_beside(link: ConceptLink, narrower: float) -> bool:
    """Whether a family counts beside what it includes: a certificate, when the narrower one is less sure."""
    return link.role == "certification" and link.score > narrower


def wordings(lines: Sequence[Line], taxonomy: Taxonomy, linker: Linker = link_lines) -> list[Wording]:
    """The wording of each line; equal lines share one."""
    once = list(dict.fromkeys(lines))
    made = {
        line: Wording(line.side, _field(line.side, line.field), line.text, links.found, links.proposed)
        for line, links in zip(once, linker(once, taxonomy), strict=True)
    }
    return [made[line] for line in lines]


@lru_cache(maxsize=2)
def meaning_fields(side: Side) -> tuple[MeaningField, ...]:
    """The fields that bear meaning, the roles looked for in each, and the trust in a link there."""
    return tuple(
        MeaningField(row["field"], cast("tuple[Role, ...]", tuple(row["roles"].split())), float(row["trust"]))
        for row in data.rows("linking/fields.csv")
        if row["side"] == side
    )


@lru_cache(maxsize=100)
def _field(side: Side, name: str) -> MeaningField:
    return next(field for field in meaning_fields(side) if field.name == name)
