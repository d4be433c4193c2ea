"""Made-up data: our search for duplicates, for benchmarks/dedupe.py; from the raw text, without labels."""

from __future__ import annotations

from typing import Any

import pandas as pd

from integrator.normalization import likely_duplicates
from integrator.text import companies


def ours(frame: pd.DataFrame) -> Any:
    """Name, city and sector."""
    found = likely_duplicates(frame, least=0.0)
    return found["one"], found["other"], found["score"]


def ours_name(frame: pd.DataFrame) -> Any:
    """The name alone, for the peers that read nothing else."""
    return ours(frame[["name"]])


def ours_without_trades(frame: pd.DataFrame) -> Any:
    """Without the list of trades: the words of a trade are words of the name, the sector a text of its own."""
    words = companies.company_words()
    for word in [word for word, (kind, meaning) in words.items() if kind == "trade" or (kind == "common" and meaning)]:
        del words[word]
    return ours(frame)
