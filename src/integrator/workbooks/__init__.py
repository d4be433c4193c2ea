"""The only door to users' Excel, CSV and Parquet files, in and out."""

from integrator.workbooks.files import InputFile, find_files
from integrator.workbooks.limits import DEFAULT_LIMITS, Limits
from integrator.workbooks.reading import Book, CellValue, Sheet, cell_text, read_book

__all__ = [
    "DEFAULT_LIMITS", "Book", "CellValue", "InputFile", "Limits", "Sheet", "cell_text", "find_files",
    "read_book",
]  # fmt: skip
