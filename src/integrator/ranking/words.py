"""Reasons in the words of the reader: what speaks for a pair, what is missing, what to ask."""

from __future__ import annotations

import pandas as pd

from integrator import data
from integrator.text.remarks import together
from integrator.wording import by_language

FILE = "ranking/words.csv"
STATES = ("met", "failed", "unknown")


Sentences = dict[str, list[tuple[int, str, str]]]
"""By state, in the order of the scorecard: place there, criterion, text."""


def reason_words(reasons: pd.DataFrame, language: str) -> pd.DataFrame:
    """One row a pair: `need_id`, `supplier_id` and the texts `met`, `failed`, `unknown`, see `sentences`."""
    rows = [
        (*pair, *(together(dict.fromkeys(text for _, _, text in said[state])) for state in STATES))
        for pair, said in sentences(reasons, language).items()
    ]
    return pd.DataFrame(rows, columns=["need_id", "supplier_id", *STATES])


def sentences(reasons: pd.DataFrame, language: str) -> dict[tuple[str, str], Sentences]:
    """What is said of each pair (need, supplier), criterion by criterion.

    Texts follow the order of the scorecard; a criterion whose two values are blank is not asked about.
    """
    templates = {(row["feature"], row["state"]): by_language(row, FILE)[language] for row in data.rows(FILE)}
    listed = (*data.rows("ranking/scorecard.csv"), *data.rows("ranking/scorecard_meaning.csv"))
    order = {row["feature"]: i for i, row in enumerate(listed)}
    texts: dict[tuple[str, str], Sentences] = {}
    columns = ("need_id", "supplier_id", "criterion", "state", "need_value", "supplier_value")
    for need_id, supplier_id, criterion, state, need, supplier in zip(
        *(reasons[column].tolist() for column in columns), strict=True
    ):
        said = texts.setdefault((need_id, supplier_id), {name: [] for name in STATES})
        template = templates.get((criterion, state), "")
        if template and _sayable(template, need, supplier):
            said[state].append((order[criterion], criterion, template.format(need=need, supplier=supplier)))
    for said in texts.values():
        if any(name == "part_same" for _, name, _ in said["met"]):
            said["met"] = [item for item in said["met"] if item[1] != "part_near"]
        if any(name == "part_related" for _, name, _ in said["met"]):
            said["failed"] = [item for item in said["failed"] if item[1] != "part_near"]
        for items in said.values():
            items.sort()
    return texts


def found_by_meaning_alone(language: str) -> str:
    """What is said of a pair that no word, concept or code brought together."""
    return next(
        by_language(row, FILE)[language]
        for row in data.rows(FILE)
        if (row["feature"], row["state"]) == ("wording_meaning", "alone")
    )


def _sayable(template: str, need: str, supplier: str) -> bool:
    return not (("{need}" in template and not need) or ("{supplier}" in template and not supplier))
