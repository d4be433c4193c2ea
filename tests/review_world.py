"""Made-up pairs to judge, and a reviewer's hand on the workbook: cells by heading, lines by supplier."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from integrator import tables
from integrator.review import Choice, Form, Import, Questions, questions, read_review, write_review
from integrator.wording import meant

TODAY = datetime.date(2026, 3, 1)
HEADER = 3
"""1-based row of the header of a workbook as it is sent."""


def frame(table: tables.Table, rows: list[dict[str, object]]) -> pd.DataFrame:
    return tables.check(table, pd.DataFrame(rows).reindex(columns=table.names))


def world(needs: int = 1, each: int = 5, text: str = "") -> dict[str, pd.DataFrame]:
    """Each need (X1, X2, ...) with the same suppliers (S1, S2, ...); `text` stands in every cell that shows one."""
    names = [f"S{i}" for i in range(1, each + 1)]
    suppliers = [
        {"supplier_id": one, "name": text or f"Atelier {one} (démo)", "products": text or "pièces; =1+1",
         "processes": text or "emboutissage", "certifications": "IATF 16949"}
        for one in names
    ]  # fmt: skip
    parts = [
        {"need_id": f"X{n}", "component": text or f"support {n} (démo)", "processes": "emboutissage",
         "materials": "acier"}
        for n in range(1, needs + 1)
    ]  # fmt: skip
    matches = [
        {"need_id": f"X{n}", "supplier_id": one, "rank": rank, "score": 60.5 - rank, "grade": 3 - rank // 3,
         "probability": 0.9 - rank / 10, "reasons": text or "procédé", "missing": text or "capacité inconnue"}
        for n in range(1, needs + 1)
        for rank, one in enumerate(names, start=1)
    ]  # fmt: skip
    return {
        "suppliers": frame(tables.SUPPLIERS, suppliers),
        "needs": frame(tables.NEEDS, parts),
        "matches": frame(tables.MATCHES, matches),
    }


def send(
    path: Path, made: Mapping[str, pd.DataFrame] | None = None, language: str = "fr", form: Form | None = None,
    limit: int = 600,
) -> Path:  # fmt: skip
    """The workbook of a made-up run."""
    write_review(path, made or world(), language, "2026-01-01", Choice(limit=limit), form=form)
    return path


def take(
    path: Path, asked: Questions | None = None, *, force: bool = False, reviewer: str = ""
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    return read_review(path, asked or questions(world()), Import(TODAY, force, reviewer))


def columns(sheet: Any, header: int = HEADER) -> dict[str, int]:
    """1-based columns of a sheet by the name of the column."""
    names = meant("review.col")
    return {names[cell.value]: cell.column for cell in sheet[header] if cell.value in names}


def edit(path: Path, change: Callable[[Any], None]) -> Path:
    """The first sheet changed by hand and saved."""
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def fill(path: Path, answers: Mapping[str, Mapping[str, object]]) -> Path:
    """Cells typed in the lines of some suppliers, whatever the need."""

    def typed(sheet: Any) -> None:
        places = columns(sheet)
        for row in range(HEADER + 1, sheet.max_row + 1):
            for name, value in answers.get(sheet.cell(row, places["supplier_id"]).value, {}).items():
                sheet.cell(row, places[name]).value = value

    return edit(path, typed)


def grades(judged: tuple[Any, ...]) -> dict[tuple[str, str], int | None]:
    return {(one.need_id, one.supplier_id): one.grade for one in judged}
