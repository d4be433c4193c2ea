"""How alike two names are: what they share of their own words, and how many other rows are as like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from integrator.normalization.duplicates.neighbours import near_texts
from integrator.normalization.duplicates.settings import code, levels, settings
from integrator.text.companies import skeleton

_SOUND_LETTERS = 3
_PAIRS = 50_000
"""Pairs compared at once: they bound the memory."""


class NamePairs(NamedTuple):
    """Pairs of rows, each once, with the level of the field `name` and of `crowd`."""

    one: np.ndarray
    other: np.ndarray
    level: np.ndarray
    crowd: np.ndarray
    rows: np.ndarray
    """Levels of `name` x levels of `crowd`: how many rows have so many that are as like."""


def name_pairs(cores: Sequence[str], order: np.ndarray) -> NamePairs:
    """Rows whose names are near enough to be looked at.

    `cores`: the own words of each row's name, "" for none; `order`: all rows, those of one town beside each other, by
    which a name of very many rows is cut (`window`).
    """
    names = sorted({core for core in cores if core})
    numbers = {name: number for number, name in enumerate(names)}
    codes = np.array([numbers.get(core, -1) for core in cores], dtype=np.int32)
    sorted_rows = order[np.argsort(codes[order], kind="stable")]
    sorted_rows = sorted_rows[codes[sorted_rows] >= 0]
    counts = np.bincount(codes[sorted_rows], minlength=len(names))
    one, other, level = _core_pairs(names)
    rows_as_like = _rows_as_like(one, other, level, counts)
    kept = _telling(one, other, level, counts, rows_as_like)
    one, other, level = one[kept], other[kept], level[kept]
    first, second, pair = _rows_of(one, other, sorted_rows, counts)
    same_first, same_second = neighbours_in_groups(sorted_rows, codes)
    first, second = np.concatenate([same_first, first]), np.concatenate([same_second, second])
    found = np.concatenate([np.full(len(same_first), code("name", "same"), dtype=np.int8), level[pair]])
    as_like = np.minimum(rows_as_like[found, codes[first]], rows_as_like[found, codes[second]])
    bounds = np.array([level.upto for level in levels()["crowd"]])
    crowd = np.searchsorted(bounds, as_like).astype(np.int8)
    rows = np.searchsorted(bounds, rows_as_like)
    spread = np.array(
        [np.bincount(of[more], counts[more], len(bounds)) for of, more in zip(rows, rows_as_like > 1, strict=True)]
    )
    return NamePairs(first, second, found, crowd, spread)


def _telling(
    one: np.ndarray, other: np.ndarray, level: np.ndarray, counts: np.ndarray, rows_as_like: np.ndarray
) -> np.ndarray:
    """Pairs of names that may be one: not two settled names, and no distant likeness that very many rows share."""
    settled = np.minimum(counts[one], counts[other]) >= settings()["settled"]
    as_like = np.minimum(rows_as_like[level, one], rows_as_like[level, other])
    return np.asarray(~settled & ((level <= code("name", "slip")) | (as_like <= settings()["crowded"])))


def neighbours_in_groups(rows: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of rows of one group, no farther apart in the order of `rows` than `window`; `rows` is sorted by group."""
    mine = groups[rows]
    largest = int(np.bincount(mine).max()) if len(mine) else 0
    firsts, seconds = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for step in range(1, min(largest, int(settings()["window"]) + 1)):
        at = np.flatnonzero(mine[:-step] == mine[step:])
        firsts.append(rows[at])
        seconds.append(rows[at + step])
    return np.concatenate(firsts), np.concatenate(seconds)


def _core_pairs(names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of different names with their level; those that are not even alike are left out."""
    near = near_texts(names, settings()["cosine"], int(settings()["neighbours"]))
    level = np.full(len(near.one), -1, dtype=np.int8)
    for start in range(0, len(level), _PAIRS):
        at = slice(start, start + _PAIRS)
        level[at] = _levels([names[i] for i in near.one[at]], [names[i] for i in near.other[at]])
    kept = level >= 0
    one, other, level = near.one[kept], near.other[kept], level[kept]
    sounds_one, sounds_other = _across_scripts(names)
    return (
        np.concatenate([one, sounds_one]),
        np.concatenate([other, sounds_other]),
        np.concatenate([level, np.full(len(sounds_one), code("name", "sound"))]).astype(np.int8),
    )


def _levels(ones: list[str], others: list[str]) -> np.ndarray:
    """The level of each pair of names, -1 for none."""
    limits = settings()
    plain = [name.replace(" ", "") for name in ones], [name.replace(" ", "") for name in others]
    apart = process.cpdist(*plain, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    likeness = process.cpdist(ones, others, scorer=JaroWinkler.similarity, dtype=np.float32)
    letters = np.array([min(len(a), len(b)) for a, b in zip(*plain, strict=True)], dtype=int)
    parts = np.array([_is_part(a, b) for a, b in zip(ones, others, strict=True)], dtype=bool)
    return np.select(
        [
            apart == 0,
            (apart == 1) & (letters >= limits["slip_letters"]),
            (apart == 2) & (letters >= limits["slips_letters"]),
            parts,
            likeness >= limits["alike"],
        ],
        [code("name", level) for level in ("same", "slip", "slips", "part", "alike")],
        -1,
    )


def _is_part(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return words <= others or others <= words


def _across_scripts(names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Names in two scripts with the same consonants: Denso and its Arabic spelling."""
    if all(name.isascii() for name in names):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    latin: dict[str, list[int]] = {}
    sounds = ["".join(skeleton(word) for word in name.split()) for name in names]
    for at, (name, sound) in enumerate(zip(names, sounds, strict=True)):
        if name.isascii() and len(sound) >= _SOUND_LETTERS:
            latin.setdefault(sound, []).append(at)
    most = int(settings()["neighbours"])
    pairs = [
        (min(at, found), max(at, found))
        for at, (name, sound) in enumerate(zip(names, sounds, strict=True))
        if not name.isascii()
        for found in latin.get(sound, ())[:most]
    ]
    both = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _rows_as_like(one: np.ndarray, other: np.ndarray, level: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Levels x names: rows that are at least as like to a name, its own rows included."""
    rows = np.zeros((len(levels()["name"]), len(counts)), dtype=np.int64)
    rows[0] = counts
    for number in range(len(rows)):
        mine = level == number
        for here, there in ((one[mine], other[mine]), (other[mine], one[mine])):
            rows[number] += np.bincount(here, counts[there], len(counts)).astype(np.int64)
    return np.cumsum(rows, axis=0)


def _rows_of(
    one: np.ndarray, other: np.ndarray, sorted_rows: np.ndarray, counts: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows that hold the names of each pair: every row of the one with every row of the other (`window`)."""
    starts = np.concatenate([[0], np.cumsum(counts)])
    taken = np.minimum(counts, int(settings()["window"]))
    sizes = taken[one] * taken[other]
    pair = np.repeat(np.arange(len(one), dtype=np.int32), sizes)
    within = np.arange(len(pair), dtype=np.int32) - np.repeat((np.cumsum(sizes) - sizes).astype(np.int32), sizes)
    across = taken[other[pair]]
    return (
        sorted_rows[starts[one[pair]] + within // np.maximum(across, 1)],
        sorted_rows[starts[other[pair]] + within % np.maximum(across, 1)],
        pair,
    )
