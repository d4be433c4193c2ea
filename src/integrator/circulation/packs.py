"""Which sheets concern whom."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.errors import UsageError
from integrator.text.fold import fold

BY = ("actor", "buyer", "region")
_OF_EVERYONE = ("suppliers", "capabilities")
"""Tables that hold no figure of a need: sheets quote suppliers."""
_OF_POOLS = ("pooled_volume", "break_even_share_pooled")
_OF_PLANS = ("displaced", "not_taken")
"""Reasons whose sentences name needs that took the capacity."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Pack:
    """The sheets of one receiver."""

    name: str
    """The receiver, as people know it."""
    file: str
    """File name without suffix: an id, never a name."""
    needs: tuple[str, ...]


def packs(tables: Mapping[str, pd.DataFrame], by: str) -> tuple[Pack, ...]:
    """One pack a receiver, by name. An actor, or the region of an actor, receives the sheets that name the actor.

    Raises `UsageError` when `by` is none of `BY`. A need without a named buyer goes to no buyer. Buyers and regions
    whose names are equal after folding are one receiver, under the name met first.
    """
    if by not in BY:
        raise UsageError(f"--by {by}: choose among {', '.join(BY)}.")
    suppliers = tables["suppliers"].set_index("supplier_id")
    found: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    if by == "buyer":
        named = tables["needs"][tables["needs"]["named_buyer"] == "yes"]
        for need_id, buyer in zip(named["need_id"], named["buyer"], strict=True):
            file = _short("B", fold(str(buyer)) or str(buyer))
            names.setdefault(file, str(buyer))
            found[file].add(str(need_id))
    else:
        files = _actor_files([str(actor) for actor in suppliers.index])
        for _, row in tables["opportunities"].iterrows():
            for actor in filter(None, (str(row[f"actor_{i}"]) for i in (1, 2, 3))):
                region = str(suppliers.at[actor, "region"])
                if by == "actor":
                    file, name = files[actor], str(suppliers.at[actor, "name"])
                elif region:
                    file, name = _short("R", fold(region) or region), region
                else:
                    continue
                names.setdefault(file, name)
                found[file].add(str(row["need_id"]))
    return tuple(sorted(Pack(names[file], file, tuple(sorted(needs))) for file, needs in found.items()))


def only(tables: Mapping[str, pd.DataFrame], pack: Pack) -> dict[str, pd.DataFrame]:
    """The tables of a run cut down to the needs of one pack; no figure of another need is left.

    Suppliers stay, since sheets quote them. Sums over all needs, capacities and trades of the whole job are left out,
    and so are a demand pooled with needs of others, the rates and origin of a vehicle with lines of others' needs, and
    the sentences that name a need which took a capacity.
    """
    wanted = set(pack.needs)
    outside, shared = _pooled_outside(tables, wanted), _shared_vehicles(tables, wanted)
    cut = {}
    for name, frame in tables.items():
        if name not in _OF_EVERYONE:
            frame = frame[_kept(name, frame, wanted, outside, shared)].reset_index(drop=True)
        cut[name] = _silenced(frame) if name == "covers" else frame
    return cut


def _kept(name: str, frame: pd.DataFrame, wanted: set[str], outside: set[str], shared: set[str]) -> pd.Series:
    """Which rows of a table speak of the wanted needs alone; none of a table that speaks of no need."""
    if name == "facts":
        return (frame["entity"] != "need") | frame["entity_id"].isin(wanted)
    if name == "bill_lines":
        return frame["need_id"].map(lambda joined: bool(joined) and set(joined.split("; ")) <= wanted).astype(bool)
    if "need_id" not in frame.columns:
        return pd.Series(False, index=frame.index)
    kept = frame["need_id"].isin(wanted)
    if name == "rates":
        kept |= (frame["need_id"] == "") & frame["of"].isin(wanted)
    if "of" in frame.columns:
        kept &= ~frame["of"].isin(shared)
    if name == "pools":
        kept &= frame["member_id"].isin(wanted)
    if name in ("values", "value_inputs"):
        kept &= ~(frame["need_id"].isin(outside) & frame["figure"].isin(_OF_POOLS))
    return kept


def _pooled_outside(tables: Mapping[str, pd.DataFrame], wanted: set[str]) -> set[str]:
    """Needs whose demand is pooled with that of needs that are not wanted: from the sum theirs could be told."""
    if "pools" not in tables:
        return set()
    pools = tables["pools"]
    return set(pools.loc[~pools["member_id"].isin(wanted), "need_id"])


def _shared_vehicles(tables: Mapping[str, pd.DataFrame], wanted: set[str]) -> set[str]:
    """Vehicles with a line of a need that is not wanted: their rates and what they miss tell of it."""
    if "bill_lines" not in tables:
        return set()
    lines = tables["bill_lines"]
    is_outside = lines["need_id"].map(lambda joined: not set(filter(None, joined.split("; "))) <= wanted).astype(bool)
    return set(lines.loc[is_outside, "vehicle"])


def _silenced(covers: pd.DataFrame) -> pd.DataFrame:
    """Without the sentences that name other needs, and without prices, which weigh a need against others."""
    words = covers["words"].mask(covers["reason"].isin(_OF_PLANS), "")
    return covers.assign(words=words, price=math.nan, price_unit="")


def _actor_files(actors: list[str]) -> dict[str, str]:
    """Actor id -> file name: the id where every system can hold it as a name of its own, else a digest of it."""
    alike = Counter(actor.casefold() for actor in actors)
    return {
        actor: actor
        if _SAFE.fullmatch(actor) and not _DEVICES.fullmatch(actor) and alike[actor.casefold()] == 1
        else _short("A", actor)
        for actor in actors
    }


def _short(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
