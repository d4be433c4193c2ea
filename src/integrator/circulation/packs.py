"""Which sheets concern whom."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.errors import UsageError
from integrator.text.fold import fold

BY = ("actor", "buyer", "region")
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
    """The tables of a run cut down to the needs of one pack; suppliers stay, since sheets quote them."""
    cut = {}
    for name, frame in tables.items():
        if "need_id" in frame.columns:
            cut[name] = frame[frame["need_id"].isin(pack.needs)].reset_index(drop=True)
        elif name == "facts":
            wanted = (frame["entity"] != "need") | frame["entity_id"].isin(pack.needs)
            cut[name] = frame[wanted].reset_index(drop=True)
        else:
            cut[name] = frame
    return cut


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
