"""The union of the best suppliers of every channel, need by need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy import sparse

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
    scores = [channel.scores(needs).tocsr() for channel in channels]
    found: dict[tuple[int, int], list[str]] = {}
    for channel, matrix in zip(channels, scores, strict=True):
        for row in range(len(needs)):
            for column in _best(matrix, row, ids, count):
                found.setdefault((row, int(column)), []).append(channel.name)
    pairs = sorted(found)
    rows = np.asarray([row for row, _ in pairs], dtype=int)
    columns = np.asarray([column for _, column in pairs], dtype=int)
    frame = pd.DataFrame(
        {
            "need_id": needs["need_id"].to_numpy(dtype=str)[rows],
            "supplier_id": ids[columns],
            "channels": [" ".join(found[pair]) for pair in pairs],
        }
    )
    for channel, matrix in zip(channels, scores, strict=True):
        values = np.asarray(matrix[rows, columns]).ravel() if len(rows) else np.zeros(0)
        frame[f"channel_{channel.name}"] = values
    return frame


def _best(matrix: sparse.csr_matrix, row: int, ids: np.ndarray, count: int) -> np.ndarray:
    """Columns of the highest positive scores of a row; ties by supplier id."""
    start, end = matrix.indptr[row], matrix.indptr[row + 1]
    columns, values = matrix.indices[start:end], matrix.data[start:end]
    positive = values > 0
    columns, values = columns[positive], values[positive]
    return np.asarray(columns[np.lexsort((ids[columns], -values))[:count]])
