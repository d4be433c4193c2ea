"""Whether a vehicle or part is originating under an agreement, and which of its lines decide it.

The share tested is the value of non-originating materials over the ex-works price. A material that is originating
(proven where it is made, in the country or in a zone of cumulation, or by its own rule) counts nothing; one that fails
its own rule counts at its full price: absorption works both ways. Made in the country and originating are two things.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from integrator.valuation.answers import Answer
from integrator.valuation.bom import HOME, Line, Vehicle, unpriced
from integrator.valuation.bounds import ANY_SHARE, holding, hull
from integrator.valuation.figures import Range, exact
from integrator.valuation.origin_rules import Agreement, Rule, agreements, at_most, find_rule, is_met
from integrator.valuation.weighing import Weighed, mean

NOTHING, WHOLE = exact(0.0), exact(1.0)


@dataclass(frozen=True)
class Material:
    """How a line counts under an agreement."""

    line: Line
    counted: Range
    """Share of its price that is non-originating: 0, 1, or 0 to 1 when not known."""
    why: str
    """`proven`, `own_rule_met`, `own_rule_failed`, `no_proof`, `outside` or `not_known`."""
    unverified: tuple[str, ...] = ()
    """What it rests on that was not read in the primary text."""


@dataclass(frozen=True)
class Origin:
    """The result under one agreement."""

    agreement: str
    is_originating: Answer
    share: Range | None
    """Non-originating materials over ex-works price; None when no rule is known or nothing is priced."""
    rule: Rule | None
    materials: tuple[Material, ...]
    deciding: tuple[str, ...]
    """Names of lines. Not originating: each line that alone, were it originating, would turn the result (all that count
    when none does). Originating: each that alone, were it not, would turn it. Not known: those that are not known."""
    missing: tuple[str, ...]
    unverified: tuple[str, ...]
    """What the result rests on that was not read in the primary text: the sheet says so."""


def materials_of(vehicle: Vehicle, agreement: Agreement, partners: Collection[str]) -> tuple[Material, ...]:
    """How each line of a vehicle counts under an agreement with cumulation with these countries."""
    return tuple(_material(line, agreement, partners) for line in vehicle.lines)


def _material(line: Line, agreement: Agreement, partners: Collection[str]) -> Material:
    made = line.origin or (HOME if line.local else "")
    if line.proof and (made == HOME or made in partners):
        is_listed = made == HOME or agreement.partners.get(made, True)
        return Material(line, NOTHING, "proven", () if is_listed else (f"cumulation with {made}",))
    if made and made != HOME and made not in partners:
        return Material(line, WHOLE, "outside")
    if line.proof is False:
        return Material(line, WHOLE, "no_proof")
    if made == HOME and line.foreign_materials == NOTHING:
        return Material(line, NOTHING, "own_rule_met")
    rule = find_rule(agreement.rule_set, line.hs_code) if made == HOME else None
    if rule is None:
        return Material(line, ANY_SHARE, "not_known")
    met = is_met(rule, line.foreign_materials or ANY_SHARE, _changes_heading(line, agreement.tolerance))
    if met is None:
        return Material(line, ANY_SHARE, "not_known")
    doubts = () if rule.is_verified else (f"rule {rule.heading} of {agreement.id}",)
    return Material(line, NOTHING if met else WHOLE, "own_rule_met" if met else "own_rule_failed", doubts)


def _changes_heading(line: Line, tolerance: float) -> Answer:
    """Whether the line's own materials stand under other headings, but for what the tolerance lets pass."""
    if line.new_heading:
        return True
    most = line.same_heading_materials or line.foreign_materials or ANY_SHARE
    if line.same_heading_materials is None and not (line.new_heading is False and tolerance == 0):
        return True if most.high <= tolerance else None
    return at_most(most, tolerance) if line.same_heading_materials else False


