"""Teams of made-up suppliers for made-up needs, from the tables of a job to `tables.TEAMS`."""

from __future__ import annotations

import random
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from made_up_job import LEXICON, given, job

from integrator import data, tables
from integrator.valuation import Context
from integrator.valuation.assessing.context import cases
from integrator.valuation.assessing.process_offers import Capable
from integrator.valuation.assessing.team_building import team_rows
from integrator.valuation.assessing.team_tasks import FEW, PLENTY, chosen
from integrator.valuation.figures import Given
from integrator.valuation.stated import Stated

NAMES = {"stamping": "emboutissage", "e-coat": "cataphorèse", "assembly": "assemblage"}
NEED = {
    "need_id": "X1", "processes": "emboutissage, cataphorèse, assemblage", "annual_volume": "300000",
    "unit": "pièces/an",
}  # fmt: skip


def rows(context: Context) -> list[dict[str, Any]]:
    found = tables.frame(tables.TEAMS, list(team_rows(list(cases(context)), context)))
    return [{str(key): value for key, value in row.items()} for row in found.to_dict("records")]


def teams(found: list[dict[str, Any]]) -> dict[int, list[tuple[str, str]]]:
    """Number of a team -> its processes with their makers, in the order of the need."""
    listed: dict[int, list[tuple[str, str]]] = {}
    for row in found:
        listed.setdefault(row["team"], []).append((row["label"], row["supplier_id"]))
    return listed


def makers(found: list[dict[str, Any]]) -> dict[int, list[str]]:
    return {number: [supplier for _, supplier in parts] for number, parts in teams(found).items()}


def offers() -> list[dict[str, str]]:
    with (Path(__file__).parent / "team_offers.csv").open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, "team_offers.csv"))


def stated_offers(times: float = 12.0) -> Stated:
    """The offers of the worked example by the year, and the cost of coordination."""
    pairs: dict[tuple[str, str], dict[str, Given]] = {}
    for one in offers():
        of = pairs.setdefault(("X1", one["firm"]), {})
        step = NAMES[one["process"]]
        of[f"process_price[{step}]"] = given("process_price", float(one["price"]), "MAD/part")
        of[f"process_capacity[{step}]"] = given("process_capacity", float(one["capacity"]) * times, "part/year")
    job_wide = {"coordination": given("coordination", 108_000, "MAD/year")}
    return Stated(of_job=job_wide, of_pairs=pairs)


def everyone(*names: str, need: str = "X1") -> dict[tuple[str, str], int]:
    return {(need, name): 1 for name in names}


def worked(**more: Any) -> Context:
    firms = sorted({one["firm"] for one in offers()})
    return job([NEED], [{"supplier_id": one} for one in firms], everyone(*firms), stated=stated_offers(), **more)


def test_the_worked_example_through_the_tables():
    found = rows(worked())
    assert teams(found) == {
        1: [("emboutissage", "F1"), ("cataphorèse", "F3"), ("assemblage", "F5")],
        2: [("emboutissage", "F1"), ("cataphorèse", "F3"), ("assemblage", "F4")],
    }
    first = found[0]
    assert (first["cost_low"], first["cost_high"]) == (pytest.approx(132_000 * 12), pytest.approx(132_000 * 12))
    assert first["coordination_high"] == 27_000 * 12
    assert found[3]["cost_high"] == pytest.approx(137_000 * 12)
    assert {(row["firm"], row["unit"], row["money"], row["amount"]) for row in found} == {
        ("yes", "part/year", "MAD", 300_000)
    }
    assert [row["lead"] for row in found[:3]] == ["yes", "no", "no"]
    assert "Sans F1, aucun groupement n'est possible (emboutissage)." in first["note"]
    assert "Sans F3, aucun groupement n'est possible (cataphorèse)." in first["note"]


def test_only_as_many_teams_as_the_job_asks_for():
    assert set(teams(rows(worked(teams=1)))) == {1}
    assert rows(worked(teams=0)) == []


def test_a_firm_with_every_process_but_not_the_capacity_is_no_team():
    found = rows(worked())
    assert ["F6", "F6", "F6"] not in makers(found).values()
    alone = job([NEED], [{"supplier_id": "F6"}], everyone("F6"), stated=stated_offers())
    lacking = rows(alone)
    assert makers(lacking) == {0: ["", "", ""]}
    assert "180\u202f000 offertes sur 300\u202f000 (F6)" in lacking[0]["note"]


def test_a_firm_that_has_every_process_is_a_team_of_one_and_is_named_so():
    suppliers = [
        {"supplier_id": "A", "processes": "emboutissage"},
        {"supplier_id": "B", "processes": "cataphorèse, assemblage"},
        {"supplier_id": "C", "processes": "emboutissage, cataphorèse, assemblage"},
    ]
    found = rows(job([NEED], suppliers, everyone("A", "B", "C")))
    assert makers(found)[1] == ["C", "C", "C"]
    assert found[0]["note"].splitlines()[0] == "C réunit seule tous les procédés."
    assert "Tient si la capacité de C suffit ; à demander." in found[0]["note"]
    assert {row["firm"] for row in found} == {"no"}


