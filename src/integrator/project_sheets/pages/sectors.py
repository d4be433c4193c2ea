"""What one unit of final output of a sector leaves in the country, by the input-output table of the job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import theme
from integrator.project_sheets.lists import write_list
from integrator.project_sheets.pages.above import text_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTHS = {
    "sector": 40, "domestic_share": 16, "import_content": 16, "own": 16, "tier_1": 16, "tier_2": 16, "further": 16,
}  # fmt: skip


def has_sectors(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the job has an input-output table."""
    return len(tables["multipliers"]) > 0


def write_sectors(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """One row a sector."""
    heads = {words(f"pages.col.{key}"): width for key, width in _WIDTHS.items()}
    rows = list(job.tables["multipliers"][list(_WIDTHS)].itertuples(index=False, name=None))
    share = {**theme.ROW, "num_format": words.percent_format.replace("0", "0.0", 1)}

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_WIDTHS) - 1
        row = text_line(book, sheet, row, last, words("pages.sectors.title"), theme.SECTION)
        return text_line(book, sheet, row, last, words("pages.sectors.note"), theme.SMALL)

    write_list(book, name, heads, rows, words, dict.fromkeys(range(1, len(_WIDTHS)), share), above)
