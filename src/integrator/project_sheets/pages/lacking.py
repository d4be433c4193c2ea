"""White spots: needs without an actor and why, and the processes that the sites of the files do not say they have.

Everything here is about the files that were read: a process that no site names may well be in the country.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from integrator.parts import of_needs
from integrator.project_sheets.pages.concepts import named, wider
from integrator.project_sheets.valuations import Row

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent

FEW = 3
"""So many sites or fewer are few: who needs the process has hardly a choice."""
_CRITERIA = ("part_near", "material_near")
_MAIN = "main_process"


@dataclass(frozen=True)
class Process:
    """One process that needs ask for. All but `concept` and `label` are ids, sorted.

    `asked`: needs that name it; `usual`: needs whose part is usually made by it though they do not say so;
    `blocked`: of both, those without an actor. `offered`: sites that name it or a narrower one; `implied`: other sites
    whose products are usually made by it; `general`: further sites that name a wider family of it.
    """

    concept: str
    label: str
    asked: tuple[str, ...]
    usual: tuple[str, ...]
    blocked: tuple[str, ...]
    offered: tuple[str, ...]
    implied: tuple[str, ...]
    general: tuple[str, ...]

    @property
    def sites(self) -> int:
        """How many sites have it, by what they say or by what they make."""
        return len(self.offered) + len(self.implied)

    @property
    def offer(self) -> str:
        """none, one, few or several: how many sites have it."""
        return "none" if self.sites == 0 else "one" if self.sites == 1 else "few" if self.sites <= FEW else "several"


@dataclass(frozen=True)
class WhiteSpot:
    """A need without an actor, and why.

    `able`: how many sites master its main process; `failed`: of these, how many fail each criterion.
    `reason`: aggregate (a statistic over many parts), unread (no process recognized), absent (no site has one of its
    processes), undeclared (no site is known to master the main one) or criteria.
    """

    content: SheetContent
    reason: str
    processes: tuple[Process, ...]
    able: int
    failed: Mapping[str, int]

    @property
    def absent(self) -> tuple[Process, ...]:
        """Its processes that no site has."""
        return tuple(one for one in self.processes if one.offer == "none")

    @property
    def scarce(self) -> tuple[Process, ...]:
        """Its processes that few sites have."""
        return tuple(one for one in self.processes if one.offer in ("one", "few"))


def processes(tables: Mapping[str, pd.DataFrame], uncovered: Collection[str]) -> list[Process]:
    """Every process that a need asks for: the scarcest first, then those that block and are asked for most.

    `uncovered` are the needs without an actor. Closed sites offer nothing.
    """
    asked = _by_concept(named(tables["requirements"], "process"), "need_id")
    suppliers = tables["suppliers"]
    closed = set(suppliers.loc[suppliers["active"] == "no", "supplier_id"])
    offers = [row for row in named(tables["capabilities"], "process") if row["supplier_id"] not in closed]
    offered = _by_concept(offers, "supplier_id")
    narrower: dict[str, set[str]] = {}
    for concept in offered:
        for family in wider(concept):
            narrower.setdefault(family, set()).add(concept)
    found = [_process(concept, asked, offered, narrower.get(concept, set()), uncovered) for concept in asked]
    return sorted(found, key=_scarcest)


def _scarcest(one: Process) -> tuple[object, ...]:
    return one.sites, -len(one.blocked), -len(one.asked), -len(one.usual), one.concept


class _Named:
    """The ids that name a concept, and those of which it only follows."""

    def __init__(self) -> None:
        self.label = ""
        self.stated: set[str] = set()
        self.implied: set[str] = set()


def _by_concept(rows: Sequence[Row], entity: str) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for row in rows:
        one = found.setdefault(row["concept"], _Named())
        one.label = min(one.label or row["label"], row["label"])
        (one.implied if row["implied"] == "yes" else one.stated).add(row[entity])
    return found


def _process(
    concept: str, asked: Mapping[str, _Named], offered: Mapping[str, _Named], narrower: Collection[str],
    uncovered: Collection[str],
) -> Process:  # fmt: skip
    own = asked[concept]
    stated = {site for one in narrower for site in offered[one].stated}
    implied = {site for one in narrower for site in offered[one].implied} - stated
    general = {site for one in wider(concept)[1:] if one in offered for site in offered[one].stated} - stated - implied
    needs = own.stated | own.implied
    return Process(
        concept, own.label,
        *(tuple(sorted(ids)) for ids in (
            own.stated, own.implied - own.stated, needs & set(uncovered), stated, implied, general,
        )),
    )  # fmt: skip


def white_spots(
    tables: Mapping[str, pd.DataFrame], contents: Sequence[SheetContent], known: Sequence[Process]
) -> list[WhiteSpot]:
    """The needs without an actor, in the order of the sheets; `known` are all processes that are asked for."""
    without = [one for one in contents if one.opportunity["outlook"] == "none"]
    states = _states(of_needs(tables, "reasons", {one.need["need_id"] for one in without}))
    return [_white_spot(one, known, states.get(one.need["need_id"], {})) for one in without]


def _states(reasons: pd.DataFrame) -> dict[str, dict[str, dict[str, str]]]:
    """Need -> site -> criterion -> state, of the needs without an actor."""
    wanted = reasons[reasons["criterion"].isin((_MAIN, *_CRITERIA))]
    found: dict[str, dict[str, dict[str, str]]] = {}
    columns = ["need_id", "supplier_id", "criterion", "state"]
    for need, site, criterion, state in wanted[columns].itertuples(index=False, name=None):
        found.setdefault(need, {}).setdefault(site, {})[criterion] = state
    return found


def _white_spot(content: SheetContent, known: Sequence[Process], states: Mapping[str, Mapping[str, str]]) -> WhiteSpot:
    need_id = content.need["need_id"]
    needed = [one for one in known if need_id in one.asked] or [one for one in known if need_id in one.usual]
    able = [of for of in states.values() if of.get(_MAIN) == "met"]
    failed = {name: sum(of.get(name) == "failed" for of in able) for name in _CRITERIA}
    return WhiteSpot(
        content=content,
        reason=_reason(content, needed, len(able)),
        processes=tuple(needed),
        able=len(able),
        failed={name: count for name, count in failed.items() if count},
    )


def _reason(content: SheetContent, needed: Sequence[Process], able: int) -> str:
    if content.need["aggregate"] == "yes":
        return "aggregate"
    if not needed:
        return "unread"
    if any(one.offer == "none" for one in needed):
        return "absent"
    return "criteria" if able else "undeclared"
