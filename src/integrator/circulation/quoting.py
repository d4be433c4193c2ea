"""Sentences that quote what is withheld."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping

import pandas as pd

from integrator.circulation import policy
from integrator.records import Level
from integrator.text.fold import fold
from integrator.text.remarks import apart, together

_PARTS = re.compile(r"[;,/\n()]")
"""Between the parts of a cell, each of which can be quoted alone."""
_SHORTEST = 2
"""Letters of a text that is looked for inside others."""
_QUOTED_FROM = {
    "needs": ("need_id", "requirements"),
    "suppliers": ("supplier_id", "capabilities"),
}
"""A table of rows -> its key and the table of what its fields were read as."""


class Secrets:
    """What is withheld of each need and supplier, folded, to be looked for in sentences."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], level: Level) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        self.lines: dict[str, set[str]] = defaultdict(set)
        """Vehicle -> needs that are lines of it."""
        for vehicle, joined in zip(*_bill_lines(tables), strict=True):
            self.lines[str(vehicle)] |= set(filter(None, str(joined).split("; ")))
        for name, (key, read_from) in _QUOTED_FROM.items():
            frame = tables[name]
            for column in frame.columns:
                rule = policy.of_column(name, str(column))
                if rule.instead == "word" and policy.is_above(rule.level, level):
                    self._add(frame, key, column)
            links = tables.get(read_from)
            if links is not None:
                hidden = links["field"].map(
                    lambda one, of=name: policy.is_above(policy.of_column(of, one).level, level)
                )
                hidden = hidden.astype(bool)
                open_labels = set(zip(links.loc[~hidden, key], links.loc[~hidden, "label"], strict=True))
                for column in ("label", "text"):
                    self._add(links[hidden], key, column, open_labels)

    def _add(self, frame: pd.DataFrame, key: str, column: str, but: set[tuple[str, str]] | None = None) -> None:
        for owner, text in zip(frame[key], frame[column], strict=True):
            if (owner, text) in (but or ()):
                continue
            for part in (str(text), *_PARTS.split(str(text))):
                plain = fold(part)
                if len(plain) >= _SHORTEST:
                    self._of[str(owner)].add(plain)

    def told_by(self, text: str, *owners: str) -> bool:
        """Whether a text quotes something that is withheld of one of these needs and suppliers."""
        plain = f" {fold(text)} "
        return any(f" {secret} " in plain for owner in owners for secret in self._of.get(owner, ()))


def _bill_lines(tables: Mapping[str, pd.DataFrame]) -> tuple[list[str], list[str]]:
    lines = tables.get("bill_lines")
    return ([], []) if lines is None else (lines["vehicle"].tolist(), lines["need_id"].tolist())


def silenced(frame: pd.DataFrame, column: str, secrets: Secrets, word: str) -> pd.Series:
    """A column of sentences without those that quote something withheld."""

    def plain(text: str, need_id: str, supplier_id: str) -> str:
        return together(one for one in apart(text) if not secrets.told_by(one, need_id, supplier_id))

    return _mapped(frame, column, plain)


def without_quotes(frame: pd.DataFrame, column: str, secrets: Secrets, word: str) -> pd.Series:
    """A column of quotations; the word stands for those of something withheld."""
    return _mapped(frame, column, lambda text, *owners: word if text and secrets.told_by(text, *owners) else text)


def _mapped(frame: pd.DataFrame, column: str, change: Callable[..., str]) -> pd.Series:
    rows = zip(frame[column], frame["need_id"], frame["supplier_id"], strict=True)
    return pd.Series([change(*row) for row in rows], index=frame.index, dtype=object)
