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
from integrator.ranking.reasons import reasons_of
from integrator.ranking.scorecard import Scorecard
from integrator.ranking.scoring import score_pairs
from integrator.ranking.words import found_by_meaning_alone, reason_words
from integrator.text.remarks import together

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.ranking.arrays import Numbers, Positions
    from integrator.ranking.offers import Offers
    from integrator.ranking.pairs import Pairs
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
    ranked, place = _ranked(pairs, score, keep)
    known = without_guesses(features, pairs)
    listed = ranked[np.lexsort(pairs.order[:, ranked])]
    reasons = reasons_of(pairs, facts, listed, known, points)
    words = {name: np.asarray(texts, dtype=object) for name, texts in reason_words(reasons, language).items()}
    again = np.empty(len(pairs), dtype=np.intp)
    again[listed] = np.arange(len(listed))
    of_ranked = {name: texts[again[ranked]] for name, texts in words.items()}
    matches = _matches(pairs, ranked, place, known, of_ranked, score, scorer, language)
    ids = pairs.ids(np.arange(len(pairs)))
    every = candidates.assign(need_id=ids["need_id"], supplier_id=ids["supplier_id"], **dict(features), score=score)
    kept = pairs.ids(listed)
    return Matching(
        candidates=tables.check(tables.CANDIDATES, every),
        matches=matches,
        reasons=reasons.table(kept["need_id"], kept["supplier_id"]),
        contributions=_contributions(kept, listed, points),
    )


def _ranked(pairs: Pairs, score: Numbers, keep: int) -> tuple[Positions, Positions]:
    """The pairs that are kept, need by need and best first (ties by supplier id), and the rank of each."""
    supplier, need = pairs.order
    ranked = np.lexsort((supplier, -score, need))
    need = need[ranked]
    place = np.arange(len(ranked)) - np.searchsorted(need, need) + 1
    return ranked[place <= keep], place[place <= keep]


def _contributions(kept: pd.DataFrame, listed: Positions, points: dict[str, Numbers]) -> pd.DataFrame:
    """The points of the kept pairs by feature, as the score summed them."""
    frame = kept.assign(**{name: values[listed] for name, values in points.items()})
    return tables.check(tables.CONTRIBUTIONS, frame)


def _matches(
    pairs: Pairs, ranked: Positions, place: Positions, features: dict[str, Numbers], words: Mapping[str, np.ndarray],
    score: Numbers, scorer: Scorer, language: str,
) -> pd.DataFrame:  # fmt: skip
    grades, bases = grade({name: values[ranked] for name, values in features.items()}, language)
    probability = np.round(scorer.probability(score[ranked]), 4)
    frame = pairs.ids(ranked).assign(
        rank=place,
        score=score[ranked],
        probability=probability,
        grade=grades,
        grade_basis=bases,
        reasons=_with_origin(words["met"], pairs.candidates["channels"].to_numpy()[ranked], language),
        missing=words["failed"],
        questions=words["unknown"],
        distance_km=_distances(pairs, ranked),
        ranker=scorer.name,
        conflict=conflicts(grades, probability, language),
    )
    alone = sorted(set(pairs.needs["need_id"].tolist()) - set(frame["need_id"].unique().tolist()))
    blank = pd.DataFrame({"need_id": alone}).reindex(columns=frame.columns)
    return tables.check(tables.MATCHES, pd.concat([frame, blank], ignore_index=True) if alone else frame)


def _with_origin(reasons: np.ndarray, channels: np.ndarray, language: str) -> np.ndarray:
    """The reasons, and a warning beside those of a pair that only the model of meaning found."""
    alone = np.flatnonzero(channels == "meaning")
    said = [together((text, found_by_meaning_alone(language))) for text in reasons[alone].tolist()]
    found = reasons.copy()
    found[alone] = said
    return found


def _distances(pairs: Pairs, chosen: Positions) -> Numbers:
    """Kilometres between plant and supplier, NaN when one of them is not located; worked out once for two places."""
    ends, places_ = [], []
    for frame, rows in ((pairs.needs, pairs.need), (pairs.suppliers, pairs.supplier)):
        corners = np.stack([frame[name].to_numpy(dtype=float) for name in ("latitude", "longitude")], axis=1)
        own, place = np.unique(rows[chosen], return_inverse=True)
        corner, of = np.unique(corners[own], axis=0, return_inverse=True)
        ends.append(corner)
        places_.append(of[place])
    one, other = ends
    both, place = np.unique(places_[0] * max(len(other), 1) + places_[1], return_inverse=True)
    between = zip(*np.divmod(both, max(len(other), 1)), strict=True)
    found = [_kilometres(*one[start].tolist(), *other[end].tolist()) for start, end in between]
    return np.asarray(found, dtype=float)[place]


def _kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    corners = (latitude, longitude, other_latitude, other_longitude)
    return float("nan") if np.isnan(corners).any() else round(places.distance_km(*corners))
