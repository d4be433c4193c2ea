"""What a supplier could state or change, and its score if it did."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

import numpy as np

from integrator import data
from integrator.ranking.features import FEATURES, MEANING_FEATURES
from integrator.ranking.scoring import score_pairs
from integrator.wording import by_language

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers
    from integrator.ranking.scoring import Scorer

FILE = "ranking/counterfactuals.csv"
ASKED = "asked"
When = Literal["unknown", "failed", "any"]


@dataclass(frozen=True)
class Change:
    """One change of `data/ranking/counterfactuals.csv`."""

    name: str
    values: Mapping[str, str]
    """Feature -> the value it takes, or `asked`; the first feature says when the change is offered."""
    when: When
    asked: str
    """What {need} stands for: `all`, `main` or "" (a field)."""
    texts: Mapping[str, str]
    """By language."""

    @property
    def feature(self) -> str:
        """The feature that decides."""
        return next(iter(self.values))


@lru_cache(maxsize=1)
def changes() -> tuple[Change, ...]:
    """The shipped changes in their order. Raises `KnowledgeError` for a line that names no feature, value or case."""
    made: dict[str, Change] = {}
    for row in data.rows(FILE):
        name = row["change"]
        _check(row, first=name not in made)
        if name in made:
            made[name] = Change(
                **{**made[name].__dict__, "values": {**made[name].values, row["feature"]: row["value"]}}
            )
            continue
        texts = by_language(row, FILE, "text_")
        made[name] = Change(name, {row["feature"]: row["value"]}, cast(When, row["only_when"]), row["asked"], texts)
    return tuple(made.values())


def _check(row: Mapping[str, str], *, first: bool) -> None:
    value = row["value"]
    wrong = [
        what
        for what, right in (
            ("feature", row["feature"] in FEATURES or row["feature"] in MEANING_FEATURES),
            ("value", value == ASKED or value.replace(".", "", 1).isdigit()),
            ("only_when", not first or row["only_when"] in ("unknown", "failed", "any")),
            ("asked", row["asked"] in ("", "all", "main")),
        )
        if not right
    ]
    if wrong:
        raise data.KnowledgeError(f"{FILE}: change {row['change']!r}: unknown {wrong[0]} {row[wrong[0]]!r}")


def raised(
    change: Change, features: Mapping[str, float], known: Mapping[str, bool], firmness: float
) -> dict[str, float]:
    """The features that the change would raise, with their new values; nothing when it is not offered.

    `known` says which of them rest on what both sides say, `firmness` how firmly the need asks for what the first
    feature compares (0-1). A feature that the run does not have is passed over, and none is ever lowered.
    """
    decides = change.feature
    if decides not in features or (change.when != "any" and (change.when == "failed") != known[decides]):
        return {}
    new = {name: firmness if value == ASKED else float(value) for name, value in change.values.items()}
    higher = {
        name: value
        for name, value in new.items()
        if name in features and (math.isnan(features[name]) or features[name] < value)
    }
    return higher if decides in higher else {}


def rescored(scorer: Scorer, features: Mapping[str, float], changed: Sequence[Mapping[str, float]]) -> Numbers:
    """The score of one pair under each of some changes of its features, by the scorer of the run."""
    if not changed:
        return np.zeros(0)
    columns = {
        name: np.asarray([change.get(name, value) for change in changed], dtype=float)
        for name, value in features.items()
    }
    return score_pairs(scorer, columns)[1]


def place(score: float, supplier_id: str, others: Mapping[str, float]) -> int:
    """The rank of a supplier with this score among the others (id -> score), as a run ranks: ties go by id."""
    return 1 + sum((-other, name) < (-score, supplier_id) for name, other in others.items() if name != supplier_id)
