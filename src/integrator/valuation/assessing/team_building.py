"""Teams of suppliers for the needs that ask for several processes, as rows of `tables.TEAMS`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from integrator.places import distance_km
from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.assessing.hard_criteria import CERTIFICATES, shut_out
from integrator.valuation.assessing.naming import Names
from integrator.valuation.assessing.process_offers import Capable, Processes, asked_processes
from integrator.valuation.assessing.team_tasks import TeamTask, team_task
from integrator.valuation.figures import Range
from integrator.valuation.rows import Row, ends, flag
from integrator.valuation.shadow_words import Said, lack_words
from integrator.valuation.teams import Incomplete, Team, Teams, find_teams

"""Criterion of the scorecard that is met by a supplier that says it holds what the need requires."""


def team_rows(cases: list[Case], context: Context) -> Iterator[Row]:
    """The teams of every need of two processes or more, best first, as many as the job asks for.

    Candidates are the matches of the need that have one of its processes and fail no hard criterion of a team. A firm
    that has every process is a team of one. Where no team is firm for a reason other than what is not known, team 0 is
    the nearest incomplete one.
    """
    if not context.options.teams:
        return
    processes = asked_processes(context.needs, context.requirements, context.lexicon)
    known = Processes(context.capabilities, context.stated, context.lexicon)
    ranked, certified = _ranked(context), _certified(context)
    asking = set(context.requirements.loc[context.requirements["role"] == "certification", "need_id"])
    writer = _Writer(context)
    for case in cases:
        asked = processes.get(case.need_id, ())
        if len(asked) < 2:
            continue
        what = team_task(case, asked, _capables(case.need_id, ranked.get(case.need_id, []), asked, known))
        holders = {what.firm(one) for one in what.suppliers if (case.need_id, one) in certified}
        found = _found(what, context.options.teams, holders if case.need_id in asking else None)
        yield from writer.rows(what, found.renamed(what.supplier))


def _found(what: TeamTask, most: int, certified: set[str] | None) -> Teams:
    """Teams whose members say every process that they make come before those where one is only deduced."""
    said = find_teams(what.said(), most, certified)
    if len(said.teams) == most or what.is_said:
        return said
    everything = find_teams(what.task, most, certified)
    members = {one.members for one in said.teams}
    others = tuple(one for one in everything.teams if one.members not in members)
    return replace(everything, teams=(*said.teams, *others)[:most])


def _ranked(context: Context) -> dict[str, list[str]]:
    """Need id -> its matches, best first, without those that are shut out."""
    failing = shut_out(context.reasons, "team")
    real = context.matches[context.matches["supplier_id"] != ""].sort_values(["need_id", "rank"])
    found: dict[str, list[str]] = {}
    for need_id, supplier_id in zip(real["need_id"].tolist(), real["supplier_id"].tolist(), strict=True):
        if (need_id, supplier_id) not in failing:
            found.setdefault(need_id, []).append(supplier_id)
    return found


def _certified(context: Context) -> set[tuple[str, str]]:
    """(need, supplier) that is known to hold what the need requires."""
    met = context.reasons[(context.reasons["criterion"] == CERTIFICATES) & (context.reasons["state"] == "met")]
    return set(zip(met["need_id"].tolist(), met["supplier_id"].tolist(), strict=True))


def _capables(
    need_id: str, suppliers: list[str], processes: tuple[str, ...], known: Processes
) -> dict[str, dict[str, Capable]]:
    found: dict[str, dict[str, Capable]] = {}
    for supplier_id in suppliers:
        of = {process: known.of(supplier_id, need_id, process) for process in processes}
        if able := {process: one for process, one in of.items() if one is not None}:
            found[supplier_id] = able
    return found


class _Writer:
    """Rows and sentences of teams."""

    def __init__(self, context: Context) -> None:
        self._names = Names(context)
        places = context.suppliers[["supplier_id", "latitude", "longitude"]]
        self._places = {
            one: (latitude, longitude)
            for one, latitude, longitude in places.itertuples(index=False, name=None)
            if not (pd.isna(latitude) or pd.isna(longitude))
        }

    def rows(self, what: TeamTask, found: Teams) -> Iterator[Row]:
        for place, team in enumerate(found.teams, start=1):
            said = _said(what, team)
            if place == 1:
                said += _needed(what, found)
                said += [] if what.volume else [Said("team.no_demand")]
            yield from self._team(what, team, place, said)
        nearest = found.incomplete
        if nearest and (not found.teams or any(one.lack != "capacity_unknown" for one in nearest.missing)):
            yield from self._incomplete(what, nearest)

    def _team(self, what: TeamTask, team: Team, number: int, said: list[Said]) -> Iterator[Row]:
        single = {(one.process, one.firm) for one in team.single_points}
        before = ""
        for place, part in enumerate(team.parts):
            own = what.capable[part.firm][part.process]
            note = said if place == 0 else []
            if not own.is_said:
                note = [*note, Said("team.deduced", {"firm": (part.firm,), "process": (part.process,)})]
            yield {
                "need_id": what.need_id, "team": number, "step": what.step(part.process), "process": part.process,
                "supplier_id": part.firm,
                "label": self._names.process(part.process), "amount": part.volume if what.volume else None,
                **_outer(part.price, "price"), "lead": flag(part.firm == team.lead),
                "single": flag((part.process, part.firm) in single), "firm": flag(team.is_firm),
                "distance_km": self._distance(before, part.firm),
                **_outer(team.cost if what.money else None, "cost"),
                **_outer(team.coordination if what.is_coordination_known else None, "coordination"),
                "unit": what.unit, "money": what.money, "note": self._names.text(note),
            }  # fmt: skip
            before = part.firm

    def _incomplete(self, what: TeamTask, nearest: Incomplete) -> Iterator[Row]:
        """What is covered and by whom, then what is missing and why; never firm."""
        if nearest.team:
            for row in self._team(what, nearest.team, 0, _said(what, nearest.team, is_complete=False)):
                yield {**row, "firm": flag(False)}
        for lack in nearest.missing:
            yield {
                "need_id": what.need_id, "team": 0, "step": what.step(lack.process), "process": lack.process,
                "supplier_id": "",
                "label": self._names.process(lack.process), "amount": None, **_outer(None, "price"), "lead": "",
                "single": "", "firm": flag(False), "distance_km": None, **_outer(None, "cost"),
                **_outer(None, "coordination"), "unit": what.unit, "money": what.money,
                "note": self._names.text([lack_words(lack)]),
            }  # fmt: skip

    def _distance(self, before: str, firm: str) -> float | None:
        """Kilometres from one maker to the next; None for the first one or where a place is not known."""
        if before and before == firm:
            return 0.0
        one, other = self._places.get(before), self._places.get(firm)
        return round(distance_km(*one, *other), 1) if one and other else None


def _said(what: TeamTask, team: Team, *, is_complete: bool = True) -> list[Said]:
    """What is said of a team as a whole."""
    said: list[Said] = []
    if len(team.members) == 1 and is_complete:
        said.append(Said("team.alone", {"firm": team.members}))
    if len(team.members) > 1 or team.lead_by != "largest":
        said.append(Said(f"lead.{team.lead_by}", {"firm": (team.lead,)} if team.lead else {}))
    if what.volume is None:
        return said
    unsure, unpriced = _without(what, team, "capacity"), _without(what, team, "price")
    if not team.is_firm and unsure:
        said.append(Said("team.capacity_unknown", {"firms": unsure}))
    if what.money and unpriced:
        said.append(Said("team.price_unknown", {"firms": unpriced}))
    for key, firms in (("team.other_money", what.other_money), ("team.other_unit", what.other_unit)):
        if among := tuple(one for one in team.members if one in firms):
            said.append(Said(key, {"firms": among}))
    return said


def _needed(what: TeamTask, found: Teams) -> list[Said]:
    """Suppliers without which there is no team: by what is stated, else because nobody else has a process."""
    points = [(one.process, one.firm) for one in found.single_points] or what.alone
    return [Said("single.all", {"process": (process,), "firm": (firm,)}) for process, firm in points]


def _without(what: TeamTask, team: Team, name: str) -> tuple[str, ...]:
    """Members that make something of which a price or capacity is not stated."""
    return tuple(
        dict.fromkeys(one.firm for one in team.parts if getattr(what.capable[one.firm][one.process], name) is None)
    )


def _outer(value: Range | None, name: str) -> Row:
    """Both ends of a range; an open end stays infinite."""
    two = ends(value, f"{name}_low", "point", f"{name}_high")
    return {key: one for key, one in two.items() if key != "point"}
