"""The folded texts that are compared: one query a need, several capability lines a supplier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

    from integrator.retrieval.glosses import Glosses

_LINE = re.compile(r"[;\n]+")
_QUERY = ("component", "component_en", "component_ar", "processes", "materials", "specification")
_SHEET = ("products", "processes", "materials", "machines")


def queries(needs: pd.DataFrame, glosses: Glosses) -> list[str]:
    """One text a need, in the order of the table: its words, and the French and English names of the parts in them."""
    return [
        fold(" ".join([*(str(row[name]) for name in _QUERY), glosses.of_need(row["need_id"])]))
        for _, row in needs.iterrows()
    ]


def capability_lines(suppliers: pd.DataFrame, glosses: Glosses) -> tuple[list[str], list[int]]:
    """Texts and, for each, the position of its supplier: the whole sheet, then each product line, with glosses."""
    texts: list[str] = []
    owners: list[int] = []
    for position, (_, row) in enumerate(suppliers.iterrows()):
        supplier = row["supplier_id"]
        means = " ".join(str(row[name]) for name in ("processes", "materials"))
        lines = [fold(" ".join([*(str(row[name]) for name in _SHEET), glosses.of_supplier(supplier)]))]
        lines += [
            fold(f"{line} {means} {glosses.of_line(supplier, line)}")
            for line in _LINE.split(str(row["products"]))
            if line.strip()
        ]
        unique = sorted({line for line in lines if line})
        texts += unique
        owners += [position] * len(unique)
    return texts, owners
