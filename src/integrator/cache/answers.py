"""Answers that add up from run to run: by key, in one entry, those used longest ago left out when they are many."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

from integrator.cache.entries import Cache, Kind
from integrator.cache.texts import Arrays, packed, unpacked

Found = TypeVar("Found")
MOST = 300_000
"""Answers of one entry."""


class Answers:
    """A mapping of texts to what JSON holds; read when it is made, written by `save`."""

    def __init__(self, cache: Cache, kind: Kind, name: str) -> None:
        self._cache, self._kind, self._name = cache, kind, name
        self._told: dict[str, str] = cache.get(kind, name, _unpacked) or {}
        self._used: dict[str, None] = {}
        self._changed = False

    def __len__(self) -> int:
        return len(self._told)

    def get(self, key: str, unpack: Callable[[Any], Found]) -> Found | None:
        """What `unpack` makes of the answer to a key; None when there is none, or no sound one."""
        told = self._told.get(key)
        if told is None:
            return None
        try:
            found = unpack(json.loads(told))
        except Exception:  # a damaged answer fails in any way, and none matters: it is asked anew
            return None
        self._used[key] = None
        return found

    def add(self, key: str, answer: Any) -> None:
        """Take in an answer; `save` keeps it."""
        self._told[key] = json.dumps(answer, separators=(",", ":"))
        self._used[key] = None
        self._changed = True

    def save(self) -> None:
        """Keep what was read and added, if anything was."""
        if not self._changed:
            return
        order = [*(key for key in self._told if key not in self._used), *self._used][-MOST:]
        self._cache.put(self._kind, self._name, packed(order, "keys") | packed(map(self._told.__getitem__, order)))
        self._changed = False


def _unpacked(arrays: Arrays) -> dict[str, str]:
    return dict(zip(unpacked(arrays, "keys"), unpacked(arrays), strict=True))
