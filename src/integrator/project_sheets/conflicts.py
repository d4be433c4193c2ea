"""The pairs whose grade by rule and learned probability say the opposite of each other."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from integrator.project_sheets import theme
from integrator.project_sheets.lists import write_list
from integrator.wording import Wording
from integrator.workbooks.writing import WorkbookWriter

_WIDTHS = {
    "need_id": 12, "component": 40, "supplier_id": 14, "name": 34, "rank": 8, "grade": 8, "probability": 12,
    "conflict": 70,
}  # fmt: skip


def write_conflicts(book: WorkbookWriter, tables: Mapping[str, pd.DataFrame], words: Wording) -> None:
    """A sheet of the conflicts of a run, in order of need and rank; none is written when no probability was learned."""
    matches = tables["matches"]
    if matches["probability"].isna().all():
        return
    found = matches[matches["conflict"] != ""].sort_values(["need_id", "rank"])
    shown = found.assign(
        component=found["need_id"].map(tables["needs"].set_index("need_id")["component"]),
        name=found["supplier_id"].map(tables["suppliers"].set_index("supplier_id")["name"]),
    )
    heads = {words(f"quality.col.{name}"): width for name, width in _WIDTHS.items()}
    rows = list(shown[list(_WIDTHS)].itertuples(index=False, name=None))
    share = {list(_WIDTHS).index("probability"): {**theme.ROW, "num_format": words.percent_format}}
    write_list(book, words("quality.conflicts"), heads, rows, words, share)
