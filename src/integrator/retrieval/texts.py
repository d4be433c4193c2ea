"""The folded texts that are compared: one query a need, several capability lines a supplier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

_LINE = re.compile(r"[;\n]+")
_QUERY = ("component", "component_en", "component_ar", "processes", "materials", "specification")
_SHEET = ("products", "processes", "materials", "machines")


def queries(needs: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """One text a need, in the order of the table."""
    return [fold(" ".join([*(str(row[name]) for name in _QUERY), names.get(row["need_id"],"")])) for _, row in needs.iterrows()]


def capability_lines(suppliers: pd.DataFrame, glosses) -> tuple[list[str], list[int]]:
    """Texts and, for each, the position of its supplier: the whole sheet, then each product line."""
    texts: list[str] = []
    owners: list[int] = []
    for position, (_, row) in enumerate(suppliers.iterrows()):
        means = " ".join(str(row[name]) for name in ("processes", "materials"))
        lines = [fold(" ".join(str(row[name]) for name in _SHEET))]
        g = glosses.get(row["supplier_id"], [])
        lines[0] += " " + fold(" ".join(dict.fromkeys(x for _, x in g)))
        lines += [fold(f"{line} {means} " + " ".join(x for t, x in g if t in line)) for line in _LINE.split(str(row["products"])) if line.strip()]
        unique = sorted({line for line in lines if line})
        texts += unique
        owners += [position] * len(unique)
    return texts, owners
