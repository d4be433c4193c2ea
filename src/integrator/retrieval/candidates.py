"""The union of the best suppliers of every channel, need by need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from integrator.retrieval.channels import Channel

BLOCK = 1024
"""Needs scored at a time; bounds the memory of a channel's answer."""


def candidate_pairs(
    needs: pd.DataFrame, suppliers: pd.DataFrame, channels: Sequence[Channel], count: int
) -> pd.DataFrame:
    """Pairs worth scoring: the best `count` suppliers of each channel, for each need.

    Columns: `need_id`, `supplier_id`, `channels` (names of those that found the pair) and one number
    column a channel named `channel_<name>`, filled for every pair whichever channel found it.
    Sorted by need and supplier. A need that no channel answers gives no row.
    """
    blocks = [
        _block(needs.iloc[start : start + BLOCK], suppliers, channels, count) for start in range(0, len(needs), BLOCK)
    ]
    names = ["need_id", "supplier_id", "channels", *(f"channel_{channel.name}" for channel in channels)]
    if not blocks:
        empty = {name: pd.Series(dtype="float64" if name.startswith("channel_") else "object") for name in names}
        return pd.DataFrame(empty)
    pairs = pd.concat(blocks, ignore_index=True)
    return pairs.sort_values(["need_id", "supplier_id"], ignore_index=True)


def _block(needs: pd.DataFrame, suppliers: pd.DataFrame, channels: Sequence[Channel], count: int) -> pd.DataFrame:
    ids = suppliers["supplier_id"].to_numpy(dtype=str)
    answers = [channel.answer(needs) for channel in channels]
    found = [rows.astype(np.int64) * len(ids) + columns for rows, columns in (one.best(count) for one in answers)]
    pairs = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *found]))
    rows, columns = np.divmod(pairs, max(len(ids), 1))
    names = [""] * len(pairs)
    for channel, mine in zip(channels, found, strict=True):
        for place in np.searchsorted(pairs, mine).tolist():
            names[place] += f" {channel.name}"
    frame = pd.DataFrame(
        {
            "need_id": needs["need_id"].to_numpy(dtype=str)[rows],
            "supplier_id": ids[columns],
            "channels": [name[1:] for name in names],
        }
    )
    for channel, answer in zip(channels, answers, strict=True):
        frame[f"channel_{channel.name}"] = answer.of(rows, columns)
    return frame
