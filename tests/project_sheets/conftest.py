"""The made-up tables of `example/`, and workbooks written from them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from made_tables import table

from integrator import tables
from integrator.project_sheets import write_project_sheets


@pytest.fixture
def example() -> dict[str, pd.DataFrame]:
    return {name: table(name) for name in tables.ALL}


@pytest.fixture(scope="session")
def read_books() -> dict[tuple[str, int, str], tuple[openpyxl.Workbook, openpyxl.Workbook]]:
    """The workbooks of the example as it is, by language, top and notice: tests only read them."""
    return {}


@pytest.fixture
def written(tmp_path: Path, example: dict[str, pd.DataFrame], read_books):
    """Write the example in a language and read it back with openpyxl; `stored` holds the values beside formulas."""

    def write(language: str = "fr", top: int = 10, notice: str = "", **changed: pd.DataFrame) -> openpyxl.Workbook:
        asked = (language, top, notice)
        if changed or asked not in read_books:
            path = tmp_path / "sheets.xlsx"
            write_project_sheets(path, example | changed, language, top, "2026-01-31", notice)
            books = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
            if not changed:
                read_books[asked] = books
        else:
            books = read_books[asked]
        write.stored = books[1]
        return books[0]

    return write
