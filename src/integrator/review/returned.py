"""A reviewed workbook -> judgements; what cannot be placed is refused with its cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from integrator.errors import Problem
from integrator.records import Judgement
from integrator.review.export import COLUMNS
from integrator.text.fold import fold
from integrator.wording import meant
from integrator.workbooks import Book, cell_text, read_book

_TITLES = 5
"""Rows in which the title may stand after a reviewer inserted some."""
_MARK = re.compile(r"·\s+\w+\s+([0-9a-f]{8})\s*$")
_ANSWERS = ("yes", "no", "unsure")


def read_review(
    path: Path, known: set[tuple[str, str]], current: str = ""
) -> tuple[tuple[Judgement, ...], tuple[Problem, ...]]:
    """The decisions of a returned review workbook, matched by ids and never by position.

    `known` holds the (need, supplier) pairs of the run, `current` the mark of its review workbook ("" = any is
    taken). An empty decision is still undecided and gives nothing. A row with an unknown pair, decision or grade
    gives a problem. Raises `InputRefused` when the file cannot be read; a file that is no review workbook, or one
    of another run, is a problem of severity `refused`.
    """
    book = read_book(path, path.name)
    headers = (_header([cell_text(value) for value in row]) for sheet in book.sheets for row in sheet.rows)
    if not any(headers):
        action = "send the one exported"
        return (), (Problem(book.file, "", 0, "", "no_review", "refused", "this is no review workbook", action),)
    if current and current not in (marks := _marks(book)):
        said = f"carries the batch {', '.join(marks)}" if marks else "carries no batch"
        message = f"this review {said}, this job now asks about the batch {current}: inputs or rules have changed since"
        action = "export again, or take what still fits with --force"
        return (), (Problem(book.file, "", 0, "", "stale_review", "refused", message, action),)
    judged: list[Judgement] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        columns: dict[str, int] = {}
        for number, cells in enumerate(sheet.rows, start=1):
            texts = [cell_text(value).strip() for value in cells]
            header = _header(texts)
            if header:
                columns = header
            elif columns:
                values = {name: texts[i] if i < len(texts) else "" for name, i in columns.items()}
                _read_row(values, known, (book.file, sheet.name, number), judged, problems)
    return tuple(judged), tuple(problems)


def _marks(book: Book) -> list[str]:
    """The batch marks in the titles of a workbook, above the header."""
    titles = (cell_text(value) for sheet in book.sheets for row in sheet.rows[:_TITLES] for value in row)
    return sorted({match[1] for text in titles if (match := _MARK.search(text))})


def _header(texts: list[str]) -> dict[str, int]:
    """Column positions when the row is the header in any language, else nothing."""
    names = {fold(text): name for text, name in meant("review.col").items()}
    found = {names[fold(text)]: i for i, text in enumerate(texts) if fold(text) in names}
    # "Niveau" heads both the proposed and the given grade in no language of ours, so names are unique.
    return found if {"need_id", "supplier_id", "decision"} <= set(found) and len(found) >= len(COLUMNS) // 2 else {}


def _decisions() -> Mapping[str, str]:
    return {fold(text): answer for text, answer in meant("review").items() if answer in _ANSWERS}


def _read_row(
    values: Mapping[str, str],
    known: set[tuple[str, str]],
    place: tuple[str, str, int],
    judged: list[Judgement],
    problems: list[Problem],
) -> None:
    decision, grade = values.get("decision", ""), values.get("grade", "")
    if not decision and not grade:
        return
    pair = (values.get("need_id", ""), values.get("supplier_id", ""))
    answer = _decisions().get(fold(decision))
    if pair not in known:
        problems.append(
            _refuse(place, "supplier_id", "unknown_pair", f"the pair {pair} is not in this run", "|".join(pair))
        )
    elif decision and answer is None:
        problems.append(_refuse(place, "decision", "unknown_decision", f"unknown decision {decision!r}", decision))
    elif grade and grade not in ("0", "1", "2", "3", "4"):
        problems.append(_refuse(place, "grade", "wrong_grade", f"the grade is {grade!r}, not 0 to 4", grade))
    elif not grade and answer != "unsure":
        problems.append(_refuse(place, "grade", "no_grade", "a decision without a grade", decision))
    else:
        number = int(grade) if grade and answer != "unsure" else None
        judged.append(
            Judgement(*pair, number, values.get("reason", ""), "", values.get("reviewer", ""), values.get("date", ""))
        )


def _refuse(place: tuple[str, str, int], column: str, code: str, message: str, raw: str) -> Problem:
    file, sheet, row = place
    return Problem(
        file, sheet, row, column, code, "set_aside", message, "correct it and send the file again", raw[:200]
    )
