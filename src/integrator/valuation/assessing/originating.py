"""Whether a vehicle, or a part with a bill of its own, is originating: today and with its lines localised."""

from __future__ import annotations

from collections.abc import Iterator

from integrator.valuation.assessing.context import Context
from integrator.valuation.bom import Vehicle, localised
from integrator.valuation.origin import Origin, origin_under
from integrator.valuation.origin_rules import agreements
from integrator.valuation.rows import Row, ends, flag


def origin_rows(context: Context) -> Iterator[Row]:
    """`tables.ORIGINS` for each bill, with all lines that it marks; a bill named as a need is that of the part.

    A bill without a tariff code of the product, as of a need without one, says that the code is missing.
    """
    needs = dict(zip(context.needs["need_id"], context.needs["hs_code"], strict=True))
    for vehicle in context.bills.vehicles:
        code = context.bills.codes.get(vehicle.name) or str(needs.get(vehicle.name, "")).split("; ")[0]
        need_id = vehicle.name if vehicle.name in needs else ""
        marked = context.bills.locals_.get(vehicle.name, {})
        states = {"today": vehicle, "localised": localised(vehicle, marked)} if marked else {"today": vehicle}
        for state, one in states.items():
            for origin in _origins(one, code.replace(".", ""), context.day):
                yield {"of": vehicle.name, "need_id": need_id, "state": state, **_row(origin, code)}


def _origins(vehicle: Vehicle, code: str, day: str) -> Iterator[Origin]:
    for one in agreements().values():
        if not day or one.is_in_force(day):
            yield origin_under(one.id, vehicle, code)


def _row(origin: Origin, code: str) -> Row:
    rule = origin.rule
    missing = origin.missing if code else (*origin.missing, "hs_code")
    return {
        "agreement": origin.agreement, "originating": flag(origin.is_originating),
        **ends(origin.share, "share_low", "share", "share_high"), "rule": rule.heading if rule else "",
        "kind": rule.kind if rule else "", "limit": rule.limit if rule else None,
        "deciding": "; ".join(origin.deciding), "missing": "; ".join(dict.fromkeys(missing)),
        "unverified": "; ".join(origin.unverified), "source": rule.source if rule else "",
        "date": rule.date if rule else "",
    }  # fmt: skip
