"""Which sheets concern whom."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.circulation import policy
from integrator.errors import UsageError
from integrator.records import Level
from integrator.text.fold import fold

BY = ("actor", "buyer", "region", "project")
_OF_EVERYONE = ("suppliers", "capabilities")
"""Tables that hold no figure of a need: sheets count suppliers and what they have, and quote some."""
_OF_POOLS = ("pooled_volume", "break_even_share_pooled")
_OF_PLANS = ("displaced", "not_taken")
"""Reasons whose sentences name needs that took the capacity."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_TAKEN = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|circulation|manifest)", re.IGNORECASE)
"""Devices of a system, and files that stand beside the packs."""


@dataclass(frozen=True, order=True)
class Pack:
    """The sheets of one receiver."""

    name: str
    """The receiver, as people know it; "" = not said."""
    file: str
    """File name without suffix: an id, never a name."""
    needs: tuple[str, ...]


def packs(tables: Mapping[str, pd.DataFrame], by: str, level: Level = "restricted") -> tuple[Pack, ...]:
    """One pack a receiver, by name; one a sheet, for no receiver yet, `by` project.

    An actor, or the region of an actor, receives the sheets that name the actor.

    Raises `UsageError` when `by` is none of `BY`, and by buyer at a level that may not know buyers. A need without a
    named buyer goes to no buyer. Buyers and regions whose names are equal after folding are one receiver, under the
    name met first.
    """
    if by not in BY:
        raise UsageError(f"--by {by}: choose among {', '.join(BY)}.")
    if by == "buyer" and policy.is_above(policy.of_column("needs", "buyer").level, level):
        raise UsageError(f"--by buyer: level {level} does not name buyers: choose another level, or --by project.")
    suppliers = tables["suppliers"].set_index("supplier_id")
    found: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    if by == "project":
        rows = zip(tables["opportunities"]["sheet_id"], tables["opportunities"]["need_id"], strict=True)
        sheets = {str(need_id): str(sheet_id) for sheet_id, need_id in rows}
        files = _files("P", list(sheets.values()))
        return tuple(sorted(Pack("", files[sheet_id], (need_id,)) for need_id, sheet_id in sheets.items()))
    if by == "buyer":
        named = tables["needs"][tables["needs"]["named_buyer"] == "yes"]
        for need_id, buyer in zip(named["need_id"], named["buyer"], strict=True):
            file = _short("B", fold(str(buyer)) or str(buyer))
            names.setdefault(file, str(buyer))
            found[file].add(str(need_id))
    else:
        files = _files("A", [str(actor) for actor in suppliers.index])
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

    Suppliers stay, since sheets count and quote them, with the facts of those that are ranked. Sums over all needs,
    capacities and trades of the whole job are left out, and so are a demand pooled with needs of others, the rates and
    origin of a vehicle with lines of others' needs, and the sentences that name a need which took a capacity.
    """
    wanted = set(pack.needs)
    outside, shared = _pooled_outside(tables, wanted), _shared_vehicles(tables, wanted)
    compared = _compared(tables, wanted)
    cut = {}
    for name, frame in tables.items():
        if name not in _OF_EVERYONE:
            frame = frame[_kept(name, frame, wanted, compared, outside, shared)].reset_index(drop=True)
        cut[name] = _silenced(frame) if name == "covers" else frame
    return cut


def _kept(
    name: str, frame: pd.DataFrame, wanted: set[str], compared: set[str], outside: set[str], shared: set[str]
) -> pd.Series:
    """Which rows of a table speak of the wanted needs alone; none of a table that speaks of no need."""
    if name == "facts":
        return frame["entity_id"].isin(compared) & (frame["entity"] == "supplier") | (
            frame["entity_id"].isin(wanted) & (frame["entity"] == "need")
        )
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


def _compared(tables: Mapping[str, pd.DataFrame], wanted: set[str]) -> set[str]:
    """Suppliers that are ranked for a need of these: what others say no sheet quotes."""
    matches = tables["matches"]
    return set(matches.loc[matches["need_id"].isin(wanted), "supplier_id"])


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


def _files(kind: str, ids: list[str]) -> dict[str, str]:
    """Id -> file name: the id where every system can hold it as a name of its own, else a digest of it."""
    alike = Counter(one.casefold() for one in ids)
    return {
        one: one
        if _SAFE.fullmatch(one) and not _TAKEN.fullmatch(one) and alike[one.casefold()] == 1
        else _short(kind, one)
        for one in ids
    }


def _short(kind: str, key: str) -> str:
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
