"""What the parts named in a text are called in French and in English: a bridge between texts in two languages."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

Said = dict[str, str]
"""Words as received -> the names of the parts they mean, in the order they are said."""


class Glosses:
    """The parts said by each need and supplier; processes and materials have features of their own."""

    def __init__(self, requirements: pd.DataFrame, capabilities: pd.DataFrame, names: Mapping[str, str]) -> None:
        self._asked = _said(requirements, "need_id", names)
        self._offered = _said(capabilities, "supplier_id", names)

    def of_needs(self, needs: pd.DataFrame) -> list[str]:
        """The names of every part that each need asks for, in the order of the table."""
        return [_joined(self._asked[need_id]) for need_id in needs["need_id"]]

    def of_supplier(self, supplier_id: str) -> str:
        """The names of every part that a supplier offers."""
        return _joined(self._offered[supplier_id])

    def of_line(self, supplier_id: str, line: str) -> str:
        """The names of the parts that one line of a supplier holds."""
        return _joined({text: names for text, names in self._offered[supplier_id].items() if text in line})


def _said(links: pd.DataFrame, entity: str, names: Mapping[str, str]) -> defaultdict[str, Said]:
    parts = links[(links["role"] == "component") & (links["implied"] == "no")]
    found: defaultdict[str, Said] = defaultdict(dict)
    for identifier, text, concept in parts[[entity, "text", "concept"]].itertuples(index=False, name=None):
        said = found[identifier]
        said[text] = f"{said[text]} {names[concept]}" if text in said else names[concept]
    return found


def _joined(said: Said) -> str:
    return " ".join(dict.fromkeys(said.values()))
