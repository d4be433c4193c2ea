"""What the lexicon said of lines, kept from one run to the next: a changed file asks it of its new lines only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator.cache import Answers, Cache, Kind, mark
from integrator.normalization.wordings import Line, LineLinks, link_lines
from integrator.records import ConceptLink

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy

KIND = Kind("links", 8)
WORTH_KEEPING = 250
"""Different lines from which their links are kept: small jobs leave no trace."""

PROPOSALS = Kind("proposals", 4)
WORTH_ASKING = 50
"""Texts from which what the lexicon proposes for them is kept."""


class KeptLinks:
    """A `Linker` that remembers: without a folder it links every line."""

    def __init__(self, folder: Path | None) -> None:
        self._cache = Cache(folder)

    def __call__(self, lines: Sequence[Line], taxonomy: Taxonomy) -> Sequence[LineLinks]:
        """The links of each line, in the order of the lines; all that are new are linked at once."""
        if not self._cache or len(lines) < WORTH_KEEPING:
            return link_lines(lines, taxonomy)
        sides = sorted({line.side for line in lines})
        answers = Answers(self._cache, KIND, mark(taxonomy.mark, sides))
        kept = [answers.get(_key(line), lambda told: _links(told, taxonomy)) for line in lines]
        new = list(dict.fromkeys(line for line, links in zip(lines, kept, strict=True) if links is None))
        fresh = dict(zip(new, link_lines(new, taxonomy), strict=True))
        for line, links in fresh.items():
            answers.add(_key(line), [[astuple(one) for one in part] for part in links])
        answers.save()
        return [fresh[line] if links is None else links for line, links in zip(lines, kept, strict=True)]


class KeptProposals:
    """What `Taxonomy.propose` says by letters, remembered; without a folder it is asked each time."""

    def __init__(self, folder: Path | None, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        cache = Cache(folder)
        self._answers = Answers(cache, PROPOSALS, mark(taxonomy.mark)) if cache else None

    def __call__(self, text: str, limit: int, roles: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """The nearest concepts of the roles asked, with their likeness, best first."""
        if self._answers is None:
            return self._taxonomy.propose(text, limit, roles)
        key = "\n".join((str(limit), " ".join(roles), text))
        found = self._answers.get(key, lambda told: tuple((str(one), float(likeness)) for one, likeness in told))
        if found is None:
            found = self._taxonomy.propose(text, limit, roles)
            self._answers.add(key, found)
        return found

    def save(self) -> None:
        """Keep the answers, when there are enough."""
        if self._answers is not None and len(self._answers) >= WORTH_ASKING:
            self._answers.save()


def _key(line: Line) -> str:
    return "\n".join(line)


def _links(told: Any, taxonomy: Taxonomy) -> LineLinks:
    """Raises an error of any kind for what are no links of this lexicon."""
    found, proposed = (tuple(_link(*values) for values in part) for part in told)
    for link in (*found, *proposed):
        taxonomy.concepts[link.concept]
    return LineLinks(found, proposed)


def _link(
    concept: str, role: Any, step: str, score: float, text: str, implied: bool, languages: Any, own: bool
) -> ConceptLink:
    return ConceptLink(concept, role, step, float(score), text, implied, tuple(languages), own)
