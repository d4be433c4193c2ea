"""The counts of the overview, made without a workbook: what is drawn, how many, and what to look at first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from integrator import data
from integrator.project_sheets.valuations import Row, rows_of

if TYPE_CHECKING:
    import pandas as pd

    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.pages.marks import Marks

OUTLOOKS = ("actors", "convertible", "none")
"""Of an opportunity: an able actor (grade 3 or 4), one that can convert (grade 2), nobody."""
MOST_SLICES = 9
"""Families drawn one by one; the rest are one bar, so that the chart stays legible and complete."""
FIRST = 10
"""Opportunities to look at first."""


class Slice(NamedTuple):
    """One bar: the key it is called by, and its counts."""

    key: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of its counts."""
        return sum(self.counts)


OTHERS, UNKNOWN, NOBODY = "others", "unknown", "nobody"
"""Keys of bars that are no family, region or status: the remaining ones, not known, and needs without an actor."""


def headline(contents: Sequence[SheetContent], tables: Mapping[str, pd.DataFrame]) -> dict[str, int]:
    """Needs; by outlook, which add up to them; sites, those named with grade 2 or better; aggregates."""
    matches = tables["matches"]
    own = matches["need_id"].isin([one.need["need_id"] for one in contents])
    named = matches.loc[own & (matches["grade"] >= 2), "supplier_id"]
    counts = [one.opportunity["outlook"] for one in contents]
    return {
        "needs": len(contents),
        **{outlook: counts.count(outlook) for outlook in OUTLOOKS},
        "named": int(named.nunique()),
        "sites": len(tables["suppliers"]),
        "aggregates": sum(one.need["aggregate"] == "yes" for one in contents),
    }


def by_family(contents: Sequence[SheetContent], marks: Mapping[str, Marks]) -> list[Slice]:
    """Needs by family and outlook, the largest family first; then the other families together, then the unknown."""
    counts: dict[str, list[int]] = {}
    for one in contents:
        family = marks[one.need["need_id"]].family
        of = counts.setdefault(family, [0] * len(OUTLOOKS))
        of[OUTLOOKS.index(one.opportunity["outlook"])] += 1
    unknown = counts.pop("", None)
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    shown = len(ordered) if len(ordered) <= MOST_SLICES + 1 else MOST_SLICES
    rest = [tuple(of) for _, of in ordered[shown:]]
    slices = [Slice(family, tuple(of)) for family, of in ordered[:shown]]
    if rest:
        slices.append(Slice(OTHERS, tuple(map(sum, zip(*rest, strict=True)))))
    return [*slices, *([Slice(UNKNOWN, tuple(unknown))] if unknown else [])]


def by_region(contents: Sequence[SheetContent], marks: Mapping[str, Marks]) -> list[Slice]:
    """Needs by the region of their first actor, the largest first; then of unknown region, then without an actor."""
    of = [marks[one.need["need_id"]] for one in contents]
    found = _counted((one.region or UNKNOWN) if one.has_actor else NOBODY for one in of)
    last = (UNKNOWN, NOBODY)
    ordered = sorted((one for one in found.items() if one[0] not in last), key=lambda item: (-item[1], item[0]))
    return [Slice(key, (count,)) for key, count in (*ordered, *((key, found[key]) for key in last if key in found))]


def by_status(contents: Sequence[SheetContent], marks: Mapping[str, Marks]) -> list[Slice]:
    """Needs by where their project stands, in the order projects go, then those of which nothing was said.

    Empty when nothing was said of any.
    """
    found = _counted(marks[one.need["need_id"]].status or UNKNOWN for one in contents)
    order = [row["status"] for row in data.rows("project_statuses.csv")]
    known = [one for one in order if one in found] + sorted(set(found) - {*order, UNKNOWN})
    if not known:
        return []
    return [Slice(key, (found[key],)) for key in (*known, UNKNOWN) if key in found]


def tagged(contents: Sequence[SheetContent], marks: Mapping[str, Marks], tag: str) -> int:
    """How many needs bear a tag."""
    return sum(tag in marks[one.need["need_id"]].tags for one in contents)


def first(contents: Sequence[SheetContent], axes: pd.DataFrame) -> list[tuple[SheetContent, Row]]:
    """The opportunities to look at first with their row of the axes: by rank; statistics over many parts are none."""
    ranked = {row["need_id"]: row for row in rows_of(axes) if row["rank"] is not None}
    found = [
        (one, ranked[one.need["need_id"]])
        for one in contents
        if one.need["need_id"] in ranked and one.need["aggregate"] != "yes"
    ]
    return sorted(found, key=lambda pair: (pair[1]["rank"], pair[0].need["need_id"]))[:FIRST]


def effect(rates: pd.DataFrame, parts: Iterable[str]) -> Row | None:
    """The rate that the overview shows: of the portfolio, else of the first vehicle, with all marked lines localised.

    The first rate known before and after, one that changes if any does; None when there is none. `parts` are the ids of
    needs: bills of parts are not vehicles.
    """
    known = [
        row
        for row in rows_of(rates)
        if row["scope"] != "part" and not row["need_id"] and row["of"] not in set(parts)
        and None not in (row["before_low"], row["before_high"], row["after_low"], row["after_high"])
    ]  # fmt: skip
    order = sorted(known, key=lambda row: (not _changes(row), row["scope"], row["of"], row["rate"]))
    return order[0] if order else None


def _changes(row: Row) -> bool:
    return bool(row["change_low"] or row["change_high"])


def _counted(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found
