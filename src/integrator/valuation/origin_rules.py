"""Dated rules of origin with their sources, and what a rule says of a product: `data/valuation/origin_*.csv`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from integrator import data
from integrator.valuation.answers import Answer, both, either
from integrator.valuation.figures import Range
from integrator.valuation.sourced import fault

RULES = "valuation/origin_rules.csv"
AGREEMENTS = "valuation/origin_agreements.csv"
ZONES = "valuation/origin_zones.csv"
Kind = Literal["max_share", "cth_or_max", "cth_and_max_or_max"]
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|")


@dataclass(frozen=True)
class Rule:
    """One line of `data/valuation/origin_rules.csv`."""

    rule_set: str
    heading: str
    """Beginning of the tariff codes that it holds for."""
    kind: Kind
    limit: float
    """Highest share of non-originating materials in the ex-works price."""
    other_limit: float | None
    """The lower limit that holds without a change of heading."""
    source: str
    date: str
    is_verified: bool


@dataclass(frozen=True)
class Agreement:
    """One line of `data/valuation/origin_agreements.csv`."""

    id: str
    names: Mapping[str, str]
    rule_set: str
    partners: Mapping[str, bool]
    """Country whose proven materials count as originating -> whether that was verified."""
    tolerance: float
    valid_from: str
    valid_to: str
    source: str
    is_verified: bool

    def is_in_force(self, day: str) -> bool:
        """Whether it holds on a day (`2026-01-31`); what is dated by a year or month holds for all of it."""
        after = not self.valid_from or day[: len(self.valid_from)] >= self.valid_from
        return after and (not self.valid_to or day[: len(self.valid_to)] <= self.valid_to)


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The shipped rules. Raises `KnowledgeError` naming the line and the fault."""
    return tuple(_rule(row, number) for number, row in enumerate(data.rows(RULES), start=1))


def _rule(row: Mapping[str, str], number: int) -> Rule:
    limits = [_share(row[name]) for name in ("limit", "other_limit")]
    faults = (
        ("heading must be digits", not row["heading"].isdigit()),
        ("unknown kind", row["kind"] not in ("max_share", "cth_or_max", "cth_and_max_or_max")),
        ("limit must be a share", limits[0] is None),
        ("other_limit goes with cth_and_max_or_max", (limits[1] is not None) != (row["kind"] == "cth_and_max_or_max")),
        ("a rule needs a source", not row["source"]),
        ("verified must be yes or no", row["verified"] not in ("yes", "no")),
        ("date must be 2026, 2026-02 or 2026-02-01", not _DATE.fullmatch(row["date"])),
    )
    _raise(RULES, number, faults)
    return Rule(
        row["rule_set"], row["heading"], cast(Kind, row["kind"]), limits[0] or 0.0, limits[1],
        row["source"], row["date"], row["verified"] == "yes",
    )  # fmt: skip


@lru_cache(maxsize=1)
def agreements() -> Mapping[str, Agreement]:
    """The shipped agreements by id. Raises `KnowledgeError` naming the line and the fault."""
    zones: dict[str, dict[str, bool]] = {}
    for number, row in enumerate(data.rows(ZONES), start=1):
        _raise(ZONES, number, (("verified must be yes or no", row["verified"] not in ("yes", "no")),))
        zones.setdefault(row["zone"], {})[row["country"]] = row["verified"] == "yes"
    found = {}
    for number, row in enumerate(data.rows(AGREEMENTS), start=1):
        listed = [zone for zone in row["zones"].split(";") if zone]
        tolerance = _share(row["tolerance"])
        faults = (
            ("unknown rule_set", row["rule_set"] not in {rule.rule_set for rule in rules()}),
            ("unknown zone", any(zone not in zones for zone in listed)),
            ("tolerance must be a share", tolerance is None),
            (
                "a date must be 2026, 2026-02 or 2026-02-01",
                not all(_DATE.fullmatch(row[f"valid_{e}"]) for e in ("from", "to")),
            ),
            ("an agreement needs a source", not row["source"]),
            ("verified must be yes or no", row["verified"] not in ("yes", "no")),
            ("the agreement stands twice", row["agreement"] in found),
        )
        _raise(AGREEMENTS, number, faults)
        found[row["agreement"]] = Agreement(
            id=row["agreement"],
            names={language: row[f"name_{language}"] for language in ("fr", "en", "ar")},
            rule_set=row["rule_set"],
            partners={country: known for zone in listed for country, known in zones[zone].items()},
            tolerance=tolerance or 0.0,
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            source=row["source"],
            is_verified=row["verified"] == "yes",
        )
    return found


def _raise(file: str, number: int, faults: tuple[tuple[str, bool], ...]) -> None:
    wrong = next((what for what, is_so in faults if is_so), "")
    if wrong:
        fault(file, number, wrong)


def _share(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def find_rule(rule_set: str, hs_code: str) -> Rule | None:
    """The rule of the longest heading that a tariff code begins with; None when the list here has none."""
    fitting = [rule for rule in rules() if rule.rule_set == rule_set and hs_code.startswith(rule.heading)]
    return max(fitting, key=lambda rule: len(rule.heading), default=None)


def at_most(share: Range, limit: float) -> Answer:
    """Whether a share is at most a limit; a rounding error of the share does not decide."""
    if share.high <= limit + 1e-12:
        return True
    return False if share.low > limit + 1e-12 else None


def is_met(rule: Rule, share: Range, changed: Answer) -> Answer:
    """Whether a product meets its rule.

    `share`: non-originating materials over ex-works price; `changed`: whether they all stand under other headings than
    the product, but for what the tolerance lets pass.
    """
    if rule.kind == "max_share":
        return at_most(share, rule.limit)
    if rule.kind == "cth_or_max":
        return either(changed, at_most(share, rule.limit))
    return either(both(changed, at_most(share, rule.limit)), at_most(share, rule.other_limit or 0.0))


def zone(name: str) -> frozenset[str]:
    """The countries of a zone of `data/valuation/origin_zones.csv`; none for a zone that it does not have."""
    return frozenset(row["country"] for row in data.rows(ZONES) if row["zone"] == name)
