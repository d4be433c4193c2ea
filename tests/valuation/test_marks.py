"""What a default or an assumption went into stays marked, and sums stand side by side; made-up needs."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from integrator.valuation.assessing.money import at_home
from integrator.valuation.assessing.rating import part_rows
from integrator.valuation.assessing.totals import MONEY, totals
from integrator.valuation.figures import Figure, Given, Kind, Range, exact, kind_of, unknown


def given(kind: Kind = "stated", *, is_verified: bool = True, unit: str = "EUR/year") -> Given:
    return Given("x", exact(1.0), unit, kind, is_verified=is_verified)


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        ((), "derived"),
        ((given(), given("derived")), "derived"),
        ((given(), given("default")), "default"),
        ((given("default"), given("assumption")), "assumption"),
        ((given(is_verified=False),), "default"),
        ((given("assumption", is_verified=False),), "assumption"),
    ],
)
def test_a_value_is_as_sure_as_its_least_sure_input(inputs: tuple[Given, ...], kind: Kind) -> None:
    assert kind_of(inputs) == kind


def case(need_id: str, rate: str = "") -> SimpleNamespace:
    rates = {"exchange_rate": Given("exchange_rate", exact(10.0), rate, "stated")} if rate else {}
    return SimpleNamespace(need_id=need_id, given=rates)


@pytest.mark.parametrize("kind", ["default", "assumption"])
def test_another_currency_keeps_the_mark(kind: Kind) -> None:
    found = at_home(given(kind), case("N", "MAD/EUR"))  # type: ignore[arg-type]
    assert (found.value, found.unit, found.kind) == (exact(10.0), "MAD/year", kind)
    assert at_home(given(kind), case("N")) == given(kind)  # type: ignore[arg-type]


def money(**values: float | None) -> dict[str, Figure]:
    made = {}
    for name in (*MONEY, "jobs"):
        value = values.get(name)
        unit = "jobs" if name == "jobs" else "EUR/year"
        made[name] = unknown(name, unit, ("price",)) if value is None else Figure(name, exact(value), unit, (given(),))
    return made


def test_sums_of_money_are_in_one_currency_so_that_net_is_never_above_gross() -> None:
    """Two gross values in dirhams, one of them without a net value; a larger one in euros has both."""
    figures = {
        "A": money(gross_import_replaced=100.0), "B": money(gross_import_replaced=50.0, net_domestic_value=20.0),
        "C": money(gross_import_replaced=9000.0, net_domestic_value=4000.0),
    }  # fmt: skip
    cases = [case("A", "MAD/EUR"), case("B", "MAD/EUR"), case("C")]
    found = {one.name: one for one in totals(cases, figures)}  # type: ignore[arg-type]
    assert (found["gross_import_replaced"].value, found["gross_import_replaced"].unit) == (exact(1500.0), "MAD/year")
    assert (found["net_domestic_value"].value, found["net_domestic_value"].unit) == (exact(200.0), "MAD/year")
    assert [one.name for one in found["net_domestic_value"].inputs] == ["B"]
    assert found["net_domestic_value_certain"].value is None
    assert found["net_domestic_value_certain"].missing == ("price",)


def test_a_local_cost_without_an_end_is_no_local_price() -> None:
    need = {"unit_price": "4", "currency": "EUR", "import_country": "ES"}
    given_case = SimpleNamespace(need_id="N", need=need, facts={}, stated=lambda name, field, value: value)
    share = Figure("domestic_share", exact(0.5), "share")
    for high, gap in ((math.inf, None), (6.0, 2.0)):
        cost = Figure("local_unit_cost", Range(5.0, high), "EUR/part")
        rows = list(part_rows(given_case, share, cost))  # type: ignore[arg-type]
        assert len(rows) == 6
        assert {row["gap_high"] for row in rows} == {gap}
