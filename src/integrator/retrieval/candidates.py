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
    answers = [channel.answer(needs, requirements) for channel in channels] if len(needs) else []
    size = max(block_bytes // (8 * max(sum(answer.width for answer in answers), 1)), 1)
    every = np.arange(len(needs))
    blocks = [
        _block(every[start : start + size], answers, len(suppliers), count) for start in range(0, len(every), size)
    ]
    empty = (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros((len(channels), 0)))
    pairs, found, scores = (np.concatenate(parts, axis=-1) for parts in zip(empty, *blocks, strict=True))
    rows, columns = np.divmod(pairs, max(len(suppliers), 1))
    need_ids, supplier_ids = needs["need_id"].to_numpy(dtype=str), suppliers["supplier_id"].to_numpy(dtype=str)
    order = np.lexsort((_rank(supplier_ids)[columns], _rank(need_ids)[rows]))
    frame = pd.DataFrame(
        {
            "need_id": need_ids[rows[order]],
            "supplier_id": supplier_ids[columns[order]],
            "channels": _named(found[order], [channel.name for channel in channels]),
        }
    )
    for channel, values in zip(channels, scores, strict=True):
        frame[f"channel_{channel.name}"] = values[order]
    return frame


def _block(
    needs: np.ndarray, answers: Sequence[Answer], suppliers: int, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs (need x suppliers + supplier), the channels that found each as a sum of powers of 2, channels x pairs."""
    parts = [answer.part(needs) for answer in answers]
    mine = [rows.astype(np.int64) * suppliers + columns for rows, columns in (part.best(count) for part in parts)]
    pairs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *mine]))
    found = np.zeros(len(pairs), dtype=np.int64)
    for number, own in enumerate(mine):
        found[np.searchsorted(pairs, own)] |= 1 << number
    rows, columns = np.divmod(pairs, max(suppliers, 1))
    scores = [part.of(rows, columns) for part in parts]
    return needs[rows] * suppliers + columns, found, np.asarray(scores).reshape(len(parts), len(pairs))


def _named(found: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Which channels found each pair, in words."""
    sets, place = np.unique(found, return_inverse=True)
    texts = [" ".join(name for number, name in enumerate(names) if one >> number & 1) for one in sets.tolist()]
    return np.asarray(texts, dtype=object)[place] if len(texts) else np.zeros(0, dtype=object)


def _rank(ids: np.ndarray) -> np.ndarray:
    return np.unique(ids, return_inverse=True)[1]
