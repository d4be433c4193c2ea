"""Which judgements are learned from, and why the others are not; made-up suppliers, needs and grades."""

from __future__ import annotations

import dataclasses
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import judged_world
from integrator import config, normalization, pipeline
from integrator.ranking import Scorecard
from integrator.records import Judgement
from integrator.store import Store
from integrator.training.judged import JudgedPairs, judged_pairs

DAY = "2026-01-01"


def one(need: str, supplier: str, grade: int | None, day: str = DAY, judge: str = "A", reason: str = "") -> Judgement:
    return Judgement(need, supplier, grade, reason, "", judge, day)


@pytest.fixture(scope="module")
def few() -> pipeline.Run:
    """The made-up job with few candidates for each need."""
    job = config.Config().with_changes({"matching": {"candidates": 2}})
    return pipeline.match(job, judged_world.inputs(), scorer=Scorecard())


def pairs_of(run: pipeline.Run) -> list[tuple[str, str]]:
    return list(run.tables["candidates"][["need_id", "supplier_id"]].itertuples(index=False, name=None))


def learned(run: pipeline.Run, *judgements: Judgement) -> JudgedPairs:
    return judged_pairs(dataclasses.replace(run, judgements=judgements))


def grades(judged: JudgedPairs) -> dict[tuple[str, str], float]:
    found = zip(judged.need.tolist(), judged.supplier.tolist(), judged.grade.tolist(), strict=True)
    return {(need, supplier): grade for need, supplier, grade in found if not np.isnan(grade)}


def test_every_judgement_is_used_or_counted(few):
    pairs = pairs_of(few)
    stranger = next((n["need_id"], s["supplier_id"]) for n in judged_world.NEEDS for s in judged_world.SUPPLIERS
                    if (n["need_id"], s["supplier_id"]) not in pairs)  # fmt: skip
    judged = learned(
        few,
        one(*pairs[0], 3), one(*pairs[1], 0),
        one(*pairs[2], None), one("X99", "S99", None),
        one("X99", "S01", 2), one("X98", "S99", 2),
        one("X00", "S99", 2),
        one(*pairs[0], 4, day="2026-02-01"), one(*pairs[0], 1, day="2025-12-31"),
        one(*stranger, 4),
    )  # fmt: skip
    assert judged.read == 10
    assert grades(judged) == {pairs[0]: 4, pairs[1]: 0}
    assert judged.dropped == {
        "unsure": 2, "unknown_need": 2, "unknown_supplier": 1, "withdrawn": 0, "judged_again_later": 2,
        "no_candidate": 1,
    }  # fmt: skip


@given(
    st.lists(
        st.builds(
            one,
            st.sampled_from(["X00", "X01", "X02", "X99"]), st.sampled_from(["S00", "S01", "S04", "S99"]),
            st.sampled_from([None, 0, 1, 2, 3, 4]), st.sampled_from(["", DAY, "2026-02-01"]),
            st.sampled_from(["A", "B"]), st.sampled_from(["", "why"]),
        ),
        max_size=20,
    )
)  # fmt: skip
@settings(max_examples=15, deadline=None)
def test_nothing_is_lost(judgements):
    run = _whole_run()
    judged = learned(run, *judgements)
    assert judged.read == len(set(judgements)) == int(judged.is_judged.sum()) + sum(judged.dropped.values())
    assert tuple(judged.dropped) == (*normalization.LEFT_OUT, "no_candidate")
    assert min(judged.dropped.values(), default=0) >= 0


_RUNS: list[pipeline.Run] = []


def _whole_run() -> pipeline.Run:
    if not _RUNS:
        _RUNS.append(judged_world.run_of())
    return _RUNS[0]


def test_all_candidates_of_the_judged_needs_are_there_and_no_others(plain_run):
    judged = learned(plain_run, one("X03", "S03", 4), one("X05", "S05", None), one("X99", "S03", 4))
    assert judged.needs.tolist() == ["X03"]
    assert list(zip(judged.need, judged.supplier, strict=True)) == [p for p in pairs_of(plain_run) if p[0] == "X03"]
    assert int(judged.is_judged.sum()) == 1
    table = plain_run.tables["candidates"]
    np.testing.assert_array_equal(judged.scorecard, table[table["need_id"] == "X03"]["score"].to_numpy())


