"""The links of lines kept from one run to the next, so that a changed file links its new lines only."""

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
        kept = [answers.get(_key(line), _links) for line in lines]
        new = list(dict.fromkeys(line for line, links in zip(lines, kept, strict=True) if links is None))
        fresh = dict(zip(new, link_lines(new, taxonomy), strict=True))
        for line, links in fresh.items():
            answers.add(_key(line), [[astuple(one) for one in part] for part in links])
        answers.save()
        return [fresh[line] if links is None else links for line, links in zip(lines, kept, strict=True)]


def _key(line: Line) -> str:
    return "\n".join(line)


def _links(told: Any) -> LineLinks:
    found, proposed = (tuple(_link(*values) for values in part) for part in told)
    return LineLinks(found, proposed)


def _link(
    concept: str, role: Any, step: str, score: float, text: str, implied: bool, languages: Any, own: bool
) -> ConceptLink:
    return ConceptLink(concept, role, step, score, text, implied, tuple(languages), own)
