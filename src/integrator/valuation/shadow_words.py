"""Prices, reasons and teams as sentences: keys with values, and the texts of `data/valuation/shadow_words.csv`."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from integrator import data
from integrator.valuation.allocation.reasons import Blocked
from integrator.valuation.allocation.sharing import NeedCover, Plan, SupplierUse
from integrator.valuation.sourced import fault
from integrator.valuation.teams.results import Missing
from integrator.wording import LANGUAGES, wording

FILE = "valuation/shadow_words.csv"
FILLED = frozenset("unit unit_many supplier need needs process firm firms price worth left gap offered needed".split())
"""Values that a text may ask for."""
Named = Callable[[str], str]
Counts = Literal["worth", "share"]
"""What a plan makes most of: what is made, by its worth, or the shares of the needs that are covered."""


@dataclass(frozen=True)
class Said:
    """One sentence to be: a key and what is filled in. Ids stay ids and numbers stay numbers until it is a text."""

    key: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids by place; several are listed."""
    numbers: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    """Units by place, e.g. `hour/month`."""


def read_words(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Key -> language -> text. Raises `KnowledgeError` naming file, line and fault."""
    found: dict[str, dict[str, str]] = {}
    for line, row in enumerate(rows, start=1):
        if row["key"] in found:
            fault(FILE, line, f"{row['key']!r} stands twice")
        found[row["key"]] = {language: _checked(row[language], language, line) for language in LANGUAGES}
    return found


def _checked(text: str, language: str, line: int) -> str:
    try:
        places = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError as error:
        fault(FILE, line, f"{language}: {error}")
    if not text or places - FILLED:
        what = f"unknown value {min(places - FILLED)!r}" if text else "no text"
        fault(FILE, line, f"{language}: {what}")
    return text


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    return read_words(data.rows(FILE))


def text(said: Said, language: str, named: Named = str, money: str = "") -> str:
    """The sentence in a language; `named` names an id, `money` follows what is worth."""
    names = {place: wording(language).listed(map(named, ids)) for place, ids in said.names.items()}
    numbers = {
        place: number(value, language) + (f" {money}" if money and place in ("price", "worth") else "")
        for place, value in said.numbers.items()
    }
    units = {place: _unit(unit, language, many=place == "unit_many") for place, unit in said.units.items()}
    return _words()[said.key][language].format(**names, **numbers, **units)


def number(value: float, language: str) -> str:
    """A number in a sentence: two decimals below 1,000 where it has any, none above."""
    value = round(value, 2)
    shown = f"{value:,.0f}" if abs(value) >= 1000 or float(value).is_integer() else f"{value:,.2f}"
    return shown if language == "en" else shown.replace(",", "\u202f").replace(".", ",")


def _unit(unit: str, language: str, *, many: bool) -> str:
    kind, name = "units" if many else "unit", unit.split("/")[0]
    words = _words().get(f"{kind}.{name}") or _words()[f"{kind}.other"]
    return words[language].format(unit=name)


def objective_words(counts: Counts) -> Said:
    """What the plan makes most of."""
    return Said(f"objective.{counts}")


def price_words(plan: Plan, most: int = 3, *, is_linear: bool = True, counts: Counts = "worth") -> tuple[Said, ...]:
    """Where one more unit of capacity is worth most, dearest first, and what is not known or left over.

    `is_linear`: without rules; under rules the prices hold for the pairs that are used, which is said. Where shares of
    needs are counted, the price is told as the capacity that covers a hundredth of a need more.
    """
    known = [one for one in plan.suppliers if one.is_known]
    dear = sorted((one for one in known if one.price > 0), key=lambda one: (-one.price, one.supplier_id))[:most]
    said = [_priced(one, "other" if place else "dearest", counts) for place, one in enumerate(dear)]
    if known and not dear:
        said.append(Said("price.none", units={"unit": known[0].unit}))
    spare = [one for one in known if one.used > 0 and one.capacity - one.used > 1e-6 * one.capacity]
    said += [
        Said(
            "price.spare",
            {"supplier": (one.supplier_id,)},
            {"left": one.capacity - one.used},
            {"unit_many": one.unit},
        )
        for one in spare[:most]
    ]
    unknown = [one.supplier_id for one in plan.suppliers if not one.is_known]
    said += [Said("capacity.unknown", {"supplier": (one,)}) for one in unknown]
    return (*said, *(() if is_linear else (Said("price.given_pairs"),)))


def _priced(one: SupplierUse, place: str, counts: Counts) -> Said:
    names = {"supplier": (one.supplier_id,)}
    if counts == "share":
        return Said(f"price.{place}_share", names, {"needed": 0.01 / one.price}, {"unit_many": one.unit})
    return Said(f"price.{place}", names, {"price": one.price}, {"unit": one.unit})


def reason_words(cover: NeedCover, counts: Counts = "worth") -> tuple[Said, ...]:
    """Why a need is short, then what stands against each supplier; nothing when it is served in full."""
    if cover.shortfall is None:
        return ()
    blocked = cover.shortfall.suppliers
    takers = tuple(dict.fromkeys(need for one in blocked if one.reason == "displaced" for need in one.takers))
    head = Said(f"reason.{cover.shortfall.reason}", {"need": (cover.need_id,), "needs": takers})
    return (head, *(_against(one, cover, counts) for one in blocked))


def _against(one: Blocked, cover: NeedCover, counts: Counts) -> Said:
    if one.reason == "displaced" and counts == "share":
        return Said("blocked.displaced_share", {"supplier": (one.supplier_id,), "needs": one.takers})
    if one.reason == "displaced":
        return Said(
            "blocked.displaced",
            {"supplier": (one.supplier_id,), "needs": one.takers},
            {"worth": one.worth, "price": one.price},
            {"unit": cover.unit},
        )
    return Said(f"blocked.{one.reason}", {"supplier": (one.supplier_id,)})


def proof_words(plan: Plan) -> Said:
    """What is proven of a plan: that it is best, or how much better another could be."""
    if plan.is_proven or plan.value <= 0:
        return Said("proof.proven") if plan.is_proven else Said("proof.bound", numbers={"gap": 100.0})
    return Said("proof.bound", numbers={"gap": 100 * (plan.bound / plan.value - 1)})


def lack_words(missing: Missing) -> Said:
    """A process that is not covered."""
    return Said(
        f"lack.{missing.lack}",
        {"process": (missing.process,), "firms": missing.firms},
        {"offered": missing.offered, "needed": missing.needed},
    )
