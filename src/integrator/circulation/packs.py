"""Which sheets concern whom."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.errors import UsageError
from integrator.text.fold import fold

BY = ("actor", "buyer", "region")


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

    Raises `UsageError` when `by` is none of `BY`. A need without a named buyer goes to no buyer.
    """
    if by not in BY:
        raise UsageError(f"--by {by}: choose among {', '.join(BY)}.")
    suppliers = tables["suppliers"].set_index("supplier_id")
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    if by == "buyer":
        named = tables["needs"][tables["needs"]["named_buyer"] == "yes"]
        for need_id, buyer in zip(named["need_id"], named["buyer"], strict=True):
            found[str(buyer), _short("B", str(buyer))].add(str(need_id))
    else:
        for _, row in tables["opportunities"].iterrows():
            for actor in filter(None, (str(row[f"actor_{i}"]) for i in (1, 2, 3))):
                region = str(suppliers.at[actor, "region"])
                if by == "actor":
                    found[str(suppliers.at[actor, "name"]), actor].add(str(row["need_id"]))
                elif region:
                    found[region, _short("R", region)].add(str(row["need_id"]))
    return tuple(sorted(Pack(name, file, tuple(sorted(needs))) for (name, file), needs in found.items()))


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


def _short(kind: str, name: str) -> str:
    return f"{kind}-{hashlib.sha256(fold(name).encode()).hexdigest()[:8]}"
