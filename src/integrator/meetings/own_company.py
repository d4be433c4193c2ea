"""A buyer does not meet a site of its own company: told by names, names given beside them, groups and known aliases."""

from __future__ import annotations

from functools import lru_cache

from integrator import data
from integrator.text.companies import fold_company, name_parts, word_kind


def is_own(buyer: str, supplier: str, group: str = "") -> bool:
    """Whether a supplier is the buyer itself: its name or group says the buyer's name, or the other way round.

    Trade words and places tell nothing ("Lear" is "Lear Automotive Kénitra"); all other words of the shorter name must
    stand in the longer one.

    >>> is_own("Snop", "SMOM Tanger", "FSD (Snop)"), is_own("Coficab", "Coficab Kénitra"), is_own("Renault", "Snop")
    (True, True, False)
    """
    asked = _names(buyer)
    offered = _names(supplier) + (_names(group) if group else ())
    return any(one == other or _within(one, other) or _within(other, one) for one in asked for other in offered)


@lru_cache(maxsize=20_000)
def _names(name: str) -> tuple[str, ...]:
    known = _aliases().get(fold_company(name), "")
    return name_parts(name) + (name_parts(known) if known else ())


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {fold_company(row["alias"]): row["canonical_name"] for row in data.rows("identity/aliases.csv")}


def _within(short: str, long: str) -> bool:
    telling = {word for word in short.split() if not word_kind(word) and any(map(str.isalnum, word))}
    return bool(telling) and max(map(len, telling)) > 1 and telling <= set(long.split())
