"""A salon from the tables of a run and the organizer's lists: agenda, requests without a meeting, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from integrator.meetings.agenda import Pair, Participant, Plan, Rules, arrange
from integrator.meetings.fairness import Spread, points, priority_points, spread_of
from integrator.meetings.invitations import Invitation, best_grades, invitations, own_sites
from integrator.meetings.participants import attending, caps, unavailable
from integrator.meetings.unplaced import Excluded, Hall, why


@dataclass(frozen=True)
class Choices:
    """What the organizer decides beside the rules of the agenda."""

    fair: bool = True
    only_requests: bool = False
    """Meetings that somebody asked for, and no others."""
    unmatched: bool = False
    """Requests without a match of grade 2 or more are met too."""


@dataclass(frozen=True)
class Unplaced:
    """One request without a meeting."""

    buyer: str
    supplier: str
    asked: Mapping[str, int]
    """Side that asked -> priority."""
    reason: str
    """Of `unplaced.REASONS`."""
    grade: int | None
    """Of the best match, where there is one."""


@dataclass(frozen=True)
class Salon:
    """All that the workbook shows."""

    plan: Plan
    rules: Rules
    weights: Mapping[Pair, float]
    """Of the pairs that could meet."""
    invitations: Mapping[Pair, Invitation]
    unplaced: tuple[Unplaced, ...]
    requests: Mapping[int, tuple[int, int]]
    """Priority -> requests that got a meeting, and all; a pair that both ask for is one, of the higher priority."""
    buyers: Spread
    suppliers: Spread


def hold(
    needs: pd.DataFrame,
    suppliers: pd.DataFrame,
    matches: pd.DataFrame,
    rules: Rules,
    participants: pd.DataFrame | None = None,
    requests: pd.DataFrame | None = None,
    choices: Choices | None = None,
) -> Salon:
    """The salon of a run. `participants` and `requests` as `tables.PARTICIPANTS` and `tables.REQUESTS`; None = no list.

    A meeting is worth the score of its match and the points of its requests. Raises `UsageError` as `arrange` does.
    """
    choices = choices or Choices()
    asked = _asked(requests)
    found = {pair: replace(each, asked=asked.get(pair, {})) for pair, each in invitations(needs, matches).items()}
    if choices.unmatched:
        found |= {pair: Invitation(0.0, None, asked=sides) for pair, sides in asked.items() if pair not in found}
    own = own_sites({*found, *asked}, suppliers)
    worth = priority_points()
    weights = {
        pair: each.score + sum(worth[priority] for priority in each.asked.values()) + (0 if each.asked else worth[0])
        for pair, each in found.items()
        if pair not in own and (each.asked or not choices.only_requests)
    }
    present: set[Participant] | None = None
    if participants is not None:
        weights = attending(weights, participants)
        present = set(zip(participants["side"], participants["participant_id"], strict=True))
        away = frozenset(rules.unavailable) | unavailable(participants)
        rules = replace(rules, unavailable=away, caps={**rules.caps, **caps(participants)})
    if choices.fair:
        askers = {(side, pair[side == "supplier"]) for pair, sides in asked.items() for side in sides}
        worths = list(weights.values())
        rules = replace(rules, fairness=points(worths), asking=askers if requests is not None else None)
        rules = replace(rules, fairness_others=points(worths, "others"))
    plan = arrange(weights, rules)
    grades = best_grades(needs, matches) if asked else {}
    left = _unplaced(plan, rules, weights, asked, Excluded(own, present), grades)
    held = {name: Counter(getattr(m, name) for m in plan.meetings) for name in ("buyer", "supplier")}
    return Salon(
        plan, rules, weights, found, left, _met(asked, left),
        spread_of({buyer for buyer, _ in weights}, held["buyer"]),
        spread_of({supplier for _, supplier in weights}, held["supplier"]),
    )  # fmt: skip


def _asked(requests: pd.DataFrame | None) -> dict[Pair, dict[str, int]]:
    found: dict[Pair, dict[str, int]] = {}
    if requests is not None:
        columns = (requests[name] for name in ("buyer", "supplier_id", "asked_by", "priority"))
        for buyer, supplier, side, priority in zip(*columns, strict=True):
            found.setdefault((str(buyer), str(supplier)), {})[str(side)] = int(priority)
    return found


def _unplaced(
    plan: Plan,
    rules: Rules,
    weights: Mapping[Pair, float],
    asked: Mapping[Pair, Mapping[str, int]],
    excluded: Excluded,
    grades: Mapping[Pair, int],
) -> tuple[Unplaced, ...]:
    """Of every request without a meeting the reason, the urgent ones first."""
    hall = Hall.of(plan.meetings, rules)
    met = {(meeting.buyer, meeting.supplier) for meeting in plan.meetings}
    left = [
        Unplaced(*pair, sides, why(pair, weights, hall, excluded), grades.get(pair))
        for pair, sides in asked.items()
        if pair not in met
    ]
    return tuple(sorted(left, key=lambda each: (min(each.asked.values()), each.buyer, each.supplier)))


def _met(asked: Mapping[Pair, Mapping[str, int]], left: tuple[Unplaced, ...]) -> dict[int, tuple[int, int]]:
    missed = {(each.buyer, each.supplier) for each in left}
    every = Counter(min(sides.values()) for sides in asked.values())
    without = Counter(min(sides.values()) for pair, sides in asked.items() if pair in missed)
    return {priority: (count - without[priority], count) for priority, count in sorted(every.items())}


def people(suppliers: pd.DataFrame) -> dict[str, str]:
    """Supplier id -> name, and its city on a second line."""
    columns = (suppliers[name] for name in ("supplier_id", "name", "city"))
    return {str(i): "\n".join(filter(None, (str(name), str(city)))) for i, name, city in zip(*columns, strict=True)}


def summary(salon: Salon) -> str:
    """What the command prints: one line of figures, and one of requests where there are any."""
    plan = salon.plan
    fair = "value with fairness" if salon.rules.fairness else "value"
    text = (
        f"{len(plan.meetings)} meetings of {len(salon.weights)} possible pairs, worth {plan.weight:.1f}; {fair}"
        f" {plan.value:.1f} of at most {plan.bound:.1f} (gap {plan.gap:.2%})"
    )
    if not salon.requests:
        return text
    placed, every = (sum(each[i] for each in salon.requests.values()) for i in (0, 1))
    return f"{text}\n{placed} of {every} requests placed; the others are listed with their reason"
