"""Net domestic value added of a contract: the worked number, what is not stated, and a slow twin; made-up contracts."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from integrator import data
from integrator.taxonomy import load
from integrator.valuation import cost_shares
from integrator.valuation.cost_shares import INSIDE, OWN, PARTS, cost_share
from integrator.valuation.domestic import domestic_value, shares_fault, split
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.sourced import lineage

WORKED = {
    "imported_materials": 0.46, "local_materials": 0.24, "energy_services": 0.08, "labour": 0.12,
    "other_value_added": 0.10, "material_domestic": 0.45, "service_domestic": 0.80,
}  # fmt: skip
GROSS = Given("gross_import_replaced", exact(50e6), "MAD", "stated")


def stated(values: dict[str, float | Range]) -> dict[str, Given]:
    ranges = {name: one if isinstance(one, Range) else exact(one) for name, one in values.items()}
    return {name: Given(name, one, "share", "stated", "contract.xlsx") for name, one in ranges.items()}


def test_worked_contract() -> None:
    found = domestic_value(GROSS, stated(WORKED))
    parts = split({name: exact(one) for name, one in WORKED.items()})
    for figure, value in ((found.gross, 50e6), (found.net, 19.6e6), (found.left, 30.4e6), (found.certain, 19.6e6)):
        assert figure.value is not None
        assert figure.value.point == pytest.approx(value, rel=1e-9)
        assert figure.value.low == pytest.approx(figure.value.high, rel=1e-9)
        assert figure.unit == "MAD"
        assert not figure.missing
        assert not figure.is_marked
    assert parts.direct.point == pytest.approx(0.22)
    assert parts.second_tier.point == pytest.approx(0.172)
    assert found.share.value is not None
    assert found.share.value.point == pytest.approx(0.392)


def test_own_value_added_stands_for_labour_and_other() -> None:
    values = {name: one for name, one in WORKED.items() if name not in PARTS[3:]} | {OWN: 0.22}
    assert split({name: exact(one) for name, one in values.items()}).whole.point == pytest.approx(0.392)
    both = shares_fault({OWN: exact(0.2), "labour": exact(0.1)})
    assert "state one of both" in both


def test_one_share_that_is_not_stated_follows_from_the_others() -> None:
    values = {name: exact(one) for name, one in WORKED.items() if name != "labour"}
    assert split(values).whole.point == pytest.approx(0.392)
    assert domestic_value(GROSS, stated({k: v for k, v in WORKED.items() if k != "labour"})).certain.missing == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"labour": 0.2}, "sum to 1.08"),
        ({"labour": 0.02}, "sum to 0.9"),
        ({"labour": 1.2}, "not between 0 and 1"),
        ({"rent": 0.1}, "rent is no cost share"),
        ({"domestic_share": 0.4}, "domestic_share is no cost share"),
    ],
)
def test_shares_that_do_not_fit_give_no_figure_and_say_why(change: dict[str, float], fault: str) -> None:
    found = domestic_value(GROSS, stated({**WORKED, **change}))
    assert found.net.value is None
    assert found.share.value is None
    assert found.certain.value is None
    assert found.net.missing == ("cost_shares",)
    assert fault in found.net.note
    assert found.gross.value == exact(50e6)
    with pytest.raises(ValueError, match=fault):
        split({name: exact(one) for name, one in {**WORKED, **change}.items()})


def test_rounded_shares_are_taken() -> None:
    assert shares_fault({name: exact(one) for name, one in {**WORKED, "labour": 0.1205}.items() if name in PARTS}) == ""


def test_without_a_gross_value_the_share_is_still_said() -> None:
    found = domestic_value(None, stated(WORKED))
    assert found.net.value is None
    assert found.net.missing == ("volume", "price")
    assert found.share.value is not None


def test_nothing_stated_is_the_average_of_the_sector_marked_and_all_or_nothing_for_certain() -> None:
    found = domestic_value(GROSS, {})
    assert found.net.value == Range(0.395 * 50e6, 0.49 * 50e6)
    assert found.net.is_marked
    assert found.net.note == "average of the sector, no bound for a single part"
    assert [one.kind for one in found.share.inputs] == ["default"]
    assert "ecoactu" in found.share.inputs[0].source
    assert found.certain.value == Range(0.0, 50e6)
    assert not found.certain.is_marked
    assert set(PARTS) | set(INSIDE) == set(found.certain.missing)


def test_some_stated_shares_are_filled_up_with_a_default_that_fits() -> None:
    found = domestic_value(GROSS, stated({"imported_materials": 0.5}), ("P-STAMP", "P-SHEET", "P-FORMING"))
    assert found.share.value is not None
    assert (found.share.value.low, found.share.value.high) == pytest.approx((0.224, 0.5))
    assert found.net.is_marked
    tight = domestic_value(GROSS, stated({"imported_materials": 0.9}))
    assert tight.share.value is not None
    assert (tight.share.value.low, tight.share.value.high) == pytest.approx((0.0, 0.1))
    assert "own_value_added (all)" in tight.share.note
    assert not tight.share.is_marked


def test_assumptions_count_only_when_switched_on() -> None:
    found = domestic_value(GROSS, {}, ("P-HARN",), assumptions=True)
    assert {one.kind for one in found.share.inputs} == {"assumption"}
    assert found.share.value is not None
    assert 0 < found.share.value.low < found.share.value.high < 1
    assert found.certain.value == Range(0.0, 50e6)
    assert cost_share("imported_materials", ("P-HARN",)) is None
    assert cost_share(OWN, ("P-STAMP", "P-FORMING")) == cost_share(OWN, ("P-FORMING",), assumptions=True)


def test_families_of_the_table_are_processes_of_the_lexicon() -> None:
    lexicon = load()
    for row in data.rows(cost_shares.FILE):
        assert row["family"] == "all" or lexicon.concepts[row["family"]].kind == "process"
    assert lineage(lexicon, "P-STAMP")[:3] == ("P-STAMP", "P-SHEET", "P-FORMING")
    assert lineage(lexicon, "nothing") == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("all,labour,0.1,,0.2,share,default,,2020,yes,", "a default needs a source"),
        ("all,rent,0.1,,0.2,share,assumption,,,no,", "unknown item 'rent'"),
        ("all,labour,0.3,,0.2,share,assumption,,,no,", "must be in order"),
        ("all,labour,x,,0.2,share,assumption,,,no,", "column low: 'x' is no number"),
        ("all,labour,0.3,,1.2,share,assumption,,,no,", "nor above 1"),
        ("all,labour,0.3,,0.4,percent,assumption,,,no,", "the unit must be share"),
        ("all,labour,0.3,,0.4,share,guess,,,no,", "unknown kind"),
    ],
)
def test_a_damaged_table_is_named(line: str, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    header = "family,item,low,point,high,unit,kind,source,date,verified,note"
    monkeypatch.setattr(data, "rows", lambda name: tuple(data.read([header + "\n", line + "\n"], name)))
    cost_shares._table.cache_clear()
    with pytest.raises(data.KnowledgeError, match=f"cost_shares.csv: line 1 below the header: .*{fault}"):
        cost_share("labour")
    cost_shares._table.cache_clear()


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = sorted((draw(st.integers(0, 20)), draw(st.integers(0, 20))))
    return Range(low / 20, high / 20, draw(st.integers(low, high)) / 20)


SHARES = st.fixed_dictionaries({}, optional=dict.fromkeys((*PARTS, *INSIDE), ranges()))


@given(SHARES)
def test_the_ends_are_those_of_the_linear_program(shares: dict[str, Range]) -> None:
    if shares_fault(shares):
        return
    found = split(shares).whole
    boxes = [shares.get(name, Range(0, 1)) for name in PARTS]
    inside = [shares.get(name, Range(0, 1)) for name in INSIDE]
    for sign, side in ((1, "low"), (-1, "high")):
        keeps = [0.0, getattr(inside[0], side), getattr(inside[1], side), 1.0, 1.0]
        solved = linprog(
            sign * np.array(keeps), A_eq=np.ones((1, 5)), b_eq=[1.0], bounds=[(box.low, box.high) for box in boxes]
        )
        assert solved.success
        assert getattr(found, side) == pytest.approx(sign * solved.fun, abs=1e-7)


@given(SHARES, st.sampled_from(INSIDE), st.booleans())
def test_net_is_within_gross_and_grows_with_what_is_domestic(shares: dict[str, Range], name: str, on: bool) -> None:
    if shares_fault(shares):
        return
    given_ = stated(dict(shares))
    found = domestic_value(Given("gross", Range(1e6, 2e6), "MAD", "stated"), given_, assumptions=on)
    for figure in (found.net, found.left, found.certain):
        assert figure.value is not None
        assert 0 <= figure.value.low <= 1e6
        assert figure.value.high <= 2e6
    assert found.net.value is not None
    assert found.certain.value is not None
    low, high = (split({**shares, name: exact(value)}).whole for value in (0.2, 0.8))
    assert low.low <= high.low + 1e-12
    assert low.high <= high.high + 1e-12
    known = split({**shares, name: exact(0.5)}).whole
    wide = split({**shares, name: Range(0.0, 1.0)}).whole
    assert wide.low <= known.low + 1e-12
    assert known.high <= wide.high + 1e-12
    assert math.isfinite(found.net.value.high)
