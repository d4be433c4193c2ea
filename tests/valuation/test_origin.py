"""Preferential origin: the worked rows, absorption, tolerance, what is not known, the tables; a made-up car."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.valuation import origin_rules
from integrator.valuation.answers import both, either
from integrator.valuation.bom import Line, Vehicle
from integrator.valuation.figures import Range, exact
from integrator.valuation.origin import Origin, origin_under, origins
from integrator.valuation.origin_rules import agreements, at_most, find_rule, rules
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import vehicles


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


READ, FAULTS = read_bom_rows(table("origin_bom.csv"))
CAR = vehicles(READ)[0][0]
EXPECTED = table("origin_expected.csv")


def with_line(name: str, **changes: object) -> Vehicle:
    lines = tuple(replace(one, **changes) if one.name == name else one for one in CAR.lines)  # type: ignore[arg-type]
    return replace(CAR, lines=lines)


@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: " ".join(list(case.values())[:3]))
def test_worked_rows(case: dict[str, str]) -> None:
    assert FAULTS == ()
    car = with_line("powertrain", proof=case["proof"] == "yes")
    found = origin_under(case["agreement"], car, "8703.23", None if case["cumulation"] == "yes" else ())
    counted = sum(one.line.price.low * one.counted.low for one in found.materials if one.line.price)
    assert counted == float(case["sum"])
    assert found.share is not None
    assert found.share.is_exact
    assert found.share.point == pytest.approx(float(case["share"]), abs=5e-7)
    assert found.rule is not None
    assert found.rule.limit == float(case["limit"])
    assert found.is_originating is (case["result"] == "originating")
    assert found.missing == ()


def test_the_proof_of_the_powertrain_decides() -> None:
    assert origin_under("eu_older", CAR, "870323").deciding == ("powertrain", "seats", "plastics and trim", "glazing")
    without = origin_under("eu_older", with_line("powertrain", proof=False), "870323")
    assert without.deciding == ("powertrain",)
    none_alone = origin_under("eu_older", replace(with_line("powertrain", proof=False), assembly=exact(0.0)), "8703")
    assert none_alone.is_originating is False
    assert none_alone.deciding[:2] == ("powertrain", "body stampings")


def part(hs_code: str, foreign: float, *, other: float = 0.0, line_code: str = "7208") -> Vehicle:
    """A part of which `foreign` comes from outside under another heading, and `other` under its own."""
    lines = (
        Line("steel", exact(foreign), False, hs_code=line_code, origin="CN"),
        Line("blank", exact(other), False, hs_code=hs_code, origin="CN"),
    )
    return Vehicle("part", lines, exact(1.0 - foreign - other), exact(0.0))


def test_stampings_pass_the_revised_rule_by_heading_and_fail_the_older_one() -> None:
    stampings = next(one for one in CAR.lines if one.name == "body stampings")
    for foreign, agreement, why in (
        (0.45, "eu_revised", "own_rule_met"), (0.45, "eu_older", "own_rule_failed"), (0.9, "eu_revised", "own_rule_met")
    ):  # fmt: skip
        line = replace(stampings, foreign_materials=exact(foreign))
        found = origin_under(agreement, replace(CAR, lines=(line,)), "8703")
        assert [one.why for one in found.materials] == [why]
    assert origin_under("eu_revised", part("870829", 0.9), "870829").is_originating is True
    assert origin_under("eu_older", part("870829", 0.45), "870829").is_originating is False


@pytest.mark.parametrize(
    ("agreement", "hs_code", "foreign", "other", "result"),
    [
        ("eu_revised", "870829", 0.30, 0.15, True),
        ("eu_revised", "870829", 0.45, 0.15, True),
        ("eu_revised", "870829", 0.45, 0.16, False),
        ("eu_older", "850760", 0.35, 0.0, True),
        ("eu_older", "850760", 0.30, 0.10, True),
        ("eu_older", "850760", 0.24, 0.11, False),
        ("eu_older", "850760", 0.05, 0.25, True),
        ("eu_older", "850760", 0.41, 0.0, False),
        ("eu_revised", "854430", 0.50, 0.0, True),
        ("eu_revised", "854430", 0.51, 0.0, False),
        ("eu_older", "854430", 0.40, 0.0, True),
        ("eu_older", "854430", 0.41, 0.0, False),
        ("afcfta", "870829", 0.60, 0.0, True),
        ("afcfta", "870829", 0.61, 0.0, False),
        ("eu_older", "940120", 0.10, 0.0, None),
    ],
)
def test_rules(agreement: str, hs_code: str, foreign: float, other: float, result: bool | None) -> None:
    found = origin_under(agreement, part(hs_code, foreign, other=other), hs_code)
    assert found.is_originating is result
    if result is None:
        assert found.missing == (f"rule for {hs_code[:4]}",)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"origin": "CN", "proof": True}, "outside"),
        ({"origin": "FR", "proof": None}, "not_known"),
        ({"origin": "FR", "proof": False}, "no_proof"),
        ({"origin": "FR", "proof": True}, "proven"),
        ({"origin": "", "proof": True}, "not_known"),
        ({"origin": "", "local": True, "proof": True}, "proven"),
        ({"origin": "MA"}, "not_known"),
        ({"origin": "MA", "foreign_materials": exact(0.0)}, "own_rule_met"),
        ({"origin": "MA", "hs_code": "870829", "foreign_materials": Range(0.3, 0.45)}, "not_known"),
        ({"origin": "MA", "hs_code": "870829", "foreign_materials": Range(0.3, 0.4)}, "own_rule_met"),
        ({"origin": "MA", "hs_code": "870829", "foreign_materials": Range(0.41, 0.6)}, "own_rule_failed"),
        ({"origin": "MA", "hs_code": "850760", "foreign_materials": exact(0.35)}, "not_known"),
        ({"origin": "MA", "hs_code": "850760", "foreign_materials": exact(0.35), "new_heading": True}, "own_rule_met"),
        ({"origin": "MA", "hs_code": "850760", "foreign_materials": exact(0.35), "new_heading": False}, "not_known"),
        ({"origin": "MA", "hs_code": "850760", "foreign_materials": exact(0.35),
          "same_heading_materials": exact(0.2)}, "own_rule_failed"),
        ({"origin": "MA", "hs_code": "850760", "foreign_materials": exact(0.35),
          "same_heading_materials": exact(0.1)}, "own_rule_met"),
    ],
)  # fmt: skip
def test_how_a_line_counts(changes: dict[str, object], why: str) -> None:
    line = Line("x", exact(1.0), **changes)  # type: ignore[arg-type]
    (found,) = origin_under("eu_older", Vehicle("v", (line,), exact(1.0), exact(1.0)), "8703").materials
    assert found.why == why
    assert (found.counted == Range(0.0, 1.0)) is (why == "not_known")


def test_a_country_of_africa_counts_for_africa_only_and_is_not_verified() -> None:
    line = Line("x", exact(1.0), origin="ZA", proof=True)
    car = Vehicle("v", (line,), exact(0.2), exact(0.0))
    found = origin_under("afcfta", car, "8703")
    assert found.is_originating is True
    assert found.unverified == ("rule 87 of afcfta", "cumulation with ZA")
    assert origin_under("eu_older", car, "8703").is_originating is False


def test_what_was_not_read_in_the_primary_text_is_said() -> None:
    assert origin_under("eu_older", CAR, "8703").unverified == ()
    revised = origin_under("eu_revised", CAR, "8703")
    assert set(revised.unverified) == {f"rule {one} of eu_revised" for one in ("8703", "8708", "8544")}
    assert origin_under("eu_older", part("850760", 0.3, other=0.1), "850760").unverified == ("tolerance of eu_older",)


def test_unknown_proof_is_an_interval_that_may_still_decide() -> None:
    found = origin_under("eu_older", with_line("powertrain", proof=None), "8703")
    assert found.share is not None
    assert (found.share.low, found.share.high) == pytest.approx((3400 / 9000, 5500 / 9000))
    assert found.is_originating is None
    assert found.missing == ("origin of powertrain",)
    assert found.deciding == ("powertrain",)
    assert origin_under("eu_revised", with_line("powertrain", proof=None), "8703").is_originating is True


def test_unknown_value_is_an_interval() -> None:
    found = origin_under("eu_revised", replace(CAR, other=None), "8703")
    assert found.share is not None
    assert (found.share.low, found.share.high) == pytest.approx((0.0, 1580 / 8500))
    assert found.is_originating is True
    assert found.missing == ("other of demo",)
    unpriced = origin_under("eu_revised", with_line("tyres", price=None), "8703")
    assert unpriced.share is not None
    assert unpriced.share.high == 1.0
    assert unpriced.is_originating is None
    assert "price of tyres" in unpriced.missing
    seats = origin_under("eu_revised", with_line("seats", price=None), "8703")
    assert seats.is_originating is True


def test_agreements_by_day() -> None:
    def on(day: str) -> list[str]:
        return [one.agreement for one in origins(CAR, "8703", day)]

    assert on("2020-06-01") == ["eu_older"]
    assert on("2011-12-31") == []
    assert on("2012-01-01") == ["eu_older"]
    assert on("2025-10-01") == ["eu_older"]
    assert on("2025-12-31") == ["eu_older", "eu_revised"]
    assert on("2026-01-31") == ["eu_revised"]
    assert on("2026-02-01") == ["eu_revised", "afcfta"]


def test_the_longest_heading_decides() -> None:
    found = find_rule("older", "87082910")
    assert found is not None
    assert found.heading == "8708"
    chapter = find_rule("older", "871690")
    assert chapter is not None
    assert (chapter.heading, chapter.is_verified) == ("87", False)
    assert find_rule("older", "") is None
    assert len({(rule.rule_set, rule.heading) for rule in rules()}) == len(rules())
    assert all(one.names["fr"] and one.names["ar"] for one in agreements().values())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"heading": "87.03"}, "heading must be digits"),
        ({"kind": "most"}, "unknown kind"),
        ({"limit": "40"}, "limit must be a share"),
        ({"other_limit": "0.3"}, "other_limit goes with"),
        ({"source": ""}, "a rule needs a source"),
        ({"verified": "maybe"}, "verified must be yes or no"),
        ({"date": "March"}, "date must be"),
    ],
)
def test_a_damaged_table_is_named(change: dict[str, str], fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {**data.rows(origin_rules.RULES)[0], **change}
    monkeypatch.setattr(data, "rows", lambda _: (row,))
    rules.cache_clear()
    with pytest.raises(data.KnowledgeError, match=f"origin_rules.csv: line 1 below the header: {fault}"):
        rules()
    rules.cache_clear()


def test_three_valued_words() -> None:
    for one, other in itertools.product((True, False, None), repeat=2):
        worlds = {(a, b) for a in _worlds(one) for b in _worlds(other)}
        assert either(one, other) is _same({a or b for a, b in worlds})
        assert both(one, other) is _same({a and b for a, b in worlds})
    assert at_most(exact(0.1 + 0.2), 0.3) is True


def _worlds(answer: bool | None) -> set[bool]:
    return {True, False} if answer is None else {answer}


def _same(answers: set[bool]) -> bool | None:
    return answers.pop() if len(answers) == 1 else None


FLAGS = st.sampled_from([True, False, None])
LINES = st.builds(
    lambda price, origin, proof, code, foreign, heading: Line(
        "x", price, None, origin=origin, proof=proof, hs_code=code, foreign_materials=foreign, new_heading=heading
    ),
    st.integers(0, 9).map(lambda value: exact(float(value))),
    st.sampled_from(["", "MA", "FR", "CN"]),
    FLAGS,
    st.sampled_from(["", "870829", "850760", "9401"]),
    st.sampled_from([None, exact(0.2), exact(0.45), exact(0.7)]),
    FLAGS,
)


@given(
    st.lists(LINES, max_size=4), st.sampled_from(["eu_older", "eu_revised"]), st.sampled_from(["8703", "8708", "8507"])
)
def test_an_answer_holds_however_the_unknown_turns_out(lines: list[Line], agreement: str, hs_code: str) -> None:
    named = tuple(replace(line, name=str(number)) for number, line in enumerate(lines))
    car = Vehicle("v", named, exact(5.0), exact(1.0))
    found = origin_under(agreement, car, hs_code)
    loose = [one for one in found.materials if not one.counted.is_exact]
    answers = set()
    for sides in itertools.product((True, False), repeat=len(loose)):
        known = dict(zip((one.line.name for one in loose), sides, strict=True))
        settled = tuple(
            replace(line, origin="FR" if known[line.name] else "CN", proof=known[line.name])
            if line.name in known
            else line
            for line in named
        )
        sure: Origin = origin_under(agreement, replace(car, lines=settled), hs_code)
        assert sure.share is not None
        assert found.share is not None
        assert found.share.low - 1e-12 <= sure.share.low
        assert sure.share.high <= found.share.high + 1e-12
        answers.add(sure.is_originating)
    if found.is_originating is not None:
        assert answers == {found.is_originating}
    assert origin_under(agreement, replace(car, lines=named[::-1]), hs_code).deciding == found.deciding
