"""Where each opportunity stands among all: value, feasibility, jobs and readiness, and the composite."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.money import figure_at_home
from integrator.valuation.axes import AXES, Axis, Measured, axis_weights, placed
from integrator.valuation.figures import Figure, Range, exact
from integrator.valuation.rows import ends

HIGHEST_GRADE = 4


def axis_rows(
    cases: list[Case], figures: Mapping[str, Mapping[str, Figure]], context: Context
) -> Iterator[dict[str, object]]:
    """`tables.AXES`.

    Value is the net domestic value a year, in dirhams where a rate is stated, in the currency that most needs then
    have: one in another has no place on the axis. Feasibility is the chance of the first actor, its grade over 4 where
    none was learned; readiness the completeness of the need.
    """
    net = {case.need_id: figure_at_home(figures[case.need_id]["net_domestic_value"], case) for case in cases}
    currency = _currency(net.values())
    weights = {
        **axis_weights(),
        **{axis: context.options.weights[axis] for axis in AXES if axis in context.options.weights},
    }
    measured = [
        Measured(case.need_id, _axes(case, net[case.need_id], of["jobs"], currency), of["cost_gap"].value)
        for case, of in ((case, figures[case.need_id]) for case in cases)
    ]
    for one in placed(measured, weights):
        positions = {key: value for axis in AXES for key, value in _ends(axis, one.positions[axis]).items()}
        yield {
            "need_id": one.id, **positions, **_ends("composite", one.composite), "rank": one.rank,
            "best_rank": one.best_rank, "worst_rank": one.worst_rank,
            "best_rank_uncertain": one.best_rank_uncertain, "worst_rank_uncertain": one.worst_rank_uncertain,
            **_ends("gap", one.cost_gap),
        }  # fmt: skip


def _ends(name: str, value: Range | None) -> dict[str, float | None]:
    return ends(value, f"{name}_low", name, f"{name}_high")


def _axes(case: Case, net: Figure, jobs: Figure, currency: str) -> dict[Axis, Range | None]:
    return {
        "value": net.value if net.unit == currency else None,
        "feasibility": _feasibility(case),
        "jobs": jobs.value,
        "readiness": exact(float(case.opportunity["completeness"])),
    }


def _feasibility(case: Case) -> Range | None:
    if not case.makers:
        return exact(0.0)
    first = case.makers[0]
    chance = first["probability"]
    return exact(float(first["grade"]) / HIGHEST_GRADE if chance is None or math.isnan(chance) else float(chance))


def _currency(net: Iterable[Figure]) -> str:
    """The unit of most net values; of several the first by name."""
    units = [one.unit for one in net if one.value is not None]
    return min(set(units), key=lambda unit: (-units.count(unit), unit), default="")
