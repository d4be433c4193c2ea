"""A list of companies -> pairs of rows that may be one company, each with its score and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from integrator.normalization.duplicates.evidence import (
    each,
    headings,
    product_levels,
    said_trades,
    set_levels,
    text_levels,
)
from integrator.normalization.duplicates.likeness import NamePairs, name_pairs, neighbours_in_groups
from integrator.normalization.duplicates.settings import levels, settings
from integrator.normalization.duplicates.towns import Towns
from integrator.normalization.duplicates.weighing import weigh
from integrator.normalization.duplicates.words import split_names
from integrator.normalization.identities import aliases
from integrator.text.companies import fold_company
from integrator.text.fold import fold
from integrator.text.registration import read_ice

if TYPE_CHECKING:
    import pandas as pd

_SCORE_DECIMALS = 6


class Scored(NamedTuple):
    """Pairs of rows by place, each once, the smaller place first, with everything said of them."""

    one: np.ndarray
    other: np.ndarray
    score: np.ndarray
    levels: dict[str, np.ndarray]
    """By field, the crowd included: the level of each pair, -1 where a row does not say."""
    tells: dict[str, np.ndarray]
    certain: np.ndarray
    """0, or 1 for one enterprise number, 2 for a listed alias."""
    towns: Towns

    def weights(self, order: np.ndarray) -> dict[str, np.ndarray]:
        """What each field adds to some pairs; 0 where a row does not say."""
        found = {}
        for name, tell in self.tells.items():
            level = self.levels[name][order]
            told = tell[level, self.levels["crowd"][order]] if name == "name" else tell[level]
            found[name] = np.where(level >= 0, told, 0.0)
        return found


def likely_duplicates(frame: pd.DataFrame, least: float | None = None) -> pd.DataFrame:
    """Pairs of rows that may be one company: `one`, `other` (row numbers from 0), `score`, `evidence`, weights.

    `frame` has a column `name` and may have `city`, `zone`, `sector`, `group`, `products`, `hs_codes`, `ice` (an
    enterprise number) and `supplier_id` (which then breaks ties); blank or missing cells are no evidence. Nothing has
    to be labelled. `score` (0 to 1): how likely the two are one company, by the model of Fellegi and Sunter (1969);
    pairs below `least` are left out, by default those that are likelier two companies. `evidence`: how the names
    agree. `weight_FIELD`: what a field adds (natural logarithm of odds, 0 where a row does not say). Sorted by score,
    then by place. Rows in two towns are not kept apart here: that is a rule of sites, see `duplicates_table`. Raises
    `KeyError` without a column `name`.
    """
    import pandas as pd

    texts = {name: frame[name].fillna("").astype(str).tolist() for name in COLUMNS if name in frame}
    if "name" not in texts:
        raise KeyError("likely_duplicates: no column 'name'")
    found = scored(texts)
    chosen = np.flatnonzero(found.score >= (settings()["proposed"] if least is None else least))
    order = chosen[np.lexsort((found.other[chosen], found.one[chosen], -found.score[chosen]))]
    columns = {
        "one": found.one[order],
        "other": found.other[order],
        "score": found.score[order],
        "evidence": evidence(found, texts["name"], order),
    }
    return pd.DataFrame(columns | {f"weight_{name}": weight for name, weight in found.weights(order).items()})


COLUMNS = ("name", "city", "zone", "sector", "group", "products", "hs_codes", "ice", "supplier_id")


def scored(texts: dict[str, list[str]]) -> Scored:
    """Every pair that is looked at, with its score; `texts`: some of `COLUMNS`."""
    names = texts["name"]
    blank = [""] * len(names)
    words = split_names(names)
    towns = Towns(texts.get("zone", blank), texts.get("city", blank))
    order = _order(names, towns, texts.get("supplier_id", blank))
    near = name_pairs([" ".join(one.core) for one in words], order)
    numbers = [read_ice(text).enterprise if text else "" for text in texts.get("ice", blank)]
    certain = _certain(names, numbers, order)
    one, other, at = _merged(near, certain)
    trades = [one.trades for one in words]
    if "sector" in texts:
        trades = [a | b for a, b in zip(trades, each(texts["sector"], said_trades), strict=True)]
    found = {
        "name": _taken(near.level, at, -1),
        "crowd": _taken(near.crowd, at, 0),
        "trade": set_levels("trade", trades, one, other),
        "place": set_levels("place", [one.places for one in words], one, other),
        "number": set_levels("number", [one.numbers for one in words], one, other),
        "town": towns.level(one, other),
        "enterprise": text_levels("enterprise", numbers, one, other),
    }
    if "group" in texts:
        found["group"] = text_levels("group", [fold(text) for text in texts["group"]], one, other)
    if "products" in texts:
        found["products"] = product_levels(texts["products"], one, other)
    if "hs_codes" in texts:
        found["heading"] = set_levels("heading", each(texts["hs_codes"], headings), one, other)
    weighed = weigh(found, near.rows)
    sure = _kinds(one, other, certain, len(names))
    score = np.where(sure > 0, 1.0, np.round(weighed.scores, _SCORE_DECIMALS))
    return Scored(one, other, score, found, weighed.tells, sure, towns)


def evidence(found: Scored, names: Sequence[str], order: np.ndarray) -> list[str]:
    """How the names of some pairs agree: `ice`, `alias` with its source, `same_name`, or a level of the name."""
    known = np.array([level.name for level in levels()["name"]], dtype=object)
    said = known[found.levels["name"][order]]
    said[equal_names(found, names)[order]] = "same_name"
    for at in np.flatnonzero(found.certain[order]).tolist():
        pair = order[at]
        both = names[found.one[pair]], names[found.other[pair]]
        said[at] = "ice" if found.certain[pair] == 1 else f"alias {_source(*both)}"
    return [str(text) for text in said]


def equal_names(found: Scored, names: Sequence[str]) -> np.ndarray:
    """Whether two rows have one name, legal forms aside."""
    numbers: dict[str, int] = {}
    folded = np.array([numbers.setdefault(fold_company(name), len(numbers)) for name in names], dtype=np.int32)
    return np.asarray(folded[found.one] == folded[found.other], dtype=bool)


def weight_texts(found: Scored, order: np.ndarray) -> list[str]:
    """What each field adds to some pairs, e.g. `name +2.1; town -1.7`; fields that say nothing are left out."""
    said = [""] * len(order)
    for name, weight in found.weights(order).items():
        known = (found.levels[name][order] >= 0) & (found.certain[order] == 0)
        for place in np.flatnonzero(known).tolist():
            said[place] += f"; {name} {weight[place]:+.1f}"
    return [text[2:] for text in said]


def _order(names: Sequence[str], towns: Towns, ids: Sequence[str]) -> np.ndarray:
    """All rows by town, folded name and id: rows that may be one company stand near each other."""
    keys = sorted(range(len(names)), key=lambda row: (towns.names[row], fold(names[row]), ids[row]))
    return np.array(keys, dtype=np.int32)


def _certain(
    names: Sequence[str], numbers: Sequence[str], order: np.ndarray
) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Pairs that are told to be one: by one enterprise number (1), or by the table of aliases (2)."""
    found = {1: _sharing(numbers, order)}
    listed = aliases()
    folded = [fold_company(name) for name in names]
    canonical = {fold_company(name) for name, _ in listed.values()}
    hit = [listed[name][0] if name in listed else "" for name in folded]
    keys = [
        fold_company(target) if target else name if name in canonical else ""
        for target, name in zip(hit, folded, strict=True)
    ]
    one, other = _sharing(keys, order)
    told = [bool(hit[a] or hit[b]) and folded[a] != folded[b] for a, b in zip(one, other, strict=True)]
    found[2] = one[np.array(told, dtype=bool)], other[np.array(told, dtype=bool)]
    return found


