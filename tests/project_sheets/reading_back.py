"""Sheets read back by another library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def texts(sheet: Worksheet) -> list[str]:
    """Every text of a sheet, in reading order."""
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