def test_the_missing_process_is_named_beside_who_makes_the_others():
    suppliers = [{"supplier_id": "A", "processes": "emboutissage"}, {"supplier_id": "B", "processes": "assemblage"}]
    found = rows(job([NEED], suppliers, everyone("A", "B")))
    assert teams(found) == {0: [("emboutissage", "A"), ("cataphorèse", ""), ("assemblage", "B")]}
    assert found[1]["note"] == "Procédé manquant : cataphorèse, aucun candidat ne le propose."
    assert {row["firm"] for row in found} == {"no"}


@pytest.mark.parametrize(
    ("processes", "count"),
    [("emboutissage", 0), ("fonderie; fonderie aluminium", 0), ("", 0), ("emboutissage; soudage", 2)],
)
def test_a_need_of_one_process_has_no_team(processes, count):
    need = {**NEED, "component": "zzyzx", "processes": processes}
    suppliers = [{"supplier_id": "A", "processes": "emboutissage; soudage; fonderie aluminium"}]
    assert len(rows(job([need], suppliers, everyone("A")))) == count


def test_processes_that_the_part_implies_are_asked_only_where_none_is_said():
    part = {"need_id": "X1", "component": "moteur thermique"}
    suppliers = [{"supplier_id": "A", "processes": "fonderie; usinage; assemblage moteur"}]
    implied = {row["process"] for row in rows(job([part], suppliers, everyone("A")))}
    assert {"P-CAST", "P-MACH"} <= implied
    assert rows(job([{**part, "processes": "usinage"}], suppliers, everyone("A"))) == []


def test_said_processes_stand_before_deduced_ones():
    need = {**NEED, "processes": "fonderie sous pression; emboutissage"}
    suppliers = [
        {"supplier_id": "A", "processes": "fonderie; emboutissage"},
        {"supplier_id": "B", "processes": "fonderie sous pression"},
        {"supplier_id": "C", "processes": "emboutissage"},
    ]
    found = rows(job([need], suppliers, everyone("A", "B", "C")))
    assert makers(found)[1] == ["B", "A"]
    alone = next(row for row in found if makers(found)[row["team"]] == ["A", "A"])
    assert "déduit de ses produits ou d'un procédé plus large" in alone["note"]
    assert "déduit" not in found[0]["note"]


def test_of_teams_alike_the_better_ranked_suppliers_come_first():
    suppliers = [{"supplier_id": name, "processes": "emboutissage; soudage"} for name in ("A", "B", "C")]
    need = {**NEED, "processes": "emboutissage; soudage"}
    found = rows(job([need], suppliers, everyone("C", "A", "B")))
    assert [makers(found)[number][0] for number in (1, 2, 3)] == ["C", "A", "B"]


def test_a_closed_site_is_in_no_team_but_one_without_the_main_process_is():
    suppliers = [{"supplier_id": name, "processes": "emboutissage; soudage"} for name in ("A", "B")]
    need = {**NEED, "processes": "emboutissage; soudage"}
    states = {("X1", "A", "active"): "failed", ("X1", "B", "main_process"): "failed"}
    assert makers(rows(job([need], suppliers, everyone("A", "B"), states))) == {1: ["B", "B"]}


def test_who_holds_the_certification_leads():
    need = {**NEED, "certifications": "IATF 16949"}
    suppliers = [
        {"supplier_id": "A", "processes": "emboutissage"},
        {"supplier_id": "B", "processes": "cataphorèse, assemblage"},
    ]
    context = job([need], suppliers, everyone("A", "B"), {("X1", "A", "certificates"): "met"})
    found = rows(context)
    assert {row["supplier_id"]: row["lead"] for row in found} == {"A": "yes", "B": "no"}
    nobody = rows(job([need], suppliers, everyone("A", "B")))
    assert {row["lead"] for row in nobody} == {"no"}
    assert "Aucun membre n'est connu pour détenir la certification" in nobody[0]["note"]


def test_ways_between_members_are_straight_lines_and_unknown_without_a_place():
    suppliers = [
        {"supplier_id": "A", "processes": "emboutissage", "city": "Tanger"},
        {"supplier_id": "B", "processes": "cataphorèse", "city": "Casablanca"},
        {"supplier_id": "C", "processes": "assemblage"},
    ]
    first, second, third = rows(job([NEED], suppliers, everyone("A", "B", "C")))
    assert pd.isna(first["distance_km"])
    assert second["distance_km"] == pytest.approx(293.5, abs=1)
    assert pd.isna(third["distance_km"])


def test_without_a_demand_nothing_is_costed_and_that_is_said():
    need = {name: text for name, text in NEED.items() if name not in ("annual_volume", "unit")}
    firms = sorted({one["firm"] for one in offers()})
    context = job([need], [{"supplier_id": one} for one in firms], everyone(*firms), stated=stated_offers())
    found = rows(context)
    assert all(pd.isna(row[name]) for row in found for name in ("amount", "cost_low", "coordination_low"))
    assert {(row["unit"], row["money"], row["firm"]) for row in found} == {("", "", "no")}
    assert "Demande annuelle non connue" in found[0]["note"]


