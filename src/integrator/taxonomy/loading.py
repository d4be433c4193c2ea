"""Shipped lexicon + the words of a project -> Taxonomy."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

from integrator import data
from integrator.errors import InputRefused
from integrator.records import Role
from integrator.taxonomy.entries import OVERLAY, Concept, Label
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.overlay import IGNORED, LINKS, OverlayRow, read_overlay
from integrator.taxonomy.overlay_rules import faults
from integrator.taxonomy.validation.labels import TYPES
from integrator.text.fold import fold


def load(overlay: Path | None = None) -> Taxonomy:
    """Read the lexicon, with the words of a project from the file `overlay` when there is one.

    Raises `KnowledgeError` when a shipped file is damaged, `InputRefused` with every fault of the overlay.
    """
    if overlay is None or not overlay.exists():
        return _shipped()
    return _with_file(overlay, digest(overlay)) if overlay.is_file() else extended(read_overlay(overlay))


def digest(overlay: Path | None) -> str:
    """Sha256 of the bytes of an overlay file; "" when there is none."""
    if overlay is None or not overlay.is_file():
        return ""
    with overlay.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def extended(rows: Sequence[OverlayRow]) -> Taxonomy:
    """The shipped lexicon with more rows. Raises `InputRefused` with every fault of the rows."""
    shipped = _shipped()
    found = faults(rows, shipped)
    if found:
        raise InputRefused(found)
    links = {key: list(targets) for key, targets in shipped.links.items()}
    for row in rows:
        if row.type in LINKS and row.text not in links.setdefault((row.concept, row.type), []):
            links[row.concept, row.type].append(row.text)
    own = {row.concept: Concept(row.concept, cast("Role", row.kind), row.broader, OVERLAY) for row in rows if row.kind}
    added = tuple(Label(row.concept, row.lang, row.type, row.text, OVERLAY) for row in rows if row.type in TYPES)
    return dataclasses.replace(
        shipped,
        concepts={**shipped.concepts, **own},
        labels=shipped.labels + added,
        links={key: tuple(targets) for key, targets in links.items()},
        ignored=frozenset(fold(row.text) for row in rows if row.type == IGNORED),
    )


@lru_cache(maxsize=4)
def _with_file(overlay: Path, _digest: str) -> Taxonomy:
    """Kept by content: the file may grow while the program runs."""
    return extended(read_overlay(overlay))


@lru_cache(maxsize=1)
def _shipped() -> Taxonomy:
    concepts = {
        row["id"]: Concept(row["id"], cast("Role", row["kind"]), row["broader"], row["status"])
        for row in data.rows("taxonomy/concepts.csv")
    }
    labels = [
        Label(row["concept"], row["lang"], row["type"], row["text"], row["source"])
        for row in data.rows("taxonomy/labels.csv")
    ]
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in data.rows("taxonomy/links.csv"):
        links[row["concept"], row["relation"]].append(row["target"])
    return Taxonomy(
        concepts=concepts,
        labels=tuple(labels),
        links={key: tuple(targets) for key, targets in links.items()},
        fillers={row["word"]: row["kind"] for row in data.rows("taxonomy/fillers.csv")},
        systems=frozenset(row["concept"] for row in data.rows("taxonomy/systems.csv")),
        withheld=frozenset(row["form"] for row in data.rows("taxonomy/ambiguous.csv") if row["decision"] == "never"),
    )