def _sharing(keys: Sequence[str], order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    numbers = {key: number for number, key in enumerate(sorted(set(keys) - {""}))}
    codes = np.array([numbers.get(key, -1) for key in keys], dtype=np.int32)
    rows = order[np.argsort(codes[order], kind="stable")]
    return neighbours_in_groups(rows[codes[rows] >= 0], codes)


def _merged(
    near: NamePairs, certain: Mapping[int, tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair once, the smaller place first, and its place among the near names, -1 for none."""
    firsts = np.concatenate([near.one, *(one for one, _ in certain.values())])
    seconds = np.concatenate([near.other, *(other for _, other in certain.values())])
    width = int(max(firsts.max(initial=0), seconds.max(initial=0))) + 1
    keys = np.minimum(firsts, seconds).astype(np.int64) * width + np.maximum(firsts, seconds)
    del firsts, seconds
    keys, at = np.unique(keys, return_index=True)
    one, other = (half.astype(np.int32) for half in np.divmod(keys, width))
    return one, other, np.where(at < len(near.one), at, -1)


def _kinds(
    one: np.ndarray, other: np.ndarray, certain: Mapping[int, tuple[np.ndarray, np.ndarray]], rows: int
) -> np.ndarray:
    """0, 1 or 2 of `Scored.certain` for each pair; an enterprise number before an alias."""
    keys = one.astype(np.int64) * rows + other
    kinds = np.zeros(len(keys), dtype=np.int8)
    for kind in (2, 1):
        first, second = certain[kind]
        sure = np.minimum(first, second).astype(np.int64) * rows + np.maximum(first, second)
        kinds[np.isin(keys, sure)] = kind
    return kinds


def _taken(levels: np.ndarray, at: np.ndarray, missing: int) -> np.ndarray:
    """Levels by place, `missing` where there is none (-1): a pair that only a number or an alias brought together."""
    return np.asarray(np.append(levels, np.int8(missing))[at])


def _source(one: str, other: str) -> str:
    listed = aliases()
    return next(listed[name][1] for name in (fold_company(one), fold_company(other)) if name in listed)
