"""Support measures of the Investment Charter for one project: `data/valuation/support_rules.csv`.

Each measure is eligible, not eligible or not known; a measure whose formula is not public is "to be confirmed" even
where the known condition is met, and then it counts between nothing and its premium.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from integrator import data
from integrator.valuation.answers import Answer, both, either
from integrator.valuation.bounds import holding, times, total
from integrator.valuation.figures import Figure, Given, Range, exact
from integrator.valuation.sourced import fault

FILE = "valuation/support_rules.csv"
INPUTS = ("jobs", "capex", "integration_rate", "gender", "future_trades", "sustainable")
"""People, million dirhams, a share, and three answers of 0 or 1."""
_TEST = re.compile(r"([a-z_]+) (>=|>) (\d+(?:\.\d+)?)")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|")


@dataclass(frozen=True)
class Comparison:
    """One comparison of a condition."""

    input: str
    is_strict: bool
    """Above, not at least."""
    threshold: float


@dataclass(frozen=True)
class Rule:
    """One line of `data/valuation/support_rules.csv`."""

    measure: str
    needs: str
    ways: tuple[tuple[Comparison, ...], ...]
    """Any of these ways is enough; each asks for all its tests. Empty = the condition is not known."""
    premium: Range
    """Share of the investment."""
    cap: float | None
    is_public: bool
    valid_from: str
    valid_to: str
    source: str
    date: str
    is_verified: bool
    names: Mapping[str, str]
    note: str


@dataclass(frozen=True)
class Support:
    """What a rule says of a project."""

    measure: str
    is_eligible: Answer
    """None = not known."""
    premium: Range
    """Share of the investment that can be counted on: 0 when not eligible, from 0 when not known or to be confirmed."""
    is_to_confirm: bool
    """The formula is not public: what is known of the condition does not settle it."""
    missing: tuple[str, ...]
    rule: Rule


@lru_cache(maxsize=1)
def support_rules() -> tuple[Rule, ...]:
    """The shipped rules. Raises `KnowledgeError` naming the line and the fault."""
    found: list[Rule] = []
    for line, row in enumerate(data.rows(FILE), start=1):
        try:
            found.append(_rule(row, {rule.measure for rule in found}))
        except ValueError as error:
            fault(FILE, line, str(error))
    return tuple(found)


def _rule(row: Mapping[str, str], before: set[str]) -> Rule:
    if row["measure"] in before or (row["needs"] and row["needs"] not in before):
        raise ValueError("a measure stands twice, or before the one it needs")
    if not {row["public"], row["verified"]} <= {"yes", "no"}:
        raise ValueError("public and verified must be yes or no")
    if not row["source"] or not all(_DATE.fullmatch(row[name]) for name in ("valid_from", "valid_to", "date")):
        raise ValueError("a rule needs a source, and dates like 2023, 2023-03 or 2023-03-21")
    low, high = float(row["low"]), float(row["high"])
    cap = float(row["cap"]) if row["cap"] else None
    if not 0 <= low <= high <= 1 or (cap is not None and not 0 <= cap <= 1):
        raise ValueError("a premium must be a share with low <= high")
    return Rule(
        measure=row["measure"],
        needs=row["needs"],
        ways=_ways(row["condition"]),
        premium=Range(low, high, low if low == high else None),
        cap=cap,
        is_public=row["public"] == "yes",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        source=row["source"],
        date=row["date"],
        is_verified=row["verified"] == "yes",
        names={language: row[f"name_{language}"] for language in ("fr", "en", "ar")},
        note=row["note"],
    )


def _ways(condition: str) -> tuple[tuple[Comparison, ...], ...]:
    ways = []
    for way in condition.split(" or ") if condition else ():
        tests = [_TEST.fullmatch(text.strip()) for text in way.split(" and ")]
        if not all(test and test[1] in INPUTS for test in tests):
            raise ValueError(
                f"the condition {condition!r} is not made of `input >= number`, inputs {', '.join(INPUTS)}"
            )
        ways.append(tuple(Comparison(test[1], test[2] == ">", float(test[3])) for test in tests if test))
    return tuple(ways)


def supports(inputs: Mapping[str, Range | None], day: str = "") -> tuple[Support, ...]:
    """What each rule in force on a day ("" = all) says of a project, in the order of the table.

    `inputs`: what is known of `INPUTS`; one that is absent or None is not known. Raises `KeyError` for another name.
    """
    strange = sorted(set(inputs) - set(INPUTS))
    if strange:
        raise KeyError(f"{strange[0]} is no input of a support measure")
    found: dict[str, Support] = {}
    for rule in support_rules():
        if not day or _in_force(rule, day):
            found[rule.measure] = _support(rule, inputs, found.get(rule.needs))
    return tuple(found.values())


def _in_force(rule: Rule, day: str) -> bool:
    started = day[: len(rule.valid_from)] >= rule.valid_from
    return started and (not rule.valid_to or day[: len(rule.valid_to)] <= rule.valid_to)


def _support(rule: Rule, inputs: Mapping[str, Range | None], needed: Support | None) -> Support:
    own = either(*(both(*(_met(test, inputs) for test in way)) for way in rule.ways)) if rule.ways else None
    answer = own
    if rule.needs:
        answer = both(own, needed.is_eligible if needed else False)
    is_to_confirm = not rule.is_public and answer is not False
    missing: tuple[str, ...] = ()
    if answer is None:
        asked = [test.input for way in rule.ways for test in way if _met(test, inputs) is None]
        missing = tuple(dict.fromkeys([*(needed.missing if needed else ()), *asked]))
    high = 0.0 if answer is False else rule.premium.high
    low = rule.premium.low if answer and not is_to_confirm else 0.0
    return Support(rule.measure, answer, holding(low, high, None), is_to_confirm, missing, rule)


def _met(test: Comparison, inputs: Mapping[str, Range | None]) -> Answer:
    value = inputs.get(test.input)
    if value is None:
        return None

    def passes(end: float) -> bool:
        return end > test.threshold if test.is_strict else end >= test.threshold

    return True if passes(value.low) else None if passes(value.high) else False


def premium_total(found: tuple[Support, ...]) -> Range:
    """The sum of the premiums as a share of the investment, at most the cap of the measure they need."""
    cap = min((one.rule.cap for one in found if one.rule.cap is not None), default=math.inf)
    whole = total(one.premium for one in found)
    return holding(min(whole.low, cap), min(whole.high, cap), None)


def support_figures(found: tuple[Support, ...], capex: Given | None) -> tuple[Figure, Figure]:
    """`support_premium` (share of the investment) and `support_amount` (in the unit of `capex`), for a sheet."""
    share = premium_total(found)
    rules = tuple(
        Given(
            name=f"premium {one.measure}",
            value=one.rule.premium,
            unit="share",
            kind="default",
            source=one.rule.source,
            date=one.rule.date,
            is_verified=one.rule.is_verified,
        )
        for one in found
        if one.rule.premium != exact(0.0) and one.is_eligible is not False
    )
    missing = tuple(dict.fromkeys(name for one in found for name in one.missing))
    to_confirm = [one.measure for one in found if one.is_to_confirm]
    note = f"to be confirmed: {', '.join(to_confirm)}" if to_confirm else ""
    premium = Figure("support_premium", share, "share", rules, missing, note)
    if capex is None:
        lacking = tuple(dict.fromkeys((*missing, "capex")))
        return premium, Figure("support_amount", None, "", rules, lacking, note)
    return premium, Figure("support_amount", times(capex.value, share), capex.unit, (capex, *rules), missing, note)
