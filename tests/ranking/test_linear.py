"""A trained ranker is a readable file, and a bad one is refused in one sentence."""

from __future__ import annotations

import json

import numpy as np
import pytest

from integrator.errors import UsageError
from integrator.ranking import LinearRanker, Term, load_ranker

RANKER = LinearRanker({"part_same": Term(0.5, 0.25, 2.0, 1.0)}, 3.0, {"pairs": 20})


def test_round_trip(tmp_path):
    RANKER.save(tmp_path / "ranker.json")
    assert load_ranker(tmp_path / "ranker.json") == RANKER


def test_points_keep_unknown_apart_from_zero():
    points = RANKER.added("part_same", np.asarray([1.0, 0.5, 0.0, np.nan]))
    assert points.tolist() == [15.0, 3.0, -9.0, 0.0]
    assert RANKER.added("tariff", np.asarray([1.0])).tolist() == [0.0]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"terms": {"no_such_feature": {"mean": 0, "scale": 1, "weight": 0, "known": 0}}},
        {"terms": {"tariff": {"mean": 0, "scale": 0, "weight": 0, "known": 0}}},
        {"terms": {"tariff": {"mean": 0}}},
        {"factor": "many"},
        {"factor": float("inf")},
    ],
)
def test_what_is_no_ranker_is_refused(tmp_path, change):
    RANKER.save(tmp_path / "ranker.json")
    content = json.loads((tmp_path / "ranker.json").read_text(encoding="utf-8")) | change
    (tmp_path / "ranker.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UsageError, match=r"ranker\.json"):
        load_ranker(tmp_path / "ranker.json")


def test_a_pickle_is_never_opened(tmp_path):
    (tmp_path / "ranker.json").write_bytes(b"\x80\x04\x95\x00")
    with pytest.raises(UsageError, match="no ranker"):
        load_ranker(tmp_path / "ranker.json")