def origin_under(agreement: str, vehicle: Vehicle, hs_code: str, partners: Collection[str] | None = None) -> Origin:
    """Whether a vehicle or part of this tariff code, made in the country, is originating under an agreement.

    `partners`: countries of cumulation instead of those of the agreement (`()` = none). What is not known makes an
    interval: a line that may count or not, a price, the assembly and margin in the ex-works price. Raises `KeyError`
    for an agreement that is not listed.
    """
    chosen = agreements()[agreement]
    materials = materials_of(vehicle, chosen, chosen.partners if partners is None else partners)
    rule = find_rule(chosen.rule_set, hs_code)
    missing = list(unpriced(vehicle))
    if not vehicle.has_two_currencies:
        blank = [name for name in ("assembly", "other") if getattr(vehicle, name) is None]
        missing = [*(f"{name} of {vehicle.name}" for name in blank), *missing]
    missing += [f"origin of {one.line.name}" for one in materials if one.why == "not_known"]
    share = _share(vehicle, materials)
    if rule is None:
        return Origin(agreement, None, share, None, materials, (), (*missing, f"rule for {hs_code[:4]}"), ())
    answer = _answer(vehicle, materials, rule, hs_code, chosen)
    unverified = [] if rule.is_verified else [f"rule {rule.heading} of {agreement}"]
    unverified += [doubt for one in materials for doubt in one.unverified]
    if rule.kind != "max_share" and not chosen.is_verified:
        same = _share(vehicle, _under(materials, hs_code))
        unverified += [f"tolerance of {agreement}"] if same is not None and same.high > 0 else []
    return Origin(
        agreement,
        answer,
        share,
        rule,
        materials,
        _deciding(vehicle, materials, rule, hs_code, chosen, answer),
        tuple(missing),
        tuple(dict.fromkeys(unverified)),
    )


def origins(vehicle: Vehicle, hs_code: str, day: str) -> tuple[Origin, ...]:
    """The result under each agreement in force on a day (`2026-01-31`), in the order of the table."""
    return tuple(origin_under(one.id, vehicle, hs_code) for one in agreements().values() if one.is_in_force(day))


def _share(vehicle: Vehicle, materials: Sequence[Material]) -> Range | None:
    """Counted materials over the ex-works price; a part of it that is not known may be anything."""
    parts = [(one.line.name, one.line.price, one.counted) for one in materials]
    parts += [("\nassembly", vehicle.assembly, NOTHING), ("\nother", vehicle.other, NOTHING)]
    known = mean(Weighed(name, amount, counted) for name, amount, counted in parts if amount is not None)
    free = [counted for _, amount, counted in parts if amount is None]
    if known is None or not free:
        return known
    spread = hull([known, *free])
    return holding(spread.low, spread.high, None)


def _under(materials: Sequence[Material], hs_code: str) -> list[Material]:
    """The materials with only what counts under the heading of the product itself."""
    found = []
    for one in materials:
        heading = one.line.hs_code[:4]
        if min(len(heading), len(hs_code)) < 4 and one.counted.high > 0:
            found.append(replace(one, counted=Range(0.0, one.counted.high)))
        else:
            found.append(one if heading == hs_code[:4] else replace(one, counted=NOTHING))
    return found


def _answer(vehicle: Vehicle, materials: Sequence[Material], rule: Rule, hs_code: str, agreement: Agreement) -> Answer:
    share, same = _share(vehicle, materials), _share(vehicle, _under(materials, hs_code))
    return None if share is None or same is None else is_met(rule, share, at_most(same, agreement.tolerance))


def _deciding(
    vehicle: Vehicle,
    materials: Sequence[Material],
    rule: Rule,
    hs_code: str,
    agreement: Agreement,
    answer: Answer,
) -> tuple[str, ...]:
    ordered = sorted(materials, key=lambda one: (-(one.line.price.high if one.line.price else 0.0), one.line.name))
    if answer is None:
        loose = [one for one in ordered if not one.counted.is_exact or one.line.price is None]
        return tuple(one.line.name for one in loose)
    other = NOTHING if answer is False else WHOLE
    candidates = [one for one in ordered if one.counted != other]
    turning = []
    for one in candidates:
        changed = [replace(each, counted=other) if each is one else each for each in materials]
        if _answer(vehicle, changed, rule, hs_code, agreement) is (not answer):
            turning.append(one)
    return tuple(one.line.name for one in turning or (candidates if answer is False else []))
