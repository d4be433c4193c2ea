"""A grade by rule and a learned probability that say the opposite are told; nothing learned, nothing told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from integrator import data
from integrator.ranking.conflicts import conflicts

with (Path(__file__).parent / "conflict_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "conflict_cases.csv"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_cases(language):
    grades = np.asarray([int(case["grade"]) for case in CASES])
    probability = np.asarray([float(case["probability"] or "nan") for case in CASES])
    found = conflicts(grades, probability, language)
    assert [bool(text) for text in found] == [case["conflict"] == "yes" for case in CASES]
    assert "grade 4" in found[0] or "niveau 4" in found[0]
    assert "10 %" in found[0]


def test_no_pairs_no_conflict():
    assert conflicts(np.zeros(0), np.zeros(0), "en") == []


def test_a_run_without_a_probability_has_none(match):
    found = match(
        [{"supplier_id": "S1", "name": "S1", "products": "disques de frein"}],
        [{"need_id": "X1", "component": "disque de frein"}, {"need_id": "X2", "component": "zzzz"}],
    )["matches"]
    assert set(found["conflict"]) == {""}
