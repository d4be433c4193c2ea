"""This should rank above that; whatever the order of the rows."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import numpy as np
import pytest

from integrator import data, tables
from integrator.ranking.scorecard import scorecard

with (Path(__file__).parent / "order_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "order_cases.csv"))
assert csv


def supplier(identifier: str, text: str) -> dict[str, str]:
    values = dict(zip(("products", "processes", "materials", "status"), text.split("|"), strict=True))
    return {"supplier_id": identifier, "name": identifier} | {k: v for k, v in values.items() if v}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_this_ranks_above_that(match, case):
    need = {"need_id": "X1", "component": case["need"], "processes": case["need_processes"]}
    need["materials"] = case["need_materials"]
    need = {key: value for key, value in need.items() if value}
    # the better one has the later id, so that a tie is a failure
    found = match([supplier("B", case["better"]), supplier("A", case["worse"])], [need])["matches"]
    assert found["supplier_id"].iloc[0] == "B", found[["supplier_id", "score", "grade", "reasons"]].to_string()


WORLD = [supplier(f"S{i:02}", case["better"]) for i, case in enumerate(CASES)]
NEEDS = [
    {"need_id": f"X{i:02}", "component": case["need"], "processes": case["need_processes"] or "usinage"}
    for i, case in enumerate(CASES)
]


def test_points_sum_to_the_score(match):
    found = match(WORLD, NEEDS)
    sums = found["reasons"].groupby(["need_id", "supplier_id"])["points"].sum()
    scores = found["matches"].set_index(["need_id", "supplier_id"])["score"]
    assert np.allclose(sums.reindex(scores.index), scores, atol=1e-6)


def test_an_unknown_feature_takes_its_neutral_value(match):
    reasons = match(WORLD, NEEDS)["reasons"]
    neutral = {criterion.feature: criterion.weight * criterion.neutral for criterion in scorecard()}
    certificates = reasons[reasons["criterion"] == "certificates"]
    assert set(certificates["state"]) == {"unknown"}
    assert np.allclose(certificates["points"], neutral["certificates"])


def test_the_order_of_rows_does_not_matter(match):
    first = match(WORLD, NEEDS)
    shuffled = [random.Random(7).sample(rows, len(rows)) for rows in (WORLD, NEEDS)]
    second = match(*shuffled)
    for name in ("matches", "reasons", "opportunities", "candidates"):
        one, other = (tables.check(tables.ALL[name], run[name]) for run in (first, second))
        plain = [column for column in one.columns if not column.endswith("_cell")]
        assert one[plain].equals(other[plain]), name


def test_equal_evidence_ties_by_id(match):
    twins = [supplier(identifier, "pneus|||operating") for identifier in ("S3", "S1", "S2")]
    found = match(twins, [{"need_id": "X1", "component": "pneumatique"}])["matches"]
    assert list(found["supplier_id"]) == ["S1", "S2", "S3"]
    assert found["score"].nunique() == 1


def test_a_need_without_candidates_keeps_its_row(match):
    found = match(WORLD, [{"need_id": "X1", "component": "zzzz"}])
    assert list(found["matches"]["supplier_id"]) == [""]
    assert found["matches"]["rank"].isna().all()
    assert list(found["opportunities"]["outlook"]) == ["none"]


@pytest.mark.parametrize(("suppliers", "needs"), [([], NEEDS), (WORLD, []), ([], [])])
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
