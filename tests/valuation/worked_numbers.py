"""Each worked number of `worked_numbers.csv` by the functions that a job uses; inputs are those of the other tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from benchmarks.greedy_plans import greedy

from integrator import data, meetings, taxonomy
from integrator.valuation import origin_rules
from integrator.valuation.allocation import Capacity, Need, Pair, Problem, Rules, share_out
from integrator.valuation.allocation.problem import scenario
from integrator.valuation.bom import Local, Vehicle
from integrator.valuation.domestic import domestic_value, split
from integrator.valuation.figures import Given, Range, exact
from integrator.valuation.jobs import jobs_by
from integrator.valuation.landed import Landing, cif_price, landed_cost
from integrator.valuation.leontief import effect, multipliers, tiers
from integrator.valuation.local_content import iktva, sats_1286
from integrator.valuation.local_cost import LocalCost, break_even, scaled_break_even, unit_cost
from integrator.valuation.occupations import headcount_split
from integrator.valuation.origin import origin_under
from integrator.valuation.product_space import density, product_space
from integrator.valuation.rates import vehicle_rates
from integrator.valuation.reading.bom_table import read_bom_rows
from integrator.valuation.reading.bom_vehicles import vehicles
from integrator.valuation.reading.input_output import read_input_output_rows
from integrator.valuation.teams import Offer, Task, cover_of, find_teams

HERE = Path(__file__).parent
Found = Iterator[tuple[str, float]]
"""What it is, and its value."""


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


def one(value: Range | None) -> float:
    """An exact value."""
    assert value is not None
    assert abs(value.high - value.low) <= 1e-9 * max(1.0, abs(value.high))
    return value.low


def car(name: str) -> Vehicle:
    return vehicles(read_bom_rows(table(name))[0])[0][0]


def rates() -> Found:
    """Section 1."""
    bill = car("rates_bom.csv")
    for price in (300, 312):
        for rate in vehicle_rates(bill, {"tyres": Local(exact(float(price)), exact(0.42))}):
            assert rate.change is not None
            if price == 300:
                yield f"rate {rate.id} before", one(rate.before)
                yield f"rate {rate.id} change in points", 100 * one(rate.change)
                if rate.id != "F":
                    yield f"rate {rate.id} of the same car in percent", 100 * one(rate.before)
            yield f"rate {rate.id} after at {price}", one(rate.after)
            yield f"cost gap at {price}", one(rate.cost_gap)


def other_countries() -> Found:
    """Section 2."""
    local = tuple(map(exact, (5.2, 1.1, 0.05, 0.02, 0.03)))
    yield "IKTVA", one(iktva(local, exact(16.0), exact(0.02)))
    yield "SATS 1286", one(sats_1286(exact(46.0), exact(100.0)))


def tiers_of_sectors() -> Found:
    """Section 3a."""
    sectors = ("vehicle", "harness", "cable", "services")
    inputs = {("harness", "vehicle"): "0.06", ("cable", "harness"): "0.22"}
    inputs |= {("services", user): share for user, share in zip(sectors, ("0.05", "0.04", "0.05", "0.08"), strict=True)}
    rows = [{"supplier": one_, **{user: inputs.get((one_, user), "0") for user in sectors}} for one_ in sectors]
    imports = dict(zip(sectors, ("0.62", "0.48", "0.70", "0.12"), strict=True))
    economy, problems = read_input_output_rows([*rows, {"supplier": "imports", **imports}], decimal=".")
    assert economy is not None, problems
    kept, imported = multipliers(economy)
    for at, sector in enumerate(sectors):
        yield f"v of {sector}", float(economy.value_added[at])
        yield f"v L of {sector}", float(kept[at])
        yield f"m L of {sector}", float(imported[at])
    exports = [1000, 0, 0, 0]
    found = tiers(economy, exports)
    yield from zip(("own", "tier 1", "tier 2", "rest"), map(float, found), strict=True)
    yield "total of the tiers", float(found.sum())
    moved = effect(economy, {("harness", "vehicle"): 0.05}, exports)
    yield "share after localising", moved.after / 1000
    yield "gain per 1000", moved.gain
    yield "naive face value", moved.face_value
    assert moved.retained is not None
    yield "retained share", moved.retained


def contract() -> Found:
    """Section 3b."""
    shares = {
        "imported_materials": 0.46, "local_materials": 0.24, "energy_services": 0.08, "labour": 0.12,
        "other_value_added": 0.10, "material_domestic": 0.45, "service_domestic": 0.80,
    }  # fmt: skip
    gross = Given("gross_import_replaced", exact(50e6), "MAD/year", "stated")
    stated = {name: Given(name, exact(value), "share", "stated") for name, value in shares.items()}
    found, parts = domestic_value(gross, stated), split({name: exact(value) for name, value in shares.items()})
    yield "direct", 50e6 * one(parts.direct)
    yield "second tier", 50e6 * one(parts.second_tier)
    yield "domestic value added", one(found.net.value)
    yield "domestic share", one(found.share.value)
    yield "leakage", one(found.left.value)
    lines = {row["date"]: float(row["point"]) for row in data.rows("valuation/cost_shares.csv") if row["date"]}
    yield "Office des changes 2012", lines["2012"]
    yield "1 - foreign value-added share of vehicles", lines["2011-2018"]


def origin() -> Found:
    """Section 4: the sums and shares of four rule sets, then the limits of the table."""
    bill = car("origin_bom.csv")
    for name, agreement, partners in (
        ("older list, EU cumulation", "eu_older", None), ("older list, no cumulation", "eu_older", ()),
        ("revised list, EU cumulation", "eu_revised", None), ("revised list, no cumulation", "eu_revised", ()),
    ):  # fmt: skip
        found = origin_under(agreement, bill, "8703", partners)
        yield (
            f"{name}: sum",
            sum(one(each.line.price) * one(each.counted) for each in found.materials if each.counted.high),
        )
        yield f"{name}: share", one(found.share)
        assert found.rule is not None
        yield f"{name}: limit", found.rule.limit
        yield f"{name}: originating", float(found.is_originating is True)
    for rule_set in ("older", "revised"):
        for heading in ("8703", "8708", "8507", "8544"):
            found_rule = _rule(rule_set, heading)
            yield f"limit of {heading}, {rule_set}", found_rule.limit
    other = _rule("older", "8507").other_limit
    assert other is not None
    yield "other limit of 8507, older", other
    yield "limit of 8708, AfCFTA", _rule("afcfta", "8708").limit


def _rule(name: str, heading: str) -> origin_rules.Rule:
    found = {rule.rule_set for rule in origin_rules.rules()}
    (rule_set,) = [one_ for one_ in found if name in one_]
    rule = origin_rules.find_rule(rule_set, heading)
    assert rule is not None
    return rule


def space() -> Found:
    """Section 5."""
    toy = table("exports_toy.csv")
    products = list(toy[0])[1:]
    exports = np.array([[float(row[product]) for product in products] for row in toy])
    found = product_space(exports)
    bare = density(found.specialised, found.proximity - np.eye(len(products)))
    measures = {
        "RCA": found.rca[0], "M": found.specialised[0], "density": found.density[0], "density, diagonal 0": bare[0],
        "outlook gain": found.outlook_gain[0], "PCI": found.pci,
    }  # fmt: skip
    for name, values in measures.items():
        for product, value in zip(products, values, strict=True):
            yield f"{name} of {product}", float(value)
    for row, value in zip(toy, found.eci, strict=True):
        yield f"ECI of {next(iter(row.values()))}", float(value)
    absent = [at for at in range(len(products)) if not found.specialised[0, at]]
    for name, values in (("ease", found.density[0]), ("gain", found.outlook_gain[0])):
        for place, at in enumerate(sorted(absent, key=lambda at: -values[at]), start=1):
            yield f"place {place} by {name}", float(products[at])


def make_or_buy() -> Found:
    """Section 6."""
    cif = cif_price(exact(4.20), exact(0.22), exact(0.01))
    yield "CIF", one(cif)
    landed = landed_cost(Landing(cif, *map(exact, (0.025, 0.0025, 0.06, 45.0, 0.08))))
    yield "landed", one(landed)
    cost = LocalCost(*map(exact, (2.95, 38e6 / 10.8, 7.0, 0.10, 420_000.0)))
    yield "annuity", one(cost.annuity)
    for volume in (150_000, 300_000, 450_000, 600_000, 900_000):
        yield f"u({volume})", one(unit_cost(cost, exact(float(volume))))
    yield "break-even", one(break_even(cost, landed))
    yield "scaled break-even", one(scaled_break_even(cost, landed, exact(600_000.0), exact(0.65), exact(0.5)))


def jobs() -> Found:
    """Section 7."""
    for row in table("job_worked.csv"):
        yield f"jobs per MDH: {row['what']}", float(row["jobs"]) / float(row["mdh"])
    lexicon = taxonomy.load()
    for basis, amount in (("revenue", 60.0), ("capex", 25.0)):
        figure = jobs_by(basis, Given(basis, exact(amount), "MDH", "stated"), (), lexicon)  # type: ignore[arg-type]
        assert figure.value is not None
        yield f"jobs by {basis}, low", figure.value.low
        yield f"jobs by {basis}, high", figure.value.high
    for level, share in headcount_split().items():
        yield f"share of {level}s", one(share.value)
    own = {row["family"]: row for row in data.rows("valuation/cost_shares.csv") if row["item"] == "own_value_added"
           and row["kind"] == "default"}  # fmt: skip
    yield "value added over revenue, all manufacturing", float(own["all"]["point"])
    yield "value added over revenue, metal", float(own["P-FORMING"]["point"])


def capacity() -> Found:
    """Section 8."""
    lines = table("allocation_pairs.csv")
    pairs = tuple(
        Pair(row["supplier_id"], row["need_id"], exact(float(row["worth"])), exact(float(row["hours"])), "h", "part")
        for row in lines
    )
    needs = tuple(Need(name, exact(float(x)), "part") for name, x in (("N1", 4e4), ("N2", 25e3), ("N3", 3e4)))
    hours = {"S1": 1200, "S2": 900, "S3": 700, "S4": 500}
    capacities = tuple(Capacity(name, exact(float(x)), "h") for name, x in hours.items())
    free = Problem(needs, capacities, pairs, Rules())
    ruled = Problem(needs, capacities, pairs, Rules(lot=8000, suppliers_per_need=2, needs_per_supplier=1))
    for name, problem in (("linear", free), ("with lots and limits", ruled)):
        best = share_out(problem).cautious
        yield f"{name}: optimum", best.value
        for share in best.shares:
            yield f"{name}: {share.supplier_id}-{share.need_id}", share.amount
        if problem is free:
            for supplier in best.suppliers:
                yield f"utilisation of {supplier.supplier_id}", supplier.utilisation or 0.0
                yield f"price of an hour of {supplier.supplier_id}", supplier.price
            for need in best.needs:
                yield f"price of a part of {need.need_id}", need.price
            yield "dual value", best.dual_value
            case = scenario(free, "cautious")
            for way, value in (("part", greedy(case)[1]), ("hour", greedy(case, "capacity")[1])):
                yield f"greedy by {way}", value
                yield f"greedy by {way}, percent below", 100 * (1 - value / best.value)


def teams() -> Found:
    """Section 9; a team is named by its members."""
    offers = tuple(
        Offer(row["firm"], row["process"], exact(float(row["price"])), exact(float(row["capacity"])))
        for row in table("team_offers.csv")
    )
    processes = ("stamping", "e-coat", "assembly")
    for name, may_split in (("one firm a process", False), ("with splitting", True)):
        task = Task(exact(25_000.0), processes, offers, exact(9_000.0), may_split)
        found = find_teams(task, most=5)
        for team in found.teams:
            yield f"{name}: {' '.join(team.members)}", one(team.cost)
        assert found.smallest is not None
        yield f"{name}: smallest team", found.smallest
        if not may_split:
            yield "production of the best", one(found.teams[0].production)
            yield "coordination of the best", one(found.teams[0].coordination)
            yield "feasible teams", len(find_teams(task, most=99).teams)
            yield "offered by F6 alone", next(iter({each.offered for each in cover_of(task, {"F6"})}))


def slots() -> Found:
    """Section 10, with the greedy agenda that it is compared with."""
    weights = {
        ("B1", "s1"): 92, ("B1", "s2"): 75, ("B1", "s3"): 60, ("B1", "s4"): 40, ("B2", "s1"): 88, ("B2", "s3"): 83,
        ("B2", "s5"): 71, ("B2", "s2"): 35, ("B2", "s4"): 66, ("B3", "s1"): 79, ("B3", "s2"): 81, ("B3", "s4"): 77,
        ("B3", "s5"): 30,
    }  # fmt: skip
    away = {("s1", 0), ("s3", 3), ("s4", 1), ("B2", 3)}
    found = meetings.plan(weights, meetings.Rules(4, per_supplier=3, unavailable=away))
    yield "optimum", sum(each.weight for each in found)
    yield "meetings of the optimum", len(found)
    busy, count, value, held = set(away), dict.fromkeys((supplier for _, supplier in weights), 0), 0, 0
    for (buyer, supplier), weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        slot = next((t for t in range(4) if not {(buyer, t), (supplier, t)} & busy), None)
        if slot is not None and count[supplier] < 3:
            busy |= {(buyer, slot), (supplier, slot)}
            count[supplier] += 1
            value, held = value + weight, held + 1
    yield "greedy", value
    yield "meetings of the greedy", held


SECTIONS = {
    "1": rates, "2": other_countries, "3a": tiers_of_sectors, "3b": contract, "4": origin, "5": space,
    "6": make_or_buy, "7": jobs, "8": capacity, "9": teams, "10": slots,
}  # fmt: skip


def numbers() -> dict[tuple[str, str], float]:
    """(section, what) -> value, of every section."""
    return {(section, what): value for section, found in SECTIONS.items() for what, value in found()}
