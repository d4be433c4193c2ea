"""Made-up job: how its needs are cut, who matches them and where its tables lie change nothing."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import judged_world
from integrator import blocks, config, pipeline, retrieval, run_folder
from integrator.parts import PartedTables, of_needs
from integrator.ranking import shipped_ranker
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

JOB = config.Config(base=Path("no-such-folder"))
ROUGH = tuple({**one, "component": one["component"] + " démo"} for one in judged_world.NEEDS)
NEEDS = (*judged_world.NEEDS, *({**one, "need_id": f"Y{i:02}"} for i, one in enumerate(ROUGH)), {
    "need_id": "Z1", "component": "zzzz"})  # fmt: skip
"""The last has no candidate."""


def run_by(plan: blocks.Plan | None) -> pipeline.Run:
    return pipeline.match(JOB, judged_world.inputs(needs=NEEDS), scorer=shipped_ranker(), plan=plan)


@pytest.fixture(scope="module")
def whole() -> pipeline.Run:
    return run_by(None)


def assert_same(one: pipeline.Run, other: pipeline.Run) -> None:
    assert one.stage_counts == other.stage_counts
    assert set(one.tables) == set(other.tables)
    for name in one.tables:
        pd.testing.assert_frame_equal(one.tables[name], other.tables[name], check_exact=True)


@given(rows=st.integers(1, 25), on_disk=st.booleans())
@settings(max_examples=3)
def test_any_cut_gives_the_same_run(whole, rows, on_disk):
    assert_same(run_by(blocks.Plan(rows, on_disk)), whole)


@pytest.mark.parametrize("rows", [4, *(pytest.param(rows, marks=pytest.mark.nightly) for rows in (1, 100))])
def test_two_processes_give_the_same_run(whole, rows):
    assert_same(run_by(blocks.Plan(rows, True, 2)), whole)


def test_needs_in_any_company_are_matched_alike(whole):
    tables, taxonomy = whole.tables, load(None)
    space = ConceptSpace(taxonomy)
    channels = retrieval.all_channels(tables["suppliers"], tables["capabilities"], space, taxonomy)
    sides = [tables[name] for name in ("suppliers", "capabilities", "facts", "needs")]
    offer = blocks.offer_of(*sides, channels, space, shipped_ranker())
    ids = tables["needs"]["need_id"].tolist()
    for seed in range(5):
        some = random.Random(seed).sample(ids, random.Random(seed).randint(1, len(ids)))
        needs, requirements = (of_needs(tables, name, some) for name in ("needs", "requirements"))
        facts = tables["facts"][tables["facts"]["entity_id"].isin(some)]
        found = blocks.match_block(needs, requirements, facts, offer, blocks.Settings(50, "fr", True))
        for name in ("matches", *blocks.WIDE):
            pd.testing.assert_frame_equal(getattr(found, name), of_needs(tables, name, some), check_exact=True)


def test_a_folder_is_the_same_from_disk(whole, tmp_path):
    run_folder.write(whole, tmp_path / "held", False)
    parted = run_by(blocks.Plan(4, True))
    assert isinstance(parted.tables, PartedTables)
    run_folder.write(parted, tmp_path / "parts", False)
    held, parts = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "held", tmp_path / "parts")
    )
    assert held == parts


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_leaves_nothing_on_disk(workers, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    match_block = blocks.match_block

    def failing(needs, *rest):
        if "Y00" in set(needs["need_id"]):
            raise RuntimeError("made up")
        return match_block(needs, *rest)

    monkeypatch.setattr(blocks, "match_block", failing)
    with pytest.raises(RuntimeError, match="made up"):
        run_by(blocks.Plan(3, True, workers))
    assert not list(tmp_path.iterdir())


def test_tables_on_disk_go_with_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    run = run_by(blocks.Plan(3, True))
    assert len(list(tmp_path.iterdir())) == 1
    del run
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("size", "plan"),
    [
        ((108, 290, 50, 1), blocks.Plan(108, False)),
        ((0, 290, 50, 1), blocks.Plan(1, False)),
        ((2_000, 10_000, 50, 1), blocks.Plan(596, True)),
        ((100, 290, 50, 2), blocks.Plan(50, True, 2)),
        ((5, 10**6, 10**6, 1), blocks.Plan(1, True)),
    ],
)
def test_plans(size, plan):
    assert blocks.plan_of(*size) == plan


def test_one_need_of_an_id_is_not_quoted_for_a_supplier_of_the_same_id():
    suppliers = ({**judged_world.SUPPLIERS[0], "supplier_id": "A1", "status": "en activité"},)
    needs = ({**judged_world.NEEDS[0], "need_id": "A1", "hs_code": "8708.30"},)
    reasons = pipeline.match(JOB, judged_world.inputs(suppliers=suppliers, needs=needs)).tables["reasons"]
    tariff = reasons[reasons["criterion"] == "tariff"].iloc[0]
    assert tariff["need_value"].startswith("8708")
    assert tariff["supplier_value"] == ""
    assert np.isfinite(reasons["points"]).all()
