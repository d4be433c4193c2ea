"""Prices, reasons and teams in words, on made-up plans."""

from __future__ import annotations

from typing import get_args

import pytest

from integrator import data
from integrator.valuation.allocation import Capacity, Need, Pair, Problem, Rules, share_out
from integrator.valuation.allocation.problem import Reason
from integrator.valuation.allocation.sharing import Plan
from integrator.valuation.figures import exact
from integrator.valuation.shadow_words import (
    FILE,
    lack_words,
    price_words,
    proof_words,
    read_words,
    reason_words,
    text,
)
from integrator.valuation.teams import Offer, Task, find_teams
from integrator.valuation.teams.results import Lack, Lead


def plan(rules: Rules | None = None) -> Plan:
    """S4 is short of hours, `dear` has them all and `cheap` has none; nobody knows what S9 has free."""
    hours = "hour/month"
    return share_out(
        Problem(
            tuple(Need(name, exact(10_000), "part/month") for name in ("dear", "cheap", "open")),
            (Capacity("S4", exact(280), hours), Capacity("S5", exact(500), hours), Capacity("S9", None, hours)),
            (
                Pair("S4", "dear", exact(9.5), exact(0.028), hours, "part/month"),
                Pair("S4", "cheap", exact(1.5), exact(0.028), hours, "part/month"),
                Pair("S5", "cheap", exact(0.0), exact(0.028), hours, "part/month"),
                Pair("S9", "open", exact(1.0), exact(1.0), hours, "part/month"),
            ),
            rules or Rules(),
        )
    ).cautious


def words(language: str, money: str = "MAD") -> list[str]:
    found = plan()
    sentences = [*price_words(found), *(one for need in found.needs for one in reason_words(need)), proof_words(found)]
    return [text(one, language, lambda name: f"«{name}»" if name == "S4" else name, money) for one in sentences]


def test_the_dearest_hour_in_words() -> None:
    english = words("en")
    assert english[0].startswith("One more hour at «S4» is worth most: ")
    assert english[0].endswith(" MAD.")
    assert words("fr")[0].startswith("Une heure de plus chez «S4» a le plus de valeur : ")
    assert "Capacity of S9 not known: counted from nothing to all that would be asked of it." in english
    assert "cheap: the capacity is worth more elsewhere (dear)." in english
    assert "open: the free capacity of the possible suppliers is not known; ask for it." in english
    assert english[-1] == "The plan is proven best."


def test_what_stands_against_a_supplier() -> None:
    english = words("en")
    against = [one for one in english if one.startswith("«S4»: 1.50 MAD a part here, against ")]
    assert len(against) == 1
    assert against[0].endswith("for the same capacity given to dear.")
    assert "S5: making it there has no known worth." in english


def test_numbers_are_written_as_the_language_does() -> None:
    french = next(one for one in words("fr") if one.startswith("«S4» : 1,50 MAD par pièce ici"))
    assert "." not in french.removesuffix(".")


def test_nothing_exhausted_and_rules() -> None:
    empty = share_out(Problem((), (Capacity("S", exact(4), "mould/year"),), ())).cautious
    assert [text(one, "en") for one in price_words(empty)] == [
        "No capacity is exhausted: one more unit (mould) is worth nothing."
    ]
    said = price_words(plan(Rules(lot=10)), is_linear=False)
    assert text(said[-1], "en").startswith("These prices hold for the pairs that are used")


def test_what_lacks_of_a_team_in_words() -> None:
    offers = (Offer("F1", "stamping", exact(2), exact(90)), Offer("F2", "e-coat", exact(1), exact(90)))
    nobody = find_teams(Task(exact(8000), ("stamping", "welding"), offers))
    assert nobody.incomplete is not None
    assert [text(lack_words(one), "fr") for one in nobody.incomplete.missing] == [
        "Procédé non couvert : stamping, 90 offertes sur 8\u202f000 (F1).",
        "Procédé manquant : welding, aucun candidat ne le propose.",
    ]


def test_every_reason_has_its_words() -> None:
    keys = {row["key"] for row in data.rows(FILE)}
    for kind, values in (("reason", Reason), ("lead", Lead), ("lack", Lack)):
        assert {f"{kind}.{one}" for one in get_args(values)} <= keys
    of_needs = {"no_demand", "demand_unknown", "no_pair"}
    assert {f"blocked.{one}" for one in set(get_args(Reason)) - of_needs} <= keys


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"key": "a", "fr": "un {lieu}", "en": "a"}, "line 1 .*fr: unknown value 'lieu'"),
        ({"key": "a", "fr": "un", "en": ""}, "line 1 .*en: no text"),
        ({"key": "a", "fr": "un {need", "en": "a"}, "line 1 .*fr: expected"),
    ],
)
def test_a_damaged_line_is_named(row: dict[str, str], fault: str) -> None:
    with pytest.raises(data.KnowledgeError, match=fault):
        read_words([row])


def test_a_key_stands_once() -> None:
    row = {"key": "a", "fr": "un", "en": "one", "ar": "واحد"}
    with pytest.raises(data.KnowledgeError, match="line 2"):
        read_words([row, row])
