"""The only door to users' Excel, CSV and Parquet files, in and out."""

from integrator.workbooks.cells import CellValue, cell_text
from integrator.workbooks.files import InputFile, find_files
from integrator.workbooks.limits import DEFAULT_LIMITS, Limits
from integrator.workbooks.reading import Book, Sheet, read_book

__all__ = [
    "DEFAULT_LIMITS", "Book", "CellValue", "InputFile", "Limits", "Sheet", "cell_text", "find_files",
    "read_book",
]  # fmt: skip
