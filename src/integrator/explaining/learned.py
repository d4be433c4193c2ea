"""What is said of features outside the scorecard, which only a trained ranker counts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from integrator import data
from integrator.ranking.features import FEATURES
from integrator.wording import by_language

FILE = "ranking/learned_reasons.csv"


def learned_sentences(
    values: Mapping[str, float], points: Mapping[str, float], language: str
) -> dict[str, list[tuple[str, str]]]:
    """State (`met`, `failed`) -> sentences with their features, for what a pair has of the counted features.

    `values` and `points` are those of the pair by feature; what is unknown (NaN) or hardly moves the score is not said.
    """
    found: dict[str, list[tuple[str, str]]] = {"met": [], "failed": []}
    for row in _rules():
        value = values.get(row["feature"], float("nan"))
        enough = value >= float(row["least"]) if row["least"] else value <= float(row["most"])
        given, wanted = points.get(row["feature"], 0.0), float(row["points"])
        if enough and (given >= wanted if wanted > 0 else given <= wanted):
            found[row["state"]].append((by_language(row, FILE, "text_")[language], row["feature"]))
    return found


@lru_cache(maxsize=1)
def _rules() -> tuple[Mapping[str, str], ...]:
    """The shipped lines. Raises `KnowledgeError` for one that names no feature, no state or not just one limit."""
    rows = data.rows(FILE)
    for row in rows:
        if (
            row["feature"] not in FEATURES
            or row["state"] not in ("met", "failed")
            or bool(row["least"]) == bool(row["most"])
        ):
            raise data.KnowledgeError(f"{FILE}: {row['feature']}: a feature, met or failed, and one limit are expected")
    return rows
