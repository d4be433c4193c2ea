"""Where the grade by rule and the learned probability say the opposite, for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from integrator import data
from integrator.wording import by_language

if TYPE_CHECKING:
    from integrator.ranking.arrays import Numbers

FILE = "ranking/conflicts.csv"
_CONDITIONS = ("grade_at_least", "grade_at_most", "probability_below", "probability_above")


def conflicts(grades: np.ndarray, probability: Numbers, language: str) -> list[str]:
    """What is in conflict for each pair, in the words of `data/ranking/conflicts.csv`; "" = nothing.

    `grades` are 0-4, `probability` that of grade 2 or more; without one (NaN) there is no conflict.
    """
    grades, probability = np.asarray(grades, dtype=float), np.asarray(probability, dtype=float)
    found = [""] * len(grades)
    for rule in reversed(data.rows(FILE)):
        text = by_language(rule, FILE, "text_")[language]
        for i in np.flatnonzero(_holds(rule, grades, probability)):
            found[i] = text.format(grade=int(grades[i]), percent=round(100 * probability[i]))
    return found


def _holds(rule: Mapping[str, str], grades: Numbers, probability: Numbers) -> np.ndarray:
    least, most, below, above = (float(rule[name]) if rule[name] else np.nan for name in _CONDITIONS)
    broken = (grades < least) | (grades > most) | (probability >= below) | (probability <= above)
    return np.asarray(~broken & ~np.isnan(grades) & ~np.isnan(probability))
