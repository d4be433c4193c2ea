"""Jobs by three estimators, against the published figures; made-up plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, taxonomy
from integrator.valuation.figures import Figure, Given, Range, exact
from integrator.valuation.jobs import coefficients_of, job_coefficients, jobs_by, jobs_overall
from integrator.valuation.sourced import families_of
from integrator.valuation.stations import Plan, Step, jobs_by_station

LEXICON = taxonomy.load()
TABLE = (Path(__file__).parent / "job_worked.csv").read_text(encoding="utf-8")
WORKED = list(data.read(TABLE.splitlines(keepends=True), "job_worked.csv"))


def stated(name: str, value: Range | float, unit: str = "MDH") -> Given:
    return Given(name, value if isinstance(value, Range) else exact(value), unit, "stated", "demo.csv")


def ends(figure: Figure) -> tuple[float, float]:
    assert figure.value is not None
    return figure.value.low, figure.value.high


@pytest.mark.parametrize("case", WORKED, ids=[case["what"] for case in WORKED])
def test_published_rates(case: dict[str, str]) -> None:
    digits = len(case["value"].partition(".")[2])
    assert round(float(case["jobs"]) / float(case["mdh"]), digits) == float(case["value"])


def test_every_shipped_end_is_published_or_half_or_double() -> None:
    published = {float(case["value"]) for case in WORKED}
    for one in job_coefficients():
        point = one.rate.value.point
        assert point in published
        assert one.rate.value.low in published or one.rate.value.low == pytest.approx(point / 2)
        assert one.rate.value.high in published or one.rate.value.high == pytest.approx(point * 2)


def test_worked_example() -> None:
    revenue = ends(jobs_by("revenue", stated("revenue", 60), (), LEXICON))
    capex = ends(jobs_by("capex", stated("capex", 25), (), LEXICON))
    assert [round(x) for x in revenue] == [65, 154]
    assert [round(x) for x in capex] == [43, 210]
    both = jobs_overall(
        [jobs_by(basis, stated(basis, amount), (), LEXICON) for basis, amount in (("revenue", 60), ("capex", 25))]
    )
    assert ends(both) == (capex[0], capex[1])
    assert both.value is not None
    assert both.value.point is None
    assert both.is_marked
    assert "jobs_by_revenue, jobs_by_capex" in both.note


def test_units_and_missing() -> None:
    mad = jobs_by("revenue", stated("revenue", 60e6, "MAD/year"), (), LEXICON)
    assert ends(mad) == pytest.approx(ends(jobs_by("revenue", stated("revenue", 60), (), LEXICON)))
    assert jobs_by("revenue", None, (), LEXICON).missing == ("revenue",)
    assert jobs_by("capex", stated("capex", 2, "EUR"), (), LEXICON).missing == ("capex_in_mad",)
    nothing = jobs_overall([jobs_by("revenue", None, (), LEXICON), jobs_by_station(None)])
    assert nothing.value is None
    assert nothing.missing == ("revenue", "process_plan")
    with pytest.raises(ValueError, match="negative"):
        jobs_by("capex", stated("capex", -1), (), LEXICON)


@pytest.mark.parametrize(
    ("concepts", "families"),
    [
        (("C-HARNDOOR", "P-CUT"), ("C-HARN",)),
        (("C-CONNHOUS",), ("C-CONN",)),
        (("C-BRACK", "P-STAMP", "P-PAINT"), ("P-FORMING",)),
        (("P-HARN", "P-STAMP"), ("P-FORMING", "P-HARN")),
        (("P-PAINT",), ("all",)),
        (("nothing",), ("all",)),
        ((), ("all",)),
    ],
)
def test_families(concepts: tuple[str, ...], families: tuple[str, ...]) -> None:
    known = {one.family for one in job_coefficients()}
    assert families_of(concepts, known, LEXICON) == families
    assert families_of(concepts[::-1], known, LEXICON) == families


def test_the_family_decides() -> None:
    harness, connector = (
        ends(jobs_by("capex", stated("capex", 25), (part,), LEXICON)) for part in ("C-HARNDOOR", "C-CONNHOUS")
    )
    assert harness == pytest.approx((156.25, 342.5))
    assert connector == pytest.approx((21.625, 86.5))
    mixed = jobs_by("revenue", stated("revenue", 10), ("P-HARN", "P-STAMP"), LEXICON)
    assert ends(mixed) == pytest.approx((7.2, 51.4))
    assert mixed.value is not None
    assert mixed.value.point is None


AMOUNTS = st.floats(0, 1e6)


@settings(max_examples=100, deadline=None)
@given(st.lists(AMOUNTS, min_size=3, max_size=3), st.sampled_from(["revenue", "capex"]), AMOUNTS)
def test_ranges_hold_the_point_and_grow(amounts: list[float], basis: str, more: float) -> None:
    low, point, high = sorted(amounts)
    small = jobs_by(basis, stated(basis, Range(low, high, point)), ("P-INJ",), LEXICON)  # type: ignore[arg-type]
    large = jobs_by(basis, stated(basis, Range(low, high + more, point)), ("P-INJ",), LEXICON)  # type: ignore[arg-type]
    inside = jobs_by(basis, stated(basis, point), ("P-INJ",), LEXICON)  # type: ignore[arg-type]
    assert ends(small)[0] <= ends(inside)[0] <= ends(inside)[1] <= ends(small)[1] <= ends(large)[1]


def plan(volume: Range | float = 300_000, shifts: int | None = 2, oee: float | None = 0.75) -> Plan:
    """Made-up: one press, one assembly bench."""
    known = None if oee is None else stated("oee", oee, "")
    steps = (
        Step("press", stated("cycle_seconds", 30, "s"), stated("operators", 1, "person"), known),
        Step("bench", stated("cycle_seconds", 45, "s"), stated("operators", 2, "person"), known),
    )
    return Plan(steps, stated("volume", volume, "part/year"), shifts, stated("hours", 8, "h"), stated("days", 250, "d"))


def test_stations() -> None:
    # press: 300000 x 30 / 3600 / .75 = 3333.3 h of 4000: 1 station; bench: 5000 h: 2 stations of 2. Two shifts.
    assert ends(jobs_by_station(plan())) == (10, 10)
    assert ends(jobs_by_station(plan(360_000))) == (10, 10)  # the press is exactly full
    assert ends(jobs_by_station(plan(360_001))) == (12, 12)
    assert ends(jobs_by_station(plan(), stated("operator_share", 0.8, ""))) == pytest.approx((12.5, 12.5))
    assert ends(jobs_by_station(plan(Range(0, 360_001, 300_000)))) == (0, 12)


def test_an_incomplete_plan_names_what_is_missing() -> None:
    assert jobs_by_station(plan(shifts=None)).missing == ("shifts",)
    assert jobs_by_station(plan(oee=None)).missing == ("oee[press]", "oee[bench]")
    with pytest.raises(ValueError, match="oee"):
        jobs_by_station(plan(oee=1.2))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1e7), min_size=3, max_size=3), st.integers(1, 3), st.floats(0.1, 1))
def test_stations_hold_the_point(volumes: list[float], shifts: int, oee: float) -> None:
    low, point, high = sorted(volumes)
    wide = ends(jobs_by_station(plan(Range(low, high, point), shifts, oee)))
    assert wide[0] <= ends(jobs_by_station(plan(point, shifts, oee)))[0] <= wide[1]


LINE = dict(data.rows("valuation/job_coefficients.csv")[0])


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"low": "x"}, "line 1 below the header: column low: 'x' is no number"),
        ({"low": "inf"}, "no finite number"),
        ({"low": "9"}, "in order"),
        ({"kind": "guess"}, "unknown kind 'guess'"),
        ({"source": ""}, "needs a source"),
        ({"verified": "maybe"}, "neither yes nor no"),
        ({"basis": "profit"}, "unknown basis"),
        ({"families": "all;"}, "blank or has this basis twice"),
        ({"families": "all;all"}, "blank or has this basis twice"),
        ({"families": "P-INJ"}, "no line of the family 'all'"),
    ],
)
def test_a_damaged_table_is_refused(change: dict[str, str], says: str) -> None:
    with pytest.raises(data.KnowledgeError, match=says):
        coefficients_of([{**LINE, **change}])


def test_families_exist() -> None:
    assert {one.family for one in job_coefficients()} - {"all"} <= set(LEXICON.concepts)
