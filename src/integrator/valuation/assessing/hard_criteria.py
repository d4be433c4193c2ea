"""Suppliers that a criterion of their match shuts out: `data/valuation/hard_criteria.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, get_args

import pandas as pd

from integrator import data

FILE = "valuation/hard_criteria.csv"
CERTIFICATES = "certificates"
"""Met by who is known to hold what the need requires."""
Of = Literal["plan", "team"]


def read_hard(rows: Iterable[Mapping[str, str]], known: Iterable[str]) -> dict[Of, frozenset[str]]:
    """Use -> criteria that must not fail. Raises `KnowledgeError` naming file, line and fault.

    `known`: criteria of the scorecards.
    """
    criteria = set(known)
    found: dict[Of, set[str]] = {one: set() for one in get_args(Of)}
    for number, row in enumerate(rows, start=1):
        uses = [one.strip() for one in row["of"].split(";")]
        fault = (
            f"unknown criterion {row['criterion']!r}"
            if row["criterion"] not in criteria
            else "`of` must be plan, team or both"
            if not set(uses) <= set(found)
            else "" if row["why"] else "the reason is missing"
        )  # fmt: skip
        if fault:
            raise data.KnowledgeError(f"{FILE}: line {number} below the header: {fault}")
        for use in uses:
            found[use].add(row["criterion"])  # type: ignore[index]
    return {use: frozenset(ones) for use, ones in found.items()}


@lru_cache(maxsize=1)
def _hard() -> Mapping[Of, frozenset[str]]:
    return read_hard(data.rows(FILE), (row["feature"] for row in data.rows("ranking/criteria.csv")))


def deciding(reasons: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tables.REASONS` that a valuation looks at: the others need not be held for it."""
    hard = frozenset().union(*_hard().values())
    failed = (reasons["state"] == "failed") & reasons["criterion"].isin(list(hard))
    certified = (reasons["state"] == "met") & (reasons["criterion"] == CERTIFICATES)
    return reasons[failed | certified].reset_index(drop=True)


def shut_out(reasons: pd.DataFrame, of: Of) -> set[tuple[str, str]]:
    """(need, supplier) of the pairs of `tables.REASONS` that fail a hard criterion."""
    failed = reasons[(reasons["state"] == "failed") & reasons["criterion"].isin(list(_hard()[of]))]
    return set(zip(failed["need_id"].tolist(), failed["supplier_id"].tolist(), strict=True))
