"""What fairness adds to a plan, what a meeting is worth, and the figures by which a reader can judge both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from integrator import data


def priority_points() -> dict[int, float]:
    """Points of a request by its priority; 0 = nobody asked (`data/meetings/worth.csv`)."""
    return {int(row["priority"]): float(row["points"]) for row in data.rows("meetings/worth.csv")}


def points(worths: Iterable[float], who: str = "asked") -> tuple[float, ...]:
    """What the first, second ... meeting adds on a day with these worths of meetings, as `Rules` takes it.

    `who`: asked or others, a column of `data/meetings/fairness.csv`, whose shares are of the largest worth.
    """
    largest = max(worths, default=0.0)
    rows = sorted(data.rows("meetings/fairness.csv"), key=lambda row: int(row["meeting"]))
    return tuple(float(row[who]) * largest for row in rows)


@dataclass(frozen=True)
class Spread:
    """How the meetings fall on the participants of one side who could have any."""

    participants: int
    without: tuple[str, ...]
    """Who has none, by name."""
    least: int
    middle: float
    most: int


def spread_of(names: Iterable[str], held: Mapping[str, int]) -> Spread:
    """The figures of some participants; `held` gives their numbers of meetings."""
    everyone = sorted(names)
    counts = [held.get(name, 0) for name in everyone]
    without = tuple(name for name, count in zip(everyone, counts, strict=True) if not count)
    if not counts:
        return Spread(0, (), 0, 0.0, 0)
    return Spread(len(everyone), without, min(counts), float(median(counts)), max(counts))
