"""A trained linear ranker: corrections to the scorecard, feature by feature, kept as readable JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from integrator.errors import UsageError
from integrator.ranking.features import FEATURES
from integrator.ranking.pairs import Numbers
from integrator.ranking.scorecard import contributions

FORMAT = "integrator linear ranker 1"


@dataclass(frozen=True)
class Term:
    """What one feature adds: `weight` a standard deviation of its known values, `known` for being known at all."""

    mean: float
    scale: float
    weight: float
    known: float


@dataclass(frozen=True)
class LinearRanker:
    """Score = scorecard + `factor` x sum of the terms; an unknown value adds nothing but lacks `known`."""

    terms: Mapping[str, Term]
    factor: float
    """Points of score (0-100) a unit of the linear model; 0 leaves the scorecard alone."""
    report: Mapping[str, Any]
    """How it was trained and what was measured."""

    @property
    def name(self) -> str:
        """How matches call it."""
        return "trained"

    def points(self, features: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Points by feature: those of the scorecard and what each feature adds."""
        return {name: values + self.added(name, features[name]) for name, values in contributions(features).items()}

    def added(self, name: str, values: Numbers) -> Numbers:
        """Points that one feature adds to each pair."""
        term = self.terms.get(name)
        if term is None:
            return np.zeros(len(values))
        known = ~np.isnan(values)
        value = np.where(known, (np.nan_to_num(values) - term.mean) / term.scale, 0.0)
        return np.asarray(self.factor * (term.weight * value + term.known * known))

    def save(self, path: Path) -> None:
        """Write the ranker as JSON."""
        content = {
            "format": FORMAT,
            "factor": self.factor,
            "terms": {name: asdict(term) for name, term in self.terms.items()},
            "report": dict(self.report),
        }
        path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def load_ranker(path: Path) -> LinearRanker:
    """Read a ranker. Raises `UsageError` when the file is missing, is no ranker, or names unknown features."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise UsageError(f"{path}: made by another version: train it again.")
        terms = {
            str(name): Term(*(float(term[key]) for key in ("mean", "scale", "weight", "known")))
            for name, term in content["terms"].items()
        }
        ranker = LinearRanker(terms, float(content["factor"]), content["report"])
    except OSError as error:
        raise UsageError(f"{path}: no such ranker: train one with `integrator train`.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{path}: this is no ranker: train one with `integrator train`.") from error
    strange = sorted(set(terms) - set(FEATURES))
    numbers = [ranker.factor, *(value for term in terms.values() for value in asdict(term).values())]
    if strange or not all(math.isfinite(number) for number in numbers) or any(not t.scale for t in terms.values()):
        raise UsageError(
            f"{path}: the ranker does not fit this version ({', '.join(strange) or 'numbers'}): train again."
        )
    return ranker
