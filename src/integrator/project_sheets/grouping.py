"""The same sentence about several actors, said once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from integrator.project_sheets.content import Actor
from integrator.text.remarks import apart


def by_sentence(actors: Sequence[Actor], field: str) -> list[tuple[str, list[str]]]:
    """Each remark of `missing` or `questions` with the names it concerns: the most shared first, then as ranked."""
    names: dict[str, list[str]] = {}
    for actor in actors:
        for sentence in dict.fromkeys(apart(str(actor.match[field]))):
            names.setdefault(sentence, []).append(str(actor.supplier["name"]))
    return sorted(names.items(), key=lambda item: -len(item[1]))


def listed(texts: Iterable[str]) -> str:
    """One remark a line."""
    return "\n".join(texts)