def test_money_and_units_that_do_not_fit_are_not_counted_and_named():
    stated = stated_offers()
    of_pairs = {pair: dict(of) for pair, of in stated.of_pairs.items()}
    price, capacity = "process_price[emboutissage]", "process_capacity[cataphorèse]"
    of_pairs["X1", "F1"][price] = given("process_price", 0.2, "EUR/part")
    of_pairs["X1", "F3"][capacity] = given("process_capacity", 50_000, "part/month")
    firms = sorted({one["firm"] for one in offers()})
    context = job(
        [NEED], [{"supplier_id": one} for one in firms], everyone(*firms),
        stated=Stated(of_job=stated.of_job, of_pairs=of_pairs),
    )  # fmt: skip
    found = rows(context)
    assert makers(found)[1] == ["F1", "F3", "F5"]
    assert {row["firm"] for row in found} == {"no"}
    assert "Prix de F1 dans une autre monnaie, non comptés." in found[0]["note"]
    assert "Capacité de F3 dans une autre unité, non comptée." in found[0]["note"]
    assert pd.isna(found[0]["price_high"])


def test_an_input_of_a_pair_stands_before_that_of_the_supplier_and_steps_may_be_concepts():
    need = {**NEED, "processes": "emboutissage; soudage"}
    of_supplier = {
        "process_price[P-STAMP]": given("process_price", 3, "MAD/part"),
        "process_price[soudage]": given("process_price", 1, "MAD/part"),
        "process_price[peinture]": given("process_price", 9, "MAD/part"),
    }
    of_pair = {"process_price[emboutissage]": given("process_price", 2, "MAD/part")}
    stated = Stated(of_suppliers={"A": of_supplier}, of_pairs={("X1", "A"): of_pair})
    found = rows(job([need], [{"supplier_id": "A"}], everyone("A"), stated=stated))
    assert [row["price_high"] for row in found] == [2, 1]
    assert found[0]["note"].count("déduit") == 0


def capable(stated: bool = False, said: bool = True) -> Capable:
    return Capable(said, given("process_price", 1, "MAD/part") if stated else None)


def test_candidates_are_few_but_every_process_has_some():
    many = {f"A{i:02}": {"p": capable()} for i in range(30)} | {f"B{i}": {"q": capable(said=bool(i))} for i in range(4)}
    found = chosen(many, ("p", "q"))
    assert len(found) == PLENTY
    assert [one for one in found if one in ("B1", "B2")] == ["B1", "B2"]
    priced = {f"C{i:02}": {"p": capable(stated=True)} for i in range(30)} | many
    crowded = chosen(priced, ("p", "q"))
    assert set(priced) - set(many) <= set(crowded)
    assert len([one for one in crowded if one.startswith("B")]) == FEW
    assert list(crowded) == [one for one in priced if one in crowded]


STEPS = ("emboutissage", "soudage", "peinture", "usinage")


@settings(max_examples=40, deadline=None)
@drawn(st.data(), st.randoms(use_true_random=False))
def test_firms_of_teams_have_what_they_make_and_what_is_missing_nobody_has(data_, rng: random.Random):
    """Brute force over who says what, without prices or capacities: then a team is a smallest or larger cover."""
    asked = data_.draw(st.lists(st.sampled_from(STEPS), min_size=2, max_size=4, unique=True))
    has = {f"S{i}": set(data_.draw(st.lists(st.sampled_from(STEPS), max_size=3))) for i in range(4)}
    suppliers = [{"supplier_id": one, "processes": "; ".join(sorted(of))} for one, of in has.items()]
    need = {**NEED, "processes": "; ".join(asked)}
    found = rows(job([need], suppliers, everyone(*has)))
    covers = list(product(*([one for one in has if step in has[one]] for step in asked)))
    listed = teams(found)
    assert (0 in listed) == (not covers)
    for number, parts in listed.items():
        for label, supplier_id in parts:
            owners = {one for one, of in has.items() if label in of}
            assert supplier_id in owners if supplier_id else not owners
        if number == 1:
            assert len({one for _, one in parts}) == min(len(set(team)) for team in covers)
    singles = {(step, one) for step in asked for one in has if {o for o in has if step in has[o]} == {one}}
    said = "\n".join(row["note"] for row in found if row["team"] == 1)
    if covers:
        assert {f"Sans {one}, aucun groupement n'est possible ({step})." for step, one in singles} == {
            line for line in said.splitlines() if line.startswith("Sans ")
        }
    rng.shuffle(suppliers)
    assert _same(rows(job([need], suppliers, everyone(*has))), found)


def _same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    """Whether two lists of rows are equal, unknown numbers included."""
    return pd.DataFrame(one).equals(pd.DataFrame(other))


def test_the_made_up_processes_are_known():
    assert all(LEXICON.find(step, ("process",)) for step in STEPS)
