"""The texts of suppliers and needs with what the parts they name are called in French and in English.

The names are a bridge between texts in two languages; processes and materials have features of their own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from integrator.retrieval.owners import Owners
from integrator.retrieval.texts import LINE, queries
from integrator.tables import ABILITY_FIELDS
from integrator.text.fold import fold
from integrator.vectors import numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

Said = dict[str, str]
"""Words as received -> the names of the parts they mean, in the order they are said."""


@dataclass(frozen=True)
class Texts:
    """The different texts of suppliers, folded: the whole sheet, and each product line."""

    texts: list[str]
    times: np.ndarray
    """How many suppliers have each."""
    owners: Owners
    names: Mapping[str, str]
    """Concept -> its preferred names."""

    @classmethod
    def of(cls, suppliers: pd.DataFrame, capabilities: pd.DataFrame, names: Mapping[str, str]) -> Texts:
        """`names`: concept -> its preferred names."""
        lines, owners = capability_lines(suppliers, capabilities, names)
        texts, row = numbered(lines)
        ids = suppliers["supplier_id"].to_numpy(dtype=str)
        times = np.bincount(row, minlength=len(texts))
        return cls(texts, times, Owners.of_pairs(row, owners, ids, len(texts)), names)


def capability_lines(
    suppliers: pd.DataFrame, capabilities: pd.DataFrame, names: Mapping[str, str]
) -> tuple[list[str], np.ndarray]:
    """Folded texts and, for each, the position of its supplier: the whole sheet, then each product line, glossed.

    A text is folded piece by piece, each piece once: blanks part them, so it comes to the same.
    """
    said = _said(capabilities, "supplier_id", names)
    folded = _Folded()
    nothing: Said = {}
    texts: list[str] = []
    counts: list[int] = []
    ids = suppliers["supplier_id"].tolist()
    cells = zip(*(suppliers[name].astype(str).tolist() for name in ABILITY_FIELDS), strict=True)
    for supplier, (products, processes, materials, machines) in zip(ids, cells, strict=True):
        parts = said.get(supplier, nothing)
        means = folded[processes], folded[materials]
        own = {_text(folded[products], *means, folded[machines], *(folded[name] for name in _once(parts.values())))}
        for line in LINE.split(products):
            if line.strip():
                meant = _once(name for text, name in parts.items() if text in line)
                own.add(_text(folded[line], *means, *(folded[name] for name in meant)))
        own.discard("")
        texts += sorted(own)
        counts.append(len(own))
    return texts, np.repeat(np.arange(len(ids)), np.asarray(counts, dtype=np.int64))


def asked_texts(needs: pd.DataFrame, requirements: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """One folded text a need, with the names of every part that it asks for."""
    said = _said(requirements, "need_id", names)
    asked = zip(queries(needs), needs["need_id"], strict=True)
    return [fold(f"{text} {' '.join(_once(said.get(need_id, {}).values()))}") for text, need_id in asked]


class _Folded(dict[str, str]):
    """Texts folded when they are first asked for."""

    def __missing__(self, text: str) -> str:
        folded = self[text] = fold(text)
        return folded


def _said(links: pd.DataFrame, entity: str, names: Mapping[str, str]) -> Mapping[str, Said]:
    parts = links[(links["role"] == "component") & (links["implied"] == "no")]
    found: defaultdict[str, Said] = defaultdict(dict)
    columns = (parts[name].tolist() for name in (entity, "text", "concept"))
    for identifier, text, concept in zip(*columns, strict=True):
        said = found[identifier]
        said[text] = f"{said[text]} {names[concept]}" if text in said else names[concept]
    return found


def _once(names: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(names)


def _text(*pieces: str) -> str:
    return " ".join(filter(None, pieces))
