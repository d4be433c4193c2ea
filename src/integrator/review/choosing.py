"""Which pairs are worth a reviewer's time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from integrator.errors import UsageError
from integrator.review.priorities import uncertainty, worth

HEAD = 3
"""The first actors of every need are asked about first: they are named on the sheet."""
PER_NEED = 10
"""At most so many pairs of one need in a workbook that is not chosen by `head`."""
LIMIT = 600
"""Pairs in one workbook: about two days of a reviewer."""
WAYS = ("head", "uncertainty", "value", "mixed")


@dataclass(frozen=True)
class Choice:
    """Which pairs to ask about."""

    by: str = "head"
    """One of `WAYS`."""
    limit: int = LIMIT
    judged: frozenset[tuple[str, str]] = frozenset()
    """Pairs (need, supplier) that are not asked about again."""


def choose(tables: Mapping[str, pd.DataFrame], choice: Choice) -> pd.DataFrame:
    """The match rows to send out, at most `choice.limit`.

    `head`: see `pairs_to_judge`. `uncertainty`: where the ranking is least sure; `value`: needs with most at stake,
    their first actors first; `mixed`: the mean of both places (see `priorities`). These three take at most `PER_NEED`
    pairs of a need, and none gets more than `HEAD` before every need with a pair left has one.
    In order of need and rank; by `uncertainty`, pairs in conflict come first. Ties by need and supplier id.
    Raises `UsageError` for another way.
    """
    if choice.by not in WAYS:
        raise UsageError(f"--by {choice.by}: choose among {', '.join(WAYS)}.")
    asked = _asked(tables["matches"], choice.judged)
    if choice.by == "head":
        return pairs_to_judge(asked, choice.limit)
    narrow = asked[["need_id", "supplier_id", "rank"]].assign(priority=_priority(tables, choice.by))
    chosen = asked.loc[_spread(narrow, choice.limit).index]
    first = ["conflict"] if choice.by == "uncertainty" else []
    in_order = chosen.assign(conflict=chosen["conflict"] == "").sort_values([*first, "need_id", "rank"])
    return chosen.loc[in_order.index].reset_index(drop=True)


def _asked(matches: pd.DataFrame, judged: frozenset[tuple[str, str]]) -> pd.DataFrame:
    """The pairs that may be asked about."""
    real = matches[matches["supplier_id"] != ""]
    if not judged:
        return real
    pairs = pd.Series(list(zip(real["need_id"], real["supplier_id"], strict=True)), index=real.index)
    return real[~pairs.isin(judged)]


def pairs_to_judge(matches: pd.DataFrame, limit: int) -> pd.DataFrame:
    """At most `limit` match rows to send out, in order of need and rank.

    The first actor of each need, then the second, then the third (`HEAD`); then, as far as `limit` allows,
    the pairs whose grade sits on the border between naming an actor and not (grade 2), by score.
    Ties by need and supplier, so the order of the input rows does not count.
    """
    real = matches[matches["supplier_id"] != ""]
    head = real[real["rank"] <= HEAD].sort_values(["rank", "need_id"])
    border = real[(real["rank"] > HEAD) & (real["grade"] == 2)]
    border = border.sort_values(["score", "need_id", "supplier_id"], ascending=[False, True, True])
    return pd.concat([head, border]).head(limit).sort_values(["need_id", "rank"], ignore_index=True)


def _priority(tables: Mapping[str, pd.DataFrame], by: str) -> pd.Series:
    """The priority of every match, judged or not: what was judged since does not change the others."""
    real = tables["matches"].drop(columns=["reasons", "missing", "questions", "grade_basis"])
    real = real[real["supplier_id"] != ""]
    if by == "uncertainty":
        return uncertainty(real)
    stake = worth(real, tables["opportunities"])
    return stake if by == "value" else (uncertainty(real).rank(pct=True) + stake.rank(pct=True)) / 2


def _spread(asked: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The pairs of highest priority, but no need gets too many or is left out for another's fourth."""
    order = {"priority": False, "rank": True, "need_id": True, "supplier_id": True}
    rounded = asked.assign(priority=asked["priority"].round(9))
    by_priority = rounded.sort_values(list(order), ascending=list(order.values()))
    turn = by_priority.groupby("need_id", sort=False).cumcount()
    kept = by_priority.assign(late=turn >= HEAD)[turn < PER_NEED]
    first = {"late": True, **order}
    return kept.sort_values(list(first), ascending=list(first.values())).head(limit).drop(columns="late")
