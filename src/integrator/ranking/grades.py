"""Match grades by rules over the features; the first rule that holds gives the grade and its basis."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from integrator import data
from integrator.ranking.arrays import Numbers
from integrator.ranking.features import FEATURES
from integrator.wording import by_language

FILE = "ranking/grades.csv"
Rule = Mapping[str, str]


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The shipped rules in the order they are tried; the last one has no condition."""
    return data.rows(FILE)


def grade(features: dict[str, Numbers], language: str) -> tuple[np.ndarray, list[str]]:
    """The grade of every pair (0-4) and the words that say why, in the language asked."""
    size = len(next(iter(features.values())))
    chosen = np.full(size, -1)
    for position, rule in enumerate(rules()):
        holds = np.full(size, True)
        for name in FEATURES:
            if rule.get(name):
                holds &= _holds(features[name], rule[name])
        chosen = np.where((chosen < 0) & holds, position, chosen)
    said = [by_language(rule, FILE, "basis_")[language] for rule in rules()]
    grades = np.asarray([int(rule["grade"]) for rule in rules()])
    return grades[chosen], [said[position] for position in chosen]


def _holds(values: Numbers, condition: str) -> np.ndarray:
    """`0.6`: known and at least 0.6; `0.3?`: unknown, or at least 0.3."""
    known = ~np.isnan(values)
    enough = known & (values >= float(condition.rstrip("?")))
    return np.asarray(enough | ~known if condition.endswith("?") else enough)
