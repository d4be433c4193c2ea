"""A trained ranker: what was learned from judged pairs, with its card, kept as readable JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from integrator.errors import OutputError, UsageError
from integrator.learning.calibration import PlattScale
from integrator.learning.fitted import FittedLadder
from integrator.learning.showing import Showing
from integrator.ranking.arrays import Numbers
from integrator.ranking.experience import Experience
from integrator.ranking.features import FEATURES, MEANING_FEATURES
from integrator.ranking.scorecard import scorecard

FORMAT = "integrator ranker 2"
SHIPPED = "the ranker that comes with integrator"
_PARTS = {"card", "scale", "showing", "features", "ladder", "experience"}
MOST_BYTES = 100_000_000
"""A larger file is no ranker: it is refused before it is read."""


@dataclass(frozen=True)
class TrainedRanker:
    """A scorer, see `ranking.scoring.Scorer`: the scorecard and what was learned on top of it."""

    features: tuple[str, ...]
    """What it was trained on, in the order of the ladder's columns."""
    ladder: FittedLadder
    scale: PlattScale | None
    """From score to probability of a grade worth a contact; None when it could not be learned."""
    showing: Showing | None
    """How many actors to show; None when it was not worked out."""
    experience: Experience
    """What was judged; only suppliers of the same id and name are recognized."""
    card: Mapping[str, Any]
    """What it was trained on, when, and what was measured."""

    @property
    def name(self) -> str:
        """How matches call it."""
        return "trained"

    def points(self, features: Mapping[str, Numbers]) -> dict[str, Numbers]:
        """Points by feature, those outside the scorecard too."""
        rows = np.column_stack([features[name] for name in self.features])
        parts = self.ladder.contributions(rows)
        return {name: parts[:, column] for column, name in enumerate(self.features)}

    def probability(self, score: Numbers) -> Numbers:
        """Probability of a grade of 2 or more for each score; NaN when it was not learned."""
        return np.full(len(score), np.nan) if self.scale is None else self.scale.probability(score)

    def about(self) -> dict[str, Any]:
        """Name, rung, verdict, date, judged pairs and needs, how many actors to show, and a digest of all of it."""
        data = self.card.get("judgements", {})
        return {
            "name": self.name,
            "rung": self.card.get("rung", ""),
            "verdict": self.card.get("verdict", ""),
            "date": self.card.get("date", ""),
            "pairs": data.get("used"),
            "needs": data.get("needs"),
            "show": None if self.showing is None else self.showing.to_dict(),
            "sha256": hashlib.sha256(_written(self.to_dict()).encode()).hexdigest(),
        }

    def save(self, path: Path) -> None:
        """Write the ranker as JSON: the card first, one line for each list of numbers.

        The file takes the place of an old one when it is complete. Raises `OutputError` when it cannot be written.
        """
        text, unfinished = _written(self.to_dict()), path.with_name(f".{path.name}.part")
        try:
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(path)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise OutputError(
                f"{path}: cannot be written ({error.strerror or error}): check path and rights."
            ) from error

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "format": FORMAT,
            "card": dict(self.card),
            "scale": None if self.scale is None else self.scale.to_dict(),
            "showing": None if self.showing is None else self.showing.to_dict(),
            "features": list(self.features),
            "ladder": self.ladder.to_dict(),
            "experience": self.experience.to_dict(),
        }


