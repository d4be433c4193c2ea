"""What one project sheet says, gathered from the tables of a run."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from integrator.project_sheets.reviewed import Reviewed, reviewed_of
from integrator.project_sheets.steps import Offers, Step, offers, steps_of
from integrator.project_sheets.valuations import Row, Valued
from integrator.project_sheets.valuations import rows_of as _rows

SUPPLIER_EVIDENCE = (
    "products", "processes", "materials", "certifications", "status", "headcount", "annual_capacity",
    "spare_capacity", "customers", "revenue_or_investment", "revenue", "investment",
)  # fmt: skip
NEED_EVIDENCE = (
    "component", "buyer", "plant", "programme", "hs_code", "processes", "materials", "specification",
    "certifications", "annual_volume", "unit", "unit_price", "annual_value", "price_or_value", "imported_from", "sop",
    "evidence",
)  # fmt: skip


FEWEST_ACTORS = 5
"""Merely related sites (grade 1) fill a sheet up to this number; all better ones are shown, up to `top`."""
NEAREST = 3
"""Sites without any link shown when there is none with one: the nearest, and what they lack."""
LEADING = 3
"""Actors that portfolio and headline name and whose facts are listed. The facts of all are in tables/facts.csv."""


@dataclass(frozen=True)
class Actor:
    """One ranked supplier of a need: its match row and its own row."""

    match: Row
    supplier: Row


@dataclass(frozen=True)
class SheetContent:
    """One need with its opportunity, the actors to show, how many more were compared, and the facts.

    `leading` names the first three actors of grade 2 or better, however few the sheet shows. `family` and
    `implied` are labels of the taxonomy: what the part was recognized as, and the processes that follow from
    the part without being asked for.
    """

    need: Row
    opportunity: Row
    actors: tuple[Actor, ...]
    leading: tuple[str, ...]
    others: int
    evidence: tuple[Row, ...]
    family: tuple[str, ...]
    implied: tuple[str, ...]
    valued: Valued = field(default_factory=Valued)
    excluded: tuple[Actor, ...] = ()
    """Candidates that were compared and are not shown, by rank."""
    steps: tuple[Step, ...] = ()
    reviews: tuple[Reviewed, ...] = ()
    """What reviewers said of its actors, see `reviewed`."""
    status: Row | None = None
    """Where the project stands (`tables.STATUSES`), None when nobody said it."""
    withheld: frozenset[str] = frozenset()
    """Sections from which something known was taken out, because the reader may not see it."""


def gather(
    tables: Mapping[str, pd.DataFrame], top: int, valued: Mapping[str, Valued], chosen: Collection[str] | None = None
) -> Iterator[SheetContent]:
    """The content of every need, in the order of the opportunities; `valued` by need, see `valuations`.

    Needs that are not among the `chosen` (None = all are) have no sheet: what only a sheet shows is left empty.
    """
    chosen = frozenset(tables["opportunities"]["need_id"] if chosen is None else chosen)
    ranked_rows = _wanted(tables["matches"], chosen, max(top, LEADING))
    total = len(tables["suppliers"])
    suppliers = {row["supplier_id"]: row for row in _rows(_spoken_of(tables, ranked_rows))}
    needs = {row["need_id"]: row for row in _rows(tables["needs"])}
    matches = _by(_rows(ranked_rows), "need_id")
    facts = _by(_rows(_quotable(tables["facts"], chosen, suppliers)), "entity", "entity_id")
    requirements = _by(_rows(tables["requirements"]), "need_id")
    reviews = _by(_rows(tables["decisions"]), "need_id") if "decisions" in tables else {}
    statuses = {row["need_id"]: row for row in _rows(tables["statuses"])}
    offered: Offers = offers(tables["capabilities"])
    withheld = _by(_rows(tables["withheld"]), "need_id") if "withheld" in tables else {}
    for opportunity in _rows(tables["opportunities"]):
        need_id = opportunity["need_id"]
        ranked = sorted(
            (row for row in matches.get((need_id,), []) if row["supplier_id"]), key=lambda row: int(row["rank"])
        )
        shown = _shown(ranked, top)
        actors = tuple(Actor(row, suppliers[row["supplier_id"]]) for row in shown)
        leading = tuple(str(suppliers[row["supplier_id"]]["name"]) for row in _capable(ranked)[:LEADING])
        if need_id not in chosen:
            yield SheetContent(
                need=needs[need_id], opportunity=opportunity, actors=actors, leading=leading, others=0, evidence=(),
                family=(), implied=(), valued=valued[need_id], status=statuses.get(need_id),
            )  # fmt: skip
            continue
        excluded = tuple(Actor(row, suppliers[row["supplier_id"]]) for row in ranked if row not in shown)
        able = [str(row["supplier_id"]) for row in _capable(ranked)]
        evidence = _evidence(facts, ("need", need_id), NEED_EVIDENCE)
        for actor in actors[:LEADING]:
            evidence += _evidence(facts, ("supplier", actor.supplier["supplier_id"]), SUPPLIER_EVIDENCE)
        asked = [row for row in requirements.get((need_id,), []) if row["step"] != "similar"]  # a proposal is no fact
        yield SheetContent(
            need=needs[need_id],
            opportunity=opportunity,
            actors=actors,
            leading=leading,
            others=total - len(ranked),
            excluded=excluded,
            steps=steps_of(asked, offered, able),
            evidence=tuple(evidence),
            family=_labels(row for row in asked if row["role"] == "component" and row["implied"] != "yes"),
            implied=_labels(row for row in asked if row["role"] == "process" and row["implied"] == "yes"),
            valued=valued[need_id],
            reviews=reviewed_of(reviews.get((need_id,), []), ranked, suppliers),
            status=statuses.get(need_id),
            withheld=frozenset(row["section"] for row in withheld.get((need_id,), [])),
        )


def _shown(ranked: list[Row], top: int) -> list[Row]:
    """Everyone of grade 2 or better; related ones only to fill up; the nearest when nobody is even related.

    In the order of the ranks, that is of the scores: on judged pairs the first actor by score is able more often
    than the first by grade (docs/quality.md).
    """
    capable = _capable(ranked)
    related = [row for row in ranked if row["grade"] == 1]
    chosen = capable + related[: max(FEWEST_ACTORS - len(capable), 0)]
    return (chosen or ranked[:NEAREST])[:top]


def _wanted(matches: pd.DataFrame, chosen: Collection[str], most: int) -> pd.DataFrame:
    """All matches of the chosen needs; of the others those that `_shown` and the leading actors can be taken from."""
    own = matches["need_id"].isin(chosen)
    if own.all():
        return matches
    others = matches[~own & (matches["supplier_id"] != "")].sort_values(["need_id", "rank"])
    kept = [
        of.groupby("need_id").head(count)
        for of, count in (
            (others[others["grade"] >= 2], most), (others[others["grade"] == 1], FEWEST_ACTORS), (others, NEAREST),
        )
    ]  # fmt: skip
    return matches.loc[matches.index[own].union(pd.concat(kept).index.unique())]


def _capable(ranked: list[Row]) -> list[Row]:
    return [row for row in ranked if row["grade"] >= 2]


def _labels(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["label"] for row in rows if row["label"]))


def _spoken_of(tables: Mapping[str, pd.DataFrame], matches: pd.DataFrame) -> pd.DataFrame:
    """The suppliers that a match or a reviewer names: of a large job few."""
    named = set(matches["supplier_id"])
    if "decisions" in tables:
        named |= set(tables["decisions"]["supplier_id"])
    return tables["suppliers"][tables["suppliers"]["supplier_id"].isin(named)]


def _quotable(facts: pd.DataFrame, needs: Collection[str], suppliers: Collection[str]) -> pd.DataFrame:
    """The facts that a sheet may quote: as plain rows all facts of a large job would take most of the memory."""
    kept = facts[(facts["part"] == 1) & facts["field"].isin({*SUPPLIER_EVIDENCE, *NEED_EVIDENCE})]
    is_need = kept["entity"] == "need"
    return kept[(is_need & kept["entity_id"].isin(needs)) | (~is_need & kept["entity_id"].isin(suppliers))]


def _evidence(
    facts: Mapping[tuple[str, ...], list[Row]], entity: tuple[str, str], fields: tuple[str, ...]
) -> list[Row]:
    known = [fact for fact in facts.get(entity, []) if fact["field"] in fields]
    return sorted(known, key=lambda fact: fields.index(fact["field"]))


def _by(rows: list[Row], *keys: str) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return groups
