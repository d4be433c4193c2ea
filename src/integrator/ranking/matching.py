"""Candidates -> ranked matches with grades and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from integrator import places, tables
from integrator.ranking.conflicts import conflicts
from integrator.ranking.features import feature_table
from integrator.ranking.grades import grade
from integrator.ranking.guesses import without_guesses
from integrator.ranking.pairs import build_pairs
from integrator.ranking.reasons import Reasons
from integrator.ranking.scorecard import Scorecard
from integrator.ranking.scoring import score_pairs
from integrator.ranking.words import found_by_meaning_alone, reason_words
from integrator.text.remarks import together

if TYPE_CHECKING:
    from integrator.ranking.pairs import Numbers, Offers, Pairs
    from integrator.ranking.scoring import Scorer


@dataclass(frozen=True)
class Matching:
    """The tables of a ranking."""

    candidates: pd.DataFrame
    """`tables.CANDIDATES` followed by channel and feature columns, every scored pair."""
    matches: pd.DataFrame
    reasons: pd.DataFrame
    contributions: pd.DataFrame
    """`tables.CONTRIBUTIONS` followed by the points of each feature, every match."""


def rank(
    candidates: pd.DataFrame,
    needs: pd.DataFrame,
    requirements: pd.DataFrame,
    facts: pd.DataFrame,
    offers: Offers,
    *,
    keep: int,
    language: str,
    scorer: Scorer | None = None,
    buyer_experience: bool = True,
) -> Matching:
    """Score, rank and explain the candidate pairs; the best `keep` of each need become matches.

    `requirements` and `facts` are those of the needs, `offers` was laid out with the experience of the scorer.
    Without a scorer the expert scorecard decides. Points of a pair sum to its score.
    With `buyer_experience` off, whatever can give an answer away is unknown. A need without candidates has one match
    row with blank supplier and rank.
    """
    scorer = scorer or Scorecard()
    pairs = build_pairs(candidates, needs, requirements, offers)
    features = feature_table(pairs, buyer_experience=buyer_experience)
    points, score = score_pairs(scorer, features)
    ranked = candidates[["need_id", "supplier_id"]].assign(position=np.arange(len(pairs)), score=score)
    ranked = ranked.sort_values(["need_id", "score", "supplier_id"], ascending=[True, False, True])
    ranked["rank"] = ranked.groupby("need_id", sort=False).cumcount() + 1
    ranked = ranked[ranked["rank"] <= keep]
    known = without_guesses(features, pairs)
    reasons = Reasons(requirements, facts, offers).table(ranked, known, points)
    probability = scorer.probability(ranked["score"].to_numpy(dtype=float))
    matches = _matches(ranked, pairs, known, reasons, probability, language)
    matches["ranker"] = np.where(matches["supplier_id"] == "", "", scorer.name)
    every = candidates.assign(**dict(features), score=score)
    return Matching(tables.check(tables.CANDIDATES, every), matches, reasons, _contributions(ranked, points))


def _contributions(ranked: pd.DataFrame, points: dict[str, Numbers]) -> pd.DataFrame:
    """The points of the kept pairs by feature, as the score summed them."""
    chosen = ranked["position"].to_numpy(dtype=np.intp)
    frame = ranked[["need_id", "supplier_id"]].assign(**{name: values[chosen] for name, values in points.items()})
    return tables.check(tables.CONTRIBUTIONS, frame)


def _matches(
    ranked: pd.DataFrame,
    pairs: Pairs,
    features: dict[str, Numbers],
    reasons: pd.DataFrame,
    probability: Numbers,
    language: str,
) -> pd.DataFrame:
    chosen = ranked["position"].to_numpy(dtype=np.intp)
    grades, bases = grade({name: values[chosen] for name, values in features.items()}, language)
    words = reason_words(reasons, language)
    known = ranked[["need_id", "supplier_id"]].merge(words, on=["need_id", "supplier_id"], how="left")
    frame = pd.DataFrame(
        {
            "need_id": ranked["need_id"].to_numpy(),
            "supplier_id": ranked["supplier_id"].to_numpy(),
            "rank": ranked["rank"].to_numpy(),
            "score": ranked["score"].to_numpy(),
            "probability": np.round(probability, 4),
            "grade": grades,
            "grade_basis": bases,
            "reasons": _with_origin(known["met"], pairs.candidates["channels"].to_numpy()[chosen], language),
            "missing": known["failed"].to_numpy(),
            "questions": known["unknown"].to_numpy(),
            "distance_km": _distances(pairs, chosen),
            "ranker": "",
        }
    )
    frame["conflict"] = conflicts(grades, frame["probability"].to_numpy(dtype=float), language)
    alone = sorted(set(pairs.needs["need_id"]) - set(frame["need_id"]))
    blank = pd.DataFrame({"need_id": alone}).reindex(columns=frame.columns)
    return tables.check(tables.MATCHES, pd.concat([frame, blank], ignore_index=True) if alone else frame)


def _with_origin(reasons: pd.Series, channels: np.ndarray, language: str) -> list[str]:
    """The reasons, and a warning beside those of a pair that only the model of meaning found."""
    return [
        together((text, found_by_meaning_alone(language))) if found == "meaning" else text
        for text, found in zip(reasons, channels, strict=True)
    ]


def _distances(pairs: Pairs, chosen: np.ndarray) -> Numbers:
    """Kilometres between plant and supplier, NaN when one of them is not located."""
    ends = [
        np.asarray(frame[name].to_numpy(dtype=float)[rows[chosen]])
        for frame, rows in ((pairs.needs, pairs.need), (pairs.suppliers, pairs.supplier))
        for name in ("latitude", "longitude")
    ]
    return np.asarray([_kilometres(*corner) for corner in np.stack(ends, axis=1)], dtype=float)


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    corners = (latitude, longitude, other_latitude, other_longitude)
    return float("nan") if np.isnan(corners).any() else round(places.distance_km(*corners))
