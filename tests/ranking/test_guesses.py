"""A need whose part the lexicon does not know: the nearest names bring suppliers, and are never told as facts."""

from __future__ import annotations

import pytest

from integrator.project_sheets.content import gather
from integrator.project_sheets.valuations import valuations

SUPPLIERS = [
    {"supplier_id": "S1", "name": "S1", "products": "disques de frein", "status": "operating 2025"},
    {"supplier_id": "S2", "name": "S2", "products": "emballages en carton"},
]
UNKNOWN = {"need_id": "X1", "component": "bidisque de freinette"}
KNOWN = {"need_id": "X2", "component": "disque de frein"}


@pytest.fixture(scope="module")
def tables(run_match):
    return run_match(SUPPLIERS, [UNKNOWN, KNOWN])


def of(tables, name, need):
    frame = tables[name]
    return frame[frame["need_id"] == need]


def test_the_nearest_names_are_proposals_and_so_is_what_follows(tables):
    asked = of(tables, "requirements", "X1")
    assert set(asked["step"]) == {"similar"}
    assert "C-BDISC" in set(asked["concept"])
    assert asked["score"].max() <= 0.4
    assert "similar" not in set(of(tables, "requirements", "X2")["step"])


def test_they_bring_the_supplier_and_meet_or_fail_nothing(tables):
    ranked = of(tables, "matches", "X1").set_index("supplier_id")
    assert ranked.loc["S1", "rank"] == 1
    assert (ranked["grade"] == 0).all()
    reasons = of(tables, "reasons", "X1").set_index(["supplier_id", "criterion"])
    assert reasons.loc[("S1", "part_near"), "state"] == "unknown"
    assert reasons.loc[("S1", "part_near"), "need_value"].endswith("(?)")
    about = ["part_same", "part_near", "part_related", "main_process", "process_cover", "material_near"]
    assert set(reasons.loc["S1"].loc[about, "state"]) == {"unknown"}
    assert of(tables, "matches", "X2").set_index("supplier_id").loc["S1", "grade"] == 4


def test_a_sheet_names_no_family_and_no_usual_process_from_a_proposal(tables):
    sheets = {content.need["need_id"]: content for content in gather(tables, 5, valuations(tables))}
    assert (sheets["X1"].family, sheets["X1"].implied) == ((), ())
    assert sheets["X2"].family
    assert sheets["X2"].implied


def test_the_unknown_part_stays_on_the_list_of_unknown_terms(tables):
    terms = tables["unknown_terms"]
    assert terms[terms["field"] == "need.component"]["term"].tolist() == ["bidisque de freinette"]
