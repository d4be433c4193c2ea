"""The union of the best suppliers of every channel, need by need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.retrieval.answers import Answer
    from integrator.retrieval.channels import Channel

BLOCK_BYTES = 64_000_000
"""What the scores of the needs looked at together may take; affects the memory, not the result."""


def candidate_pairs(
    needs: pd.DataFrame,
    requirements: pd.DataFrame,
    suppliers: pd.DataFrame,
    channels: Sequence[Channel],
    count: int,
    block_bytes: int = BLOCK_BYTES,
) -> pd.DataFrame:
    """Pairs worth scoring: the best `count` suppliers of each channel, for each need.

    Columns: `need_id`, `supplier_id`, `channels` (names of those that found the pair) and one number
    column a channel named `channel_<name>`, filled for every pair whichever channel found it.
    Sorted by need and supplier. A need that no channel answers gives no row. `requirements` are (at least) those of
    the needs. As many needs are looked at together as `block_bytes` holds the scores of, one at least.
    """
    answers = [channel.answer(channel.ask(needs, requirements)) for channel in channels] if len(needs) else []
    need_ids, supplier_ids = needs["need_id"].to_numpy(dtype=str), suppliers["supplier_id"].to_numpy(dtype=str)
    return best_pairs(need_ids, supplier_ids, answers, [channel.name for channel in channels], count, block_bytes)


def best_pairs(
    need_ids: np.ndarray,
    supplier_ids: np.ndarray,
    answers: Sequence[Answer],
    names: Sequence[str],
    count: int,
    block_bytes: int = BLOCK_BYTES,
    floors: np.ndarray | None = None,
) -> pd.DataFrame:
    """`candidate_pairs` from the answers of the channels with these names.

    `floors` (channels x needs): no supplier is named for a lower score.
    """
    size = max(block_bytes // (8 * max(sum(answer.width for answer in answers), 1)), 1)
    every = np.arange(len(need_ids)) if answers else np.zeros(0, dtype=np.int64)
    blocks = [
        _block(every[start : start + size], answers, len(supplier_ids), count, floors)
        for start in range(0, len(every), size)
    ]
    empty = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((len(names), 0)))
    pairs, found, scores = (np.concatenate(parts, axis=-1) for parts in zip(empty, *blocks, strict=True))
    rows, columns = np.divmod(pairs, max(len(supplier_ids), 1))
    order = np.lexsort((ranks(supplier_ids)[columns], ranks(need_ids)[rows]))
    frame = pd.DataFrame(
        {
            "need_id": need_ids[rows[order]],
            "supplier_id": supplier_ids[columns[order]],
            "channels": in_words(found[order], names),
        }
    )
    for name, values in zip(names, scores, strict=True):
        frame[f"channel_{name}"] = values[order]
    return frame


def ranks(ids: np.ndarray) -> np.ndarray:
    """The place of each id among the different ones, in order."""
    return np.unique(ids, return_inverse=True)[1]


def _block(
    needs: np.ndarray, answers: Sequence[Answer], suppliers: int, count: int, floors: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs (need x suppliers + supplier), the channels that found each as a sum of powers of 2, channels x pairs."""
    parts = [answer.part(needs) for answer in answers]
    mine = []
    for number, part in enumerate(parts):
        rows, columns = part.best(count)
        if floors is not None:
            worth = part.of(rows, columns) >= floors[number, needs[rows]]
            rows, columns = rows[worth], columns[worth]
        mine.append(rows.astype(np.int64) * suppliers + columns)
    pairs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *mine]))
    found = np.zeros(len(pairs), dtype=np.int64)
    for number, own in enumerate(mine):
        found[np.searchsorted(pairs, own)] |= 1 << number
    rows, columns = np.divmod(pairs, max(suppliers, 1))
    scores = [part.of(rows, columns) for part in parts]
    return needs[rows] * suppliers + columns, found, np.asarray(scores).reshape(len(parts), len(pairs))


def in_words(found: np.ndarray, names: Sequence[str]) -> pd.Series:
    """Which channels found each pair (a sum of powers of 2), by name."""
    sets, place = np.unique(found, return_inverse=True)
    texts = [" ".join(name for number, name in enumerate(names) if one >> number & 1) for one in sets.tolist()]
    return pd.Series(texts, dtype="str").take(place).reset_index(drop=True)
