"""Support measures that one project may ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.employing import capex
from integrator.valuation.figures import Figure, Given, Range
from integrator.valuation.jobs import in_mdh
from integrator.valuation.rows import Row, flag
from integrator.valuation.support import Support, support_figures, supports

_ASKED = ("integration_rate", "gender", "future_trades", "sustainable")


def support(case: Case, context: Context, jobs: Sequence[Figure]) -> tuple[tuple[Support, ...], tuple[Figure, ...]]:
    """What each measure in force says of the project of a need, and the two figures of all.

    `jobs`: the figures that count them, the first without a default or assumption is taken. Jobs that rest on a
    published average decide no eligibility: they are asked for, like every blank.
    """
    invested = in_mdh(capex(case))
    known: dict[str, Range | None] = {name: _value(case.given.get(name)) for name in _ASKED}
    known["capex"] = _value(invested)
    known["jobs"] = next((one.value for one in jobs if one.value and not one.is_marked), None)
    found = supports(known, context.day)
    return found, support_figures(found, invested)


def support_rows(need_id: str, found: Sequence[Support], language: str) -> Iterator[Row]:
    """Rows of `tables.SUPPORTS`."""
    for one in found:
        yield {
            "need_id": need_id, "measure": one.measure, "eligible": flag(one.is_eligible),
            "premium_low": one.premium.low, "premium_high": one.premium.high, "to_confirm": flag(one.is_to_confirm),
            "missing": "; ".join(one.missing), "label": one.rule.names[language], "source": one.rule.source,
            "date": one.rule.date, "verified": flag(one.rule.is_verified),
        }  # fmt: skip


def _value(given: Given | None) -> Range | None:
    return None if given is None else given.value