def ranker_from(data: Mapping[str, Any]) -> TrainedRanker:
    """The ranker written by `to_dict`. ValueError with one sentence when it is none."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise ValueError(f"the format is not {FORMAT!r}")
    missing = sorted(_PARTS - set(data))
    if missing:
        raise ValueError(f"it lacks {', '.join(missing)}")
    strange = sorted(set(data) - _PARTS - {"format"})
    if strange:
        raise ValueError(f"it has parts that are not known: {', '.join(strange[:3])[:100]}")
    if not isinstance(data["card"], Mapping):
        raise ValueError("the card is no table of names and values")
    if not isinstance(data["features"], list) or not all(isinstance(name, str) for name in data["features"]):
        raise ValueError("the features are no list of names")
    features = tuple(data["features"])
    ladder = FittedLadder.from_dict(data["ladder"])
    if len(features) != len(ladder.weights):
        raise ValueError(f"{len(features)} features are named, {len(ladder.weights)} have a weight")
    scale = None if data["scale"] is None else PlattScale.from_dict(data["scale"])
    showing = None if data["showing"] is None else Showing.from_dict(data["showing"])
    return TrainedRanker(features, ladder, scale, showing, Experience.from_dict(data["experience"]), dict(data["card"]))


def load_ranker(path: Path, *, with_meaning: bool = False) -> TrainedRanker:
    """Read a ranker for a job with or without matching by meaning.

    Raises `UsageError` when the file is missing or too large, is no ranker, or was trained on other features or on
    another scorecard than this version has.
    """
    try:
        if not path.is_file():
            raise FileNotFoundError(path)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"{path}: {size} bytes are too many for a ranker: name a file that `train` wrote.")
        ranker = ranker_from(_read(path))
    except OSError as error:
        raise UsageError(f"{path}: no such ranker: train one with `integrator train`.") from error
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        reason = str(error) if isinstance(error, ValueError) else ""
        said = f" ({reason.rstrip('.')})" if reason else ""
        raise UsageError(f"{path}: this is no ranker{said}: train one with `integrator train`.") from error
    fault = misfit(ranker, with_meaning=with_meaning)
    if fault:
        raise UsageError(f"{path}: {fault}: train again with `integrator train`.")
    return ranker


def _read(path: Path) -> Any:
    """What strict JSON says. ValueError, without a word when the file holds anything else."""
    constants: list[str] = []
    try:
        found = json.loads(path.read_text(encoding="utf-8"), parse_constant=constants.append)
    except (ValueError, RecursionError):
        raise ValueError from None
    if constants:
        raise ValueError(f"{constants[0]} is no number")
    return found


@lru_cache(maxsize=1)
def shipped_ranker() -> TrainedRanker:
    """The default ranker, trained on the open judgements that come with the source of the project.

    Raises `UsageError` when it belongs to other features or another scorecard: someone edited theirs.
    """
    text = files("integrator.data").joinpath("ranking/ranker.json").read_text(encoding="utf-8")
    ranker = ranker_from(json.loads(text))
    fault = misfit(ranker)
    if fault:
        raise UsageError(f"{SHIPPED}: {fault}: use `--ranker scorecard` or train again with `integrator train`.")
    return ranker


def known_features(*, with_meaning: bool) -> tuple[str, ...]:
    """The features of this version, in the order in which rankers hold them."""
    return (*FEATURES, *(MEANING_FEATURES if with_meaning else ()))


def misfit(ranker: TrainedRanker, *, with_meaning: bool = False) -> str:
    """Why a ranker does not belong to this version and job; "" when it does."""
    wanted = known_features(with_meaning=with_meaning)
    if ranker.features != wanted:
        lacks, strange = sorted(set(wanted) - set(ranker.features)), sorted(set(ranker.features) - set(wanted))
        said = [f"{word} {', '.join(names[:3])}" for word, names in (("lacks", lacks), ("has", strange)) if names]
        return f"it was trained on other features ({'; '.join(said) or 'in another order'})"
    weights, neutral = scorecard_columns(wanted)
    same = np.array_equal(weights, ranker.ladder.weights) and np.array_equal(neutral, ranker.ladder.neutral)
    return "" if same else "it was trained on top of another scorecard than the present one"


def scorecard_columns(features: tuple[str, ...]) -> tuple[Numbers, Numbers]:
    """Weight and neutral value of each feature in the scorecard, 0 for one that it does not count."""
    criteria = {one.feature: one for one in scorecard(with_meaning=not MEANING_FEATURES.keys().isdisjoint(features))}
    weights = np.asarray([criteria[name].weight if name in criteria else 0.0 for name in features])
    neutral = np.asarray([criteria[name].neutral if name in criteria else 0.0 for name in features])
    return weights, neutral


def _written(data: Mapping[str, Any]) -> str:
    """Readable JSON: indented, but every list of plain values in one line."""

    def text(value: Any, indent: str) -> str:
        inner = indent + " "
        if isinstance(value, Mapping) and value:
            parts = [
                f"{inner}{json.dumps(str(key), ensure_ascii=False)}: {text(one, inner)}" for key, one in value.items()
            ]
            return "{\n" + ",\n".join(parts) + "\n" + indent + "}"
        if isinstance(value, list) and any(isinstance(one, list | Mapping) for one in value):
            return "[\n" + ",\n".join(inner + text(one, inner) for one in value) + "\n" + indent + "]"
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    return text(data, "") + "\n"
