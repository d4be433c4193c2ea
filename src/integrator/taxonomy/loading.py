"""Shipped lexicon + the analyst's overlay -> Taxonomy."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import cast

from integrator import data
from integrator.records import Role
from integrator.taxonomy.entries import Concept, Label
from integrator.taxonomy.model import Taxonomy


@lru_cache(maxsize=4)
def load(overlay: Path | None = None) -> Taxonomy:
    """Read the lexicon; `overlay` is a CSV of labels added by the analyst (`concept,lang,type,text`).

    Raises `KnowledgeError` when a file is damaged or an overlay names a concept that does not exist.
    """
    concepts = {
        row["id"]: Concept(row["id"], cast("Role", row["kind"]), row["broader"], row["status"])
        for row in data.rows("taxonomy/concepts.csv")
    }
    labels = [
        Label(row["concept"], row["lang"], row["type"], row["text"], row["source"])
        for row in data.rows("taxonomy/labels.csv")
    ]
    labels += _added(overlay, concepts) if overlay and overlay.exists() else []
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in data.rows("taxonomy/links.csv"):
        links[row["concept"], row["relation"]].append(row["target"])
    return Taxonomy(
        concepts=concepts,
        labels=tuple(labels),
        links={key: tuple(targets) for key, targets in links.items()},
        fillers={row["word"]: row["kind"] for row in data.rows("taxonomy/fillers.csv")},
        withheld=frozenset(row["form"] for row in data.rows("taxonomy/ambiguous.csv") if row["decision"] == "never"),
    )


def _added(overlay: Path, concepts: dict[str, Concept]) -> list[Label]:
    labels = []
    with overlay.open(encoding="utf-8-sig", newline="") as stream:
        for number, row in enumerate(data.read(stream, overlay.name), start=1):
            if row.get("concept") not in concepts:
                raise data.KnowledgeError(
                    f"{overlay.name}: line {number} below the header names no concept: {row.get('concept')!r}"
                )
            if not row.get("text"):
                raise data.KnowledgeError(f"{overlay.name}: line {number} below the header has no text")
            labels.append(Label(row["concept"], row.get("lang", ""), row.get("type", "alt"), row["text"], "overlay"))
    return labels
