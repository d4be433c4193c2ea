"""A buyer does not meet a site of its own company: told by names, names given beside them, groups and known aliases."""

from __future__ import annotations

import re
from functools import lru_cache

from integrator import data
from integrator.text.companies import fold_company, name_parts, word_kind

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def is_own(buyer: str, supplier: str, group: str = "") -> bool:
    """Whether a supplier is the buyer itself: its name or group says the buyer's name, or the other way round.

    Trade words and places tell nothing ("Lear" is "Lear Automotive Kénitra"); all other words of the shorter name must
    stand in the longer one. What both names say in brackets only is a place or a remark, and tells nothing.

    >>> is_own("Snop", "SMOM Tanger", "FSD (Snop)"), is_own("Coficab", "Coficab Kénitra"), is_own("Renault", "Snop")
    (True, True, False)
    """
    if fold_company(buyer) in (fold_company(supplier), fold_company(group) if group else ""):
        return True
    groups = _said(group)
    return (
        any(_within(one, other) for one in _main(buyer) for other in _said(supplier) + groups)
        or any(_within(one, other) for one in _said(buyer) for other in _main(supplier) + groups)
        or any(_within(one, other) for one in _main(supplier) + groups for other in _said(buyer))
    )


@lru_cache(maxsize=20_000)
def _said(name: str) -> tuple[str, ...]:
    """The name, what is said beside it, and the names of the company that it is an alias of."""
    known = _aliases().get(fold_company(name), "")
    return (name_parts(name) if name else ()) + (name_parts(known) if known else ())


@lru_cache(maxsize=20_000)
def _main(name: str) -> tuple[str, ...]:
    """The name without brackets, and that of the company that it is an alias of."""
    plain = (fold_company(_BRACKETS.sub(" ", each)) for each in (name, _aliases().get(fold_company(name), "")))
    return tuple(filter(None, plain))


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {fold_company(row["alias"]): row["canonical_name"] for row in data.rows("identity/aliases.csv")}


def _within(short: str, long: str) -> bool:
    telling = {word for word in short.split() if not word_kind(word) and any(map(str.isalnum, word))}
    return bool(telling) and max(map(len, telling)) > 1 and telling <= set(long.split())
