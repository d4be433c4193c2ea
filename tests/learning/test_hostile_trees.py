"""What is no ensemble of trees is refused in one sentence, before anything is walked: cases in hostile_trees.csv."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from graded_rows import stump
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.learning import TreeEnsemble
from integrator.learning.ensemble import join_trees

LINES = (Path(__file__).parent / "hostile_trees.csv").read_text(encoding="utf-8").splitlines()
CASES = list(csv.DictReader(line for line in LINES if not line.startswith("#")))


def sound() -> dict:
    return json.loads(json.dumps(join_trees([stump(), stump(1.5)], n_features=2).to_dict()))


@pytest.mark.parametrize("case", CASES, ids=[f"{c['key']}[{c['entry']}]={c['value']}"[:60] for c in CASES])
def test_a_hostile_file_is_refused(case) -> None:
    data = sound()
    if case["entry"]:
        data[case["key"]][int(case["entry"])] = json.loads(case["value"])
    else:
        data[case["key"]] = json.loads(case["value"])
    with pytest.raises(ValueError, match=case["said"]) as refused:
        TreeEnsemble.from_dict(data)
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


def test_a_missing_key_is_named() -> None:
    for key in sound():
        data = sound()
        del data[key]
        with pytest.raises(ValueError, match="format" if key == "format" else key):
            TreeEnsemble.from_dict(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from(sorted(sound())), ANYTHING)
@settings(deadline=None, max_examples=100)
def test_anything_in_place_of_a_value_is_read_or_refused(key: str, value) -> None:
    data = sound() | {key: value}
    try:
        TreeEnsemble.from_dict(data)
    except ValueError:
        return
    assert type(value) in (int, float, list, str)


@given(ANYTHING)
@settings(deadline=None)
def test_anything_as_a_file_is_refused(value) -> None:
    with pytest.raises(ValueError, match=r"trees|Trees"):
        TreeEnsemble.from_dict(value)