def test_no_judgement_gives_no_pair(plain_run):
    judged = learned(plain_run)
    assert (len(judged), judged.read, judged.needs.tolist()) == (0, 0, [])
    assert set(judged.dropped.values()) == {0}


def test_a_need_judged_among_strangers_alone_is_not_judged(few):
    pairs = pairs_of(few)
    need = pairs[0][0]
    stranger = next(one["supplier_id"] for one in judged_world.SUPPLIERS if (need, one["supplier_id"]) not in pairs)
    judged = learned(few, one(need, stranger, 4))
    assert (len(judged), judged.dropped["no_candidate"]) == (0, 1)


def test_what_a_review_brought_into_the_store_is_learned_from(tmp_path):
    Store(tmp_path / "integrator-store").add_judgements([
        one("X00", "S00", 1, judge="reviewer", day="2026-03-01"), one("X01", "S01", 2), one("X02", "S02", 2),
    ])  # fmt: skip
    run = judged_world.run_of([one("X00", "S00", 4), one("X02", "S02", 2)], tmp_path)
    judged = judged_pairs(run)
    assert grades(judged) == {("X00", "S00"): 1, ("X01", "S01"): 2, ("X02", "S02"): 2}
    assert (judged.read, judged.dropped["judged_again_later"]) == (4, 1)  # X02 stands in both word for word


@pytest.mark.parametrize("grade", [0, 1, 3, 4])
def test_of_two_grades_on_one_day_the_one_of_the_store_counts(tmp_path, grade):
    Store(tmp_path / "integrator-store").add_judgements([one("X00", "S00", grade)])
    judged = judged_pairs(judged_world.run_of([one("X00", "S00", 2)], tmp_path))
    assert grades(judged) == {("X00", "S00"): grade}
    assert (judged.read, judged.dropped["judged_again_later"]) == (2, 1)


def test_the_order_of_the_rows_changes_nothing(plain_run):
    judgements = judged_world.judge(plain_run, judged_world.by_supplier)
    judgements += [one("X00", "S00", 0, day="2025-01-01"), one("X00", "S00", None), one("X77", "S00", 1)]

    def read(seed: int | None) -> JudgedPairs:
        rows = [list(judged_world.SUPPLIERS), list(judged_world.NEEDS), list(judgements)]
        if seed is not None:
            for table in rows:
                random.Random(seed).shuffle(table)
        inputs = judged_world.inputs(rows[2], rows[0], rows[1])
        return judged_pairs(pipeline.match(config.Config(), inputs, scorer=Scorecard()))

    plain = read(None)
    experience = plain.experience(plain.needs.tolist())
    for seed in (1, 2):
        other = read(seed)
        assert (other.read, other.dropped) == (plain.read, plain.dropped)
        assert other.supplier.tolist() == plain.supplier.tolist()
        np.testing.assert_array_equal(other.grade, plain.grade)
        assert other.experience(other.needs.tolist()) == experience
        np.testing.assert_array_equal(other.matrix.rows(experience), plain.matrix.rows(experience))


def test_experience_knows_only_the_needs_that_it_is_asked_for(plain_run):
    judged = learned(plain_run, *judged_world.judge(plain_run, judged_world.by_supplier))
    some = judged.experience({"X00", "X04"})
    assert set(some.judged) == set(some.needs) == {"X00", "X04"}
    assert all(abs(sum(row.values())) < 1e-4 for row in some.judged.values())
    assert judged.experience(()).judged == {}


def test_experience_enters_its_own_columns_alone(plain_run):
    judged = learned(plain_run, *judged_world.judge(plain_run, judged_world.by_supplier))
    rows, plain = (judged.matrix.rows(past) for past in (judged.experience(judged.needs.tolist()), None))
    column = judged.matrix.features.index("judged_alike")
    assert not np.isnan(rows[:, column]).all()
    assert np.isnan(plain[:, column]).all()
    np.testing.assert_array_equal(np.delete(rows, column, axis=1), np.delete(plain, column, axis=1))
