"""Grade rules, tried from top to bottom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from integrator import data
from integrator.ranking.features import FEATURES
from integrator.ranking.grades import grade, rules

NAN = float("nan")


with (Path(__file__).parent / "grade_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "grade_cases.csv"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_rules(case):
    features = {name: np.asarray([float(case.get(name) or NAN)]) for name in FEATURES}
    grades, bases = grade(features, "fr")
    assert list(grades) == [int(case["grade"])]
    assert bases[0]


def test_many_pairs_are_graded_as_each_alone():
    features = {name: np.asarray([float(case.get(name) or NAN) for case in CASES]) for name in FEATURES}
    grades, bases = grade(features, "en")
    assert list(grades) == [int(case["grade"]) for case in CASES]
    assert set(bases) <= {rule["basis_en"] for rule in rules()}


def test_every_column_of_the_cases_is_a_feature():
    assert set(CASES[0]) - {"why", "grade"} <= set(FEATURES)


def test_rules_fall_and_the_last_takes_all():
    listed = [int(rule["grade"]) for rule in rules()]
    assert listed == sorted(listed, reverse=True)
    assert not any(rules()[-1].get(name) for name in FEATURES)
