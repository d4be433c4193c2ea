"""A reviewed workbook -> judgements; what cannot be placed is refused with its cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from integrator.errors import Problem
from integrator.judging import reviewer_key
from integrator.records import CellRef, Judgement
from integrator.review.answers import Refusal, read_answer
from integrator.review.export import EDITABLE
from integrator.review.questions import Questions
from integrator.text.fold import fold
from integrator.wording import meant
from integrator.workbooks import Book, cell_text, read_book

_TITLES = 5
"""Rows in which the title may stand after a reviewer inserted some."""
_MARK = re.compile(r"·\s+\w+\s+([0-9a-f]{8})\s*$")
_IDS = ("need_id", "supplier_id")
_SHOWN = ("component", "name")
"""What the workbook shows beside the two ids, in the same order."""
Read = tuple[tuple[Judgement, ...], tuple[Problem, ...]]


@dataclass(frozen=True)
class Import:
    """How a returned workbook is taken."""

    today: datetime.date
    """Recorded beside each decision; no decision may be dated later."""
    force: bool = False
    """Take what still fits of the workbook of another run."""
    reviewer: str = ""
    """Who answered, where a row names nobody."""


class _Row(NamedTuple):
    """One line below a header."""

    file: str
    sheet: str
    number: int
    columns: Mapping[str, int]
    texts: list[str]

    def text(self, name: str) -> str:
        place = self.columns.get(name, len(self.texts))
        return self.texts[place] if place < len(self.texts) else ""

    def cell(self, name: str) -> CellRef:
        """The cell of a column; of a column that was cut, that of the supplier id."""
        return CellRef(self.file, self.sheet, self.number, self.columns.get(name, self.columns["supplier_id"]) + 1)

    def refuse(self, name: str, code: str, message: str) -> Problem:
        action = "correct it and send the file again: what was taken already is not taken twice"
        return _refuse(self.cell(name), code, message, action, self.text(name))


def read_review(path: Path, questions: Questions, how: Import) -> Read:
    """The decisions of a returned review workbook, matched by ids and never by position.

    Sheets and columns may stand in any order, rows be sorted, hidden, cut or new. A line without decision and grade is
    still undecided and gives nothing. Every other line gives a judgement, or a problem that names its cell. Raises
    `InputRefused` when the file cannot be read; a file that is no review workbook, that has two columns of one heading,
    or that is of another run (unless forced) is a problem of severity `refused`.
    """
    book = read_book(path, path.name)
    rows, repeated = _lines(book)
    refused = repeated or _refused(book, rows, questions, how)
    if refused:
        return (), tuple(refused)
    title = _titles(book)
    mark = title[0] if len(title) == 1 else ""
    taken: list[tuple[_Row, Judgement]] = []
    problems: list[Problem] = []
    for row in rows or ():
        if row.text("decision") or row.text("grade"):
            found = _judgement(row, mark, questions, how)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                taken.append((row, found))
    twice = _answered_twice(taken)
    problems += [_twice(row, twice) for row, one in taken if _key(one) in twice]
    kept = dict.fromkeys(one for _, one in taken if _key(one) not in twice)
    return tuple(kept), tuple(sorted(problems))


def _lines(book: Book) -> tuple[list[_Row] | None, list[Problem]]:
    """The lines below the headers of all sheets, None without any header; and headings that stand twice."""
    rows: list[_Row] | None = None
    problems: list[Problem] = []
    for sheet in book.sheets:
        columns: dict[str, int] = {}
        for number, cells in enumerate(sheet.rows, start=1):
            texts = [cell_text(value).strip() for value in cells]
            header = _header(texts)
            if header is None:
                if columns and rows is not None:
                    rows.append(_Row(book.file, sheet.name, number, columns, texts))
                continue
            rows = rows or []
            columns = {name: places[0] for name, places in header.items()}
            for name, places in header.items():
                if len(places) > 1 and name in (*_IDS, *EDITABLE, "run"):
                    again = CellRef(book.file, sheet.name, number, places[1] + 1)
                    message = f"the heading {texts[places[0]]!r} stands in two columns"
                    problems.append(_refuse(again, "repeated_column", message, "keep one of them", "", whole=True))
    return rows, problems


def _header(texts: list[str]) -> dict[str, list[int]] | None:
    """Places of the columns when the row is the header in any language."""
    if len(texts) < len(_IDS):
        return None
    names = {fold(text): name for text, name in meant("review.col").items()}
    found: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        if name := names.get(fold(text)):
            found.setdefault(name, []).append(place)
    return found if set(_IDS) <= set(found) and {"decision", "grade"} & set(found) else None


def _titles(book: Book) -> list[str]:
    """The marks in the titles of a workbook, above the header."""
    texts = (cell_text(value) for sheet in book.sheets for row in sheet.rows[:_TITLES] for value in row)
    return sorted({match[1] for text in texts if (match := _MARK.search(text))})


def _refused(book: Book, rows: list[_Row] | None, questions: Questions, how: Import) -> list[Problem]:
    """Why the whole file is not taken, if so."""
    if rows is None:
        message = "this is no review workbook: no line has the headings of need, site and decision"
        return [Problem(book.file, "", 0, "", "no_review", "refused", message, "send the one exported")]
    marks = sorted({*_titles(book), *(row.text("run") for row in rows if row.text("run"))})
    if how.force or questions.batch in marks:
        return []
    said = f"carries the batch {', '.join(marks[:3])}" if marks else "carries no batch"
    message = f"this review {said}, this job now asks about the batch {questions.batch}: inputs or rules have changed"
    action = "export again, or take what still fits with --force"
    return [Problem(book.file, "", 0, "", "stale_review", "refused", message, action)]


def _judgement(row: _Row, mark: str, questions: Questions, how: Import) -> Judgement | Problem:
    pair = (row.text("need_id"), row.text("supplier_id"))
    run = row.text("run") or mark
    if pair not in questions.pairs:
        return row.refuse("supplier_id", "unknown_pair", f"the pair {' / '.join(pair)} is not in this run")
    if run != questions.batch and not (how.force and set(_SHOWN) <= set(row.columns)):
        said = f"this line is of the batch {run}" if run else "this line carries no batch"
        unsure = ", and without component and actor nothing tells whom its ids meant" if how.force else ""
        return row.refuse("run", "stale_row", f"{said}, not of {questions.batch}{unsure}")
    for name, identifier, shown in zip(_SHOWN, pair, questions.pairs[pair], strict=True):
        if name in row.columns and fold(row.text(name)) != fold(shown):
            message = f"{identifier} is {shown!r} in this run, not {row.text(name)!r}: lines have been mixed up"
            return row.refuse(name, "mixed_up_row", message)
    answer = read_answer(row.text("decision"), row.text("grade"), row.text("date"), how.today)
    if isinstance(answer, Refusal):
        return row.refuse(answer.column, answer.code, answer.message)
    return Judgement(
        *pair, answer.grade, row.text("reason"), "", row.text("reviewer") or how.reviewer, answer.judged_on,
        answer.decision, run, how.today.isoformat(),
    )  # fmt: skip


def _key(one: Judgement) -> tuple[str, str, str]:
    return one.need_id, one.supplier_id, reviewer_key(one.judged_by)


def _answered_twice(taken: list[tuple[_Row, Judgement]]) -> dict[tuple[str, str, str], list[CellRef]]:
    """Pairs to which one reviewer gave two answers in one file, with their cells."""
    groups: dict[tuple[str, str, str], list[tuple[_Row, Judgement]]] = {}
    for row, one in taken:
        groups.setdefault(_key(one), []).append((row, one))
    return {
        key: [_given(row) for row, _ in group]
        for key, group in groups.items()
        if len({(one.grade, one.decision) for _, one in group}) > 1
    }


def _given(row: _Row) -> CellRef:
    return row.cell("grade" if row.text("grade") else "decision")


def _twice(row: _Row, twice: Mapping[tuple[str, str, str], list[CellRef]]) -> Problem:
    own = _given(row)
    cells = next(cells for cells in twice.values() if own in cells)
    others = ", ".join(cell.cell for cell in cells if cell != own)
    message = f"this reviewer answers the pair differently in {others}"
    return _refuse(own, "two_answers", message, "keep one of the lines", row.text("grade"))


def _refuse(cell: CellRef, code: str, message: str, action: str, raw: str, *, whole: bool = False) -> Problem:
    problem = Problem(
        cell.file, cell.sheet, cell.row, cell.cell.rstrip("0123456789"), code, "set_aside",
        f"{cell.cell}: {message}", action, raw[:200],
    )  # fmt: skip
    return replace(problem, severity="refused") if whole else problem
