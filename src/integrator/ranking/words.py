"""Reasons in the words of the reader: what speaks for a pair, what is missing, what to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from integrator import data

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR = " ; "
STATES = ("met", "failed", "unknown")


def reason_words(reasons: pd.DataFrame, language: str) -> pd.DataFrame:
    """One row a pair: `need_id`, `supplier_id` and the texts `met`, `failed`, `unknown`.

    Texts follow the order of the scorecard; a criterion whose two values are blank is not asked about.
    """
    templates = {
        (row["feature"], row["state"]): row["fr" if language == "fr" else "en"]
        for row in data.rows("ranking/words.csv")
    }
    listed = (*data.rows("ranking/scorecard.csv"), *data.rows("ranking/scorecard_meaning.csv"))
    order = {row["feature"]: i for i, row in enumerate(listed)}
    texts: dict[tuple[str, str], dict[str, list[tuple[int, str]]]] = {}
    columns = ("need_id", "supplier_id", "criterion", "state", "need_value", "supplier_value")
    for need_id, supplier_id, criterion, state, need, supplier in zip(
        *(reasons[column].tolist() for column in columns), strict=True
    ):
        said = texts.setdefault((need_id, supplier_id), {name: [] for name in STATES})
        template = templates.get((criterion, state), "")
        if template and _sayable(template, need, supplier):
            said[state].append((order[criterion], template.format(need=need, supplier=supplier)))
    for said in texts.values():
        if any(place == order["part_same"] for place, _ in said["met"]):
            said["met"] = [item for item in said["met"] if item[0] != order["part_near"]]
        if any(place == order["part_related"] for place, _ in said["met"]):
            said["failed"] = [item for item in said["failed"] if item[0] != order["part_near"]]
    rows = [(*pair, *(_join(said[state]) for state in STATES)) for pair, said in texts.items()]
    return pd.DataFrame(rows, columns=["need_id", "supplier_id", *STATES])


def found_by_meaning_alone(language: str) -> str:
    """What is said of a pair that no word, concept or code brought together."""
    return next(
        row["fr" if language == "fr" else "en"]
        for row in data.rows("ranking/words.csv")
        if (row["feature"], row["state"]) == ("wording_meaning", "alone")
    )


def _sayable(template: str, need: str, supplier: str) -> bool:
    return not (("{need}" in template and not need) or ("{supplier}" in template and not supplier))


def _join(said: Iterable[tuple[int, str]]) -> str:
    return SEPARATOR.join(dict.fromkeys(text for _, text in sorted(said)))
