"""Grade rules, tried from top to bottom."""

from __future__ import annotations

import numpy as np
import pytest

from integrator.ranking.features import FEATURES
from integrator.ranking.grades import grade, rules

NAN = float("nan")


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"part_same": 1.0, "active": 1.0}, 4),
        ({"part_same": 1.0, "active": 0.5}, 3),
        ({"part_same": 1.0}, 3),
        ({"part_same": 0.85, "active": 1.0}, 3),
        ({"part_near": 0.7, "main_process": 0.9}, 3),
        ({"part_near": 0.7}, 1),
        ({"main_process": 0.9, "material_near": 0.9}, 2),
        ({"main_process": 0.9}, 2),
        ({"main_process": 0.9, "material_near": 0.1, "process_cover": 0.9}, 1),
        ({"part_same": 1.0, "active": 1.0, "material_near": 0.1}, 3),
        ({"part_same": 1.0, "active": 1.0, "material_near": 0.5}, 4),
        ({"process_cover": 0.4}, 1),
        ({"material_near": 0.9}, 1),
        ({"active": 1.0, "wording_words": 1.0}, 0),
        ({}, 0),
    ],
)
def test_rules(known, expected):
    features = {name: np.asarray([known.get(name, NAN)]) for name in FEATURES}
    grades, bases = grade(features, "fr")
    assert list(grades) == [expected]
    assert bases[0]


def test_rules_fall_and_the_last_takes_all():
    listed = [int(rule["grade"]) for rule in rules()]
    assert listed == sorted(listed, reverse=True)
    assert not any(rules()[-1].get(name) for name in FEATURES)
