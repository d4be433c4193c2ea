"""The shared-out capacities as tables: who makes what, what is covered and why not, what more capacity would bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from integrator.valuation.allocation import Allocation, Plan, share_out
from integrator.valuation.allocation.sharing import SupplierUse
from integrator.valuation.assessing.capacity_problem import Objective, Sharing, sharing
from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.naming import Names
from integrator.valuation.bounds import times
from integrator.valuation.figures import Figure, Given, exact, unknown
from integrator.valuation.rows import Row, flag
from integrator.valuation.shadow_words import Said, objective_words, price_words, proof_words, reason_words

FIGURE = "allocation_worth"


@dataclass(frozen=True)
class Shared:
    """Rows of the three tables, and what both plans bring."""

    allocations: tuple[Row, ...]
    """Of `tables.ALLOCATIONS`."""
    covers: tuple[Row, ...]
    """Of `tables.COVERS`: every need, in both runs."""
    capacities: tuple[Row, ...]
    """Of `tables.CAPACITIES`: every supplier that could make a need with a known demand."""
    figure: Figure
    """From the cautious plan to what no hopeful plan can pass; its note says what counts and what is proven."""


def shared_out(cases: Iterable[Case], context: Context, worths: Mapping[str, Given]) -> Shared:
    """Suppliers' capacities shared out over the needs, cautious and hopeful; see `sharing` for what counts."""
    what = sharing(cases, context, worths)
    found = share_out(what.problem)
    names = Names(context)
    plans = {"cautious": _unscaled(found.cautious, what), "hopeful": _unscaled(found.hopeful, what)}
    return Shared(
        tuple(row for run, plan in plans.items() for row in _allocations(run, plan, what)),
        tuple(row for run, plan in plans.items() for row in _covers(run, plan, what, names)),
        tuple(row for run, plan in plans.items() for row in _capacities(run, plan, what, names)),
        _figure(found, what, names, _counted(what, context, worths)),
    )


def _unscaled(plan: Plan, what: Sharing) -> Plan:
    scale = what.objective.scale
    return replace(
        plan,
        value=plan.value / scale,
        bound=plan.bound / scale,
        shares=tuple(replace(one, worth=one.worth / scale) for one in plan.shares),
        suppliers=tuple(replace(one, price=one.price / scale) for one in plan.suppliers),
        needs=tuple(replace(one, price=one.price / scale) for one in plan.needs),
        lot_cost=plan.lot_cost / scale,
    )


def _allocations(run: str, plan: Plan, what: Sharing) -> Iterator[Row]:
    needs = {one.need_id: one.unit for one in plan.needs}
    suppliers = {one.supplier_id: one.unit for one in plan.suppliers}
    for one in plan.shares:
        yield {
            "run": run, "need_id": one.need_id, "supplier_id": one.supplier_id, "amount": one.amount,
            "unit": needs[one.need_id], "capacity_used": one.capacity,
            "capacity_unit": suppliers[one.supplier_id] or needs[one.need_id], "worth": one.worth,
            "worth_unit": what.objective.unit,
        }  # fmt: skip


def _covers(run: str, plan: Plan, what: Sharing, names: Names) -> Iterator[Row]:
    counts, money = what.objective.counts, _money(what.objective)
    for one in plan.needs:
        is_known = one.demand is not None
        yield {
            "run": run, "need_id": one.need_id, "unit": one.unit, "demand": one.demand,
            "served": one.served if is_known else None, "price": one.price if is_known else None,
            "price_unit": what.objective.unit if is_known else "",
            "reason": one.shortfall.reason if one.shortfall else "",
            "words": names.text(reason_words(one, counts), money),
        }  # fmt: skip


def _capacities(run: str, plan: Plan, what: Sharing, names: Names) -> Iterator[Row]:
    said: dict[str, list[Said]] = {}
    for sentence in price_words(plan, len(plan.suppliers), counts=what.objective.counts):
        for supplier_id in sentence.names.get("supplier", ()):
            said.setdefault(supplier_id, []).append(sentence)
    for one in plan.suppliers:
        words = [_unsure(one, what)] if one.capacity == 0 or not one.is_known else said.get(one.supplier_id, [])
        is_counted = bool(one.unit)  # needs in several units and no capacity: their sum means nothing
        yield {
            "run": run, "supplier_id": one.supplier_id, "unit": one.unit,
            "capacity": one.capacity if one.is_known else None, "used": one.used if is_counted else None,
            "price": one.price if one.is_known else None, "price_unit": what.objective.unit if one.is_known else "",
            "known": flag(one.is_known), "words": names.text(words, _money(what.objective)),
        }  # fmt: skip


def _unsure(one: SupplierUse, what: Sharing) -> Said:
    """Why a supplier counts with nothing in one of the runs."""
    names = {"supplier": (one.supplier_id,)}
    amount, unit = what.capacities[one.supplier_id].amount, what.other_units.get(one.supplier_id)
    if amount is None:
        return (
            Said("capacity.other_unit", names, units={"unit_many": unit}) if unit else Said("capacity.unknown", names)
        )
    if amount.high == 0:
        return Said("blocked.no_capacity", names)
    return Said("capacity.taken", names, {"offered": amount.high}, {"unit_many": one.unit})


def _money(objective: Objective) -> str:
    return objective.unit if objective.counts == "worth" else ""


def _counted(what: Sharing, context: Context, worths: Mapping[str, Given]) -> tuple[Given, ...]:
    """What a part of each need is worth, by its id, where it counts and is not stated of every pair."""
    if what.objective.counts != "worth":
        return ()
    pairs = [(one.need_id, one.supplier_id) for one in what.problem.pairs]
    open_ = {need_id for need_id, _ in (one for one in pairs if "weight" not in context.stated.of_pairs.get(one, {}))}
    return tuple(replace(worths[need_id], name=need_id) for need_id in sorted(open_) if need_id in worths)


def _figure(found: Allocation, what: Sharing, names: Names, inputs: tuple[Given, ...]) -> Figure:
    problem, objective = what.problem, what.objective
    missing = _missing(what)
    unit = f"{objective.unit}/year" if objective.counts == "worth" else objective.unit
    if not problem.pairs:
        return unknown(FIGURE, unit, missing, inputs)
    looser = max(found.cautious, found.hopeful, key=lambda plan: plan.gap)
    said = [objective_words(objective.counts), proof_words(looser)]
    if not problem.rules.is_linear:
        said.append(Said("price.given_pairs"))
    value = times(found.value, exact(1 / objective.scale))
    return Figure(FIGURE, value, unit, inputs, missing, note=names.text(said).replace("\n", " "))


def _missing(what: Sharing) -> tuple[str, ...]:
    """Inputs of `data/valuation/inputs.csv` that would narrow the plan, or make it one in money."""
    problem = what.problem
    is_missing = {
        "volume": any(one.volume is None for one in problem.needs),
        "capacity": any(one.amount is None or not one.amount.is_exact for one in problem.capacities),
        "weight": what.objective.counts == "share",
    }
    return tuple(name for name, missing in is_missing.items() if missing)
