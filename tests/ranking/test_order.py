"""This should rank above that; whatever the order of the rows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from integrator import data, tables
from integrator.ranking.features import FEATURES
from integrator.ranking.scorecard import STATES, Scorecard, scorecard
from integrator.ranking.scoring import score_pairs

with (Path(__file__).parent / "order_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "order_cases.csv"))
SIDES = (("b", "better"), ("a", "worse"))


def supplier(identifier: str, text: str) -> dict[str, str]:
    values = dict(zip(("products", "processes", "materials", "status"), text.split("|"), strict=True))
    return {"supplier_id": identifier, "name": identifier} | {k: v for k, v in values.items() if v}


def need(identifier: str, case: dict[str, str]) -> dict[str, str]:
    fields = {"component": "need", "processes": "need_processes", "materials": "need_materials"}
    return {"need_id": identifier} | {field: case[name] for field, name in fields.items() if case[name]}


@pytest.fixture(scope="module")
def ranked(run_match) -> pd.DataFrame:
    """Everybody of every case in one run. The better one has the later id, so that a tie is a failure."""
    sides = [(f"S{i:02}-{side}", case[name]) for i, case in enumerate(CASES) for side, name in SIDES]
    needs = [need(f"X{i:02}", case) for i, case in enumerate(CASES)]
    return run_match([supplier(*side) for side in sides], needs)["matches"].set_index(["need_id", "supplier_id"])


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_this_ranks_above_that(ranked, case):
    number = CASES.index(case)
    ours = ranked.loc[f"X{number:02}"]
    better, worse = (ours["rank"].get(f"S{number:02}-{side}") for side, _ in SIDES)
    assert better is not None
    assert worse is None or better < worse, ours[["rank", "score", "grade", "reasons"]].to_string()


WORLD = [supplier(f"S{i:02}", case["better"]) for i, case in enumerate(CASES)]
NEEDS = [need(f"X{i:02}", case) for i, case in enumerate(CASES)]


@pytest.fixture(scope="module")
def world(run_match) -> Mapping[str, pd.DataFrame]:
    return run_match(WORLD, NEEDS)


def test_points_sum_to_the_score(world):
    sums = world["reasons"].groupby(["need_id", "supplier_id"])["points"].sum()
    scores = world["matches"].set_index(["need_id", "supplier_id"])["score"]
    assert np.allclose(sums.reindex(scores.index), scores, atol=1e-6)


def test_an_unknown_feature_takes_its_neutral_value(world):
    reasons = world["reasons"]
    neutral = {criterion.feature: criterion.weight * criterion.neutral for criterion in scorecard()}
    certificates = reasons[reasons["criterion"] == "certificates"]
    assert set(certificates["state"]) == {"unknown"}
    assert np.allclose(certificates["points"], neutral["certificates"])


@pytest.mark.parametrize("criterion", scorecard(), ids=[criterion.feature for criterion in scorecard()])
def test_unknown_is_between_the_worst_and_the_best(criterion):
    def points(value: float) -> float:
        features = {name: np.zeros(1) for name in FEATURES} | {criterion.feature: np.asarray([value])}
        return float(score_pairs(Scorecard(), features)[1][0])

    unknown = points(float("nan"))
    assert unknown == pytest.approx(criterion.weight * criterion.neutral)
    assert 0 == points(0.0) <= unknown < points(1.0) == pytest.approx(criterion.weight)
    assert [STATES[one] for one in criterion.places(np.asarray([float("nan"), 1.0]))] == ["unknown", "met"]


def test_nothing_known_is_the_sum_of_the_neutral_values():
    unknown = score_pairs(Scorecard(), {name: np.asarray([float("nan")]) for name in FEATURES})[1]
    assert unknown[0] == pytest.approx(sum(criterion.weight * criterion.neutral for criterion in scorecard()))
    assert 0 < unknown[0] < 30


def test_every_pair_stands_once_in_falling_order(ranked):
    matches = ranked.reset_index()
    assert not matches.duplicated(["need_id", "supplier_id"]).any()
    for _, rows in matches.groupby("need_id"):
        assert list(rows["rank"]) == list(range(1, len(rows) + 1))
        order = list(zip(-rows["score"], rows["supplier_id"], strict=True))
        assert order == sorted(order)
        assert rows["score"].between(0, 100).all()


def test_the_order_of_rows_does_not_matter(world, match):
    shuffled = [random.Random(7).sample(rows, len(rows)) for rows in (WORLD, NEEDS)]
    second = match(*shuffled)
    for name in ("matches", "reasons", "opportunities", "candidates"):
        one, other = (tables.check(tables.ALL[name], run[name]) for run in (world, second))
        plain = [column for column in one.columns if not column.endswith("_cell")]
        assert one[plain].equals(other[plain]), name


def test_equal_evidence_ties_by_id(match):
    twins = [supplier(identifier, "pneus|||operating") for identifier in ("S3", "S1", "S2")]
    found = match(twins, [{"need_id": "X1", "component": "pneumatique"}])["matches"]
    assert list(found["supplier_id"]) == ["S1", "S2", "S3"]
    assert found["score"].nunique() == 1


def test_a_need_without_candidates_keeps_its_row(match):
    found = match(WORLD, [{"need_id": "X1", "component": "zzzz"}])
    assert len(found["matches"]) == 1
    assert len(found["reasons"]) == 0
    assert list(found["matches"]["supplier_id"]) == [""]
    assert found["matches"]["rank"].isna().all()
    assert list(found["opportunities"]["outlook"]) == ["none"]


@pytest.mark.parametrize(
    ("suppliers", "needs"),
    [([], NEEDS), (WORLD, []), ([], [])],
    ids=["B13-no-suppliers", "B13-no-needs", "B13-nothing"],
)
def test_nothing_on_a_side_is_no_fault(match, suppliers, needs):
    found = match(suppliers, needs)
    assert len(found["opportunities"]) == len(needs)
    assert set(found["matches"]["supplier_id"]) <= {""}


def test_weights_sum_to_one_hundred():
    assert sum(criterion.weight for criterion in scorecard()) == pytest.approx(100)
    assert all(0 <= criterion.neutral <= 1 for criterion in scorecard())


def test_a_process_that_the_need_only_implies_is_served_all_the_same(match):
    able = supplier("S1", "découpage fin|emboutissage|DC01|operating")
    found = match([able], [{"need_id": "X1", "component": "support métallique embouti"}])["matches"]
    assert list(found["grade"]) == [2]


def test_a_material_known_to_be_another_is_no_conversion(match):
    able = supplier("S1", "pièces mécaniques|usinage|fonte|operating")
    need = {"need_id": "X1", "component": "isolateur", "processes": "usinage", "materials": "céramique"}
    assert list(match([able], [need])["matches"]["grade"]) == [1]
