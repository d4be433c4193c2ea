"""Whatever is stated, a valuation gives figures or says what is missing: nothing escapes, and what must hold holds."""

from __future__ import annotations

import dataclasses
import json
import os
import random

import any_inputs
import pytest
from value_world import context_of

from integrator import pipeline, valuation
from integrator.explaining import explain_value, value_data, value_text
from integrator.explaining.values import PORTFOLIO

SEEDS = range(int(os.environ.get("INTEGRATOR_FUZZ", "600")) // 100)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_inputs_are_valued_and_explained(valued: pipeline.Run, seed: int) -> None:
    chance = random.Random(seed)
    context = context_of(
        valued, any_inputs.options(chance), stated=any_inputs.stated(chance), bills=any_inputs.bills(chance),
        day=chance.choice(["", "2026-06-30"]),
    )  # fmt: skip
    run = dataclasses.replace(valued, tables={**valued.tables, **valuation.valued(context)})
    values = run.tables["values"].set_index(["need_id", "figure"])
    for need_id in values.index.unique("need_id"):
        of = values.loc[need_id]
        gross, net, sure = (
            of.loc[name] for name in ("gross_import_replaced", "net_domestic_value", "net_domestic_value_certain")
        )
        if net["status"] != "missing":
            assert net["high"] <= gross["high"] * (1 + 1e-9)
            assert sure["low"] <= net["low"] * (1 + 1e-9)
            assert net["high"] <= sure["high"] * (1 + 1e-9)
    rates = run.tables["rates"]
    for name in ("before", "after"):
        known = rates[rates[f"{name}_low"].notna()]
        assert ((known[f"{name}_low"] >= -1e-9) & (known[f"{name}_high"] <= 1 + 1e-9)).all()
    for need_id in (*run.tables["needs"]["need_id"], PORTFOLIO):
        explained = explain_value(run, need_id)
        assert value_text(explained)
        json.dumps(value_data(explained), allow_nan=False)
