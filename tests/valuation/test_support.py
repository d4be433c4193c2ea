"""Support measures: eligible, not, or not known; the table and its faults; made-up projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.valuation import support
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.support import INPUTS, premium_total, support_figures, support_rules, supports


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


CASES = table("support_cases.csv")
WORDS = {"yes": True, "no": False, "": None}


def span(text: str) -> Range | None:
    if not text:
        return None
    low, high = (float(end) for end in text.split("-"))
    return Range(low, high)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_cases(case: dict[str, str]) -> None:
    found = supports({"jobs": span(case["jobs"]), "capex": span(case["capex"]), "integration_rate": span(case["rate"])})
    by_name = {one.measure: one for one in found}
    for name in ("charter", "local_integration"):
        assert by_name[name].is_eligible is WORDS[case[name]]
        assert bool(by_name[name].missing) is (case[name] == "")
    whole = premium_total(found)
    assert (whole.low, whole.high) == pytest.approx((float(case["low"]), float(case["high"])))
    assert by_name["local_integration"].is_to_confirm is (case["local_integration"] != "no")
    assert not by_name["charter"].is_to_confirm


def test_what_is_missing_is_named() -> None:
    found = {one.measure: one for one in supports({"jobs": exact(60.0)})}
    assert found["charter"].missing == ("capex",)
    assert found["local_integration"].missing == ("capex", "integration_rate")
    assert found["gender"].missing == ("capex", "gender")


def test_a_premium_that_is_not_public_counts_from_nothing() -> None:
    known = dict.fromkeys(INPUTS, exact(1.0)) | {"jobs": exact(200.0), "capex": exact(100.0)}
    for one in supports(known):
        assert one.premium.low == 0.0
        assert one.premium.high == one.rule.premium.high
        assert one.is_to_confirm is not one.rule.is_public
    for one in supports(known | {"gender": exact(0.0)}):
        assert one.measure != "gender" or one.premium == exact(0.0)


def test_figures_carry_rules_and_what_is_to_be_confirmed() -> None:
    found = supports({"jobs": exact(200.0), "capex": exact(100.0)}, "2026-01-31")
    capex = Given("capex", exact(100e6), "MAD", "stated", "plan.xlsx")
    premium, amount = support_figures(found, capex)
    assert premium.value == Range(0.0, 0.3)
    assert amount.value is not None
    assert (amount.value.low, amount.value.high) == pytest.approx((0.0, 30e6))
    assert amount.unit == "MAD"
    assert amount.is_marked
    assert amount.note.startswith("to be confirmed: jobs_ratio, gender")
    assert any("lematin" in one.source for one in amount.inputs)
    lacking = support_figures(found, None)[1]
    assert lacking.value is None
    assert "capex" in lacking.missing


def test_rules_are_dated() -> None:
    assert supports({}, "2022-12-31") == ()
    assert len(supports({}, "2023-01-01")) == len(support_rules())
    with pytest.raises(KeyError, match="rent"):
        supports({"rent": exact(1.0)})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"condition": "jobs => 50"}, "is not made of"),
        ({"condition": "rent >= 50"}, "is not made of"),
        ({"condition": "jobs >= 50 or"}, "is not made of"),
        ({"needs": "nothing"}, "before the one it needs"),
        ({"public": "maybe"}, "public and verified"),
        ({"low": "10"}, "must be a share"),
        ({"low": "x"}, "could not convert"),
        ({"cap": "30"}, "must be a share"),
        ({"valid_from": "spring"}, "dates like"),
        ({"source": ""}, "needs a source"),
    ],
)
def test_a_damaged_table_is_named(change: dict[str, str], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {**data.rows(support.FILE)[0], **change}
    monkeypatch.setattr(data, "rows", lambda _: (row,))
    support_rules.cache_clear()
    with pytest.raises(data.KnowledgeError, match=f"support_rules.csv: line 1 below the header: .*{fault}"):
        support_rules()
    support_rules.cache_clear()


ENDS = st.integers(0, 300)


@given(st.tuples(ENDS, ENDS), st.tuples(ENDS, ENDS), st.tuples(st.integers(0, 9), st.integers(0, 9)))
def test_a_range_holds_what_each_point_of_it_gives(
    jobs: tuple[int, int], capex: tuple[int, int], rate: tuple[int, int]
) -> None:
    spans = {"jobs": jobs, "capex": capex, "integration_rate": tuple(end / 10 for end in rate)}
    wide = supports({name: Range(float(min(ends)), float(max(ends))) for name, ends in spans.items()})
    for pick in (min, max):
        sure = supports({name: exact(float(pick(ends))) for name, ends in spans.items()})
        for one, other in zip(wide, sure, strict=True):
            assert one.is_eligible is None or one.is_eligible is other.is_eligible
            assert one.premium.low <= other.premium.low
            assert other.premium.high <= one.premium.high
        assert premium_total(sure).high <= 0.3 + 1e-12
