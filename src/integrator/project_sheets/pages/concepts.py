"""What the cells of needs and sites name, with the wider families of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from integrator import taxonomy
from integrator.project_sheets.valuations import Row, rows_of

_LIKENESS = "similar"
"""The step of a link that is a proposal, no fact."""


def named(frame: pd.DataFrame, role: str = "") -> list[Row]:
    """The links of a table of requirements or capabilities, proposals left out; of one role, or of all."""
    sure = frame[frame["step"] != _LIKENESS]
    return rows_of(sure[sure["role"] == role] if role else sure)


def wider(concept: str) -> tuple[str, ...]:
    """The concept and its wider families, nearest first; a word of the project's own has none."""
    lexicon = taxonomy.load()
    return (concept, *lexicon.ancestors(concept)) if concept in lexicon.concepts else (concept,)


def families(links: Iterable[Row]) -> dict[str, str]:
    """Need id -> its family: the system of the vehicle of the first part it names, else the widest family of that part.

    A need whose part was not recognized has none.
    """
    first: dict[str, Row] = {}
    for row in sorted((row for row in links if row["role"] == "component"), key=_order):
        first.setdefault(row["need_id"], row)
    return {need_id: row["system"] or wider(row["concept"])[-1] for need_id, row in first.items()}


def _order(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What is named comes before what is implied, a part of a known system before one of none."""
    return row["implied"] == "yes", row["system"] == "", row["line"] or 0, row["concept"]
