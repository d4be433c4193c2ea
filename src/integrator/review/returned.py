"""A reviewed workbook -> judgements; what cannot be placed is refused with its cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import Problem
from integrator.judging import reviewer_key
from integrator.records import CellRef, Judgement
from integrator.review.answers import Refusal, read_answer
from integrator.review.export import EDITABLE
from integrator.review.questions import Questions
from integrator.text.fold import fold
from integrator.wording import meant
from integrator.workbooks import Book, cell_text, read_book
from integrator.workbooks.lists import Headings, Line, Listing, read_list

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


def read_review(path: Path, questions: Questions, how: Import) -> Read:
    """The decisions of a returned review workbook, matched by ids and never by position.

    Sheets and columns may stand in any order, rows be sorted, hidden, cut or new. A line without decision and grade is
    still undecided and gives nothing. Every other line gives a judgement, or a problem that names its cell; a heading
    that names no column gives a warning. Raises
    `InputRefused` when the file cannot be read; a file that is no review workbook, that has two columns of one heading,
    or that is of another run (unless forced) is a problem of severity `refused`.
    """
    book = read_book(path, path.name)
    listing = read_list(book, _headings())
    refused = _repeated(listing) or _refused(book, listing, questions, how)
    if refused:
        return (), tuple(refused)
    title = _titles(book)
    mark = title[0] if len(title) == 1 else ""
    taken: list[tuple[Line, Judgement]] = []
    problems = list(listing.unread)
    for row in listing.lines:
        if row.get("decision") or row.get("grade"):
            found = _judgement(row, mark, questions, how)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                taken.append((row, found))
    twice = _answered_twice(taken)
    problems += [_twice(row, twice) for row, one in taken if _key(one) in twice]
    kept = dict.fromkeys(one for _, one in taken if _key(one) not in twice)
    return tuple(kept), tuple(sorted(problems))


def _headings() -> Headings:
    """The columns in any language: a line needs its ids, and one of the two answers."""
    return Headings(meant("review.col"), (*([name] for name in _IDS), ("decision", "grade")))


def _repeated(listing: Listing) -> list[Problem]:
    """Headings that stand twice and decide something."""
    counted = (*_IDS, *EDITABLE, "run")
    return [problem for name, problem in listing.repeated.items() if name in counted]


def _titles(book: Book) -> list[str]:
    """The marks in the titles of a workbook, above the header."""
    texts = (cell_text(value) for sheet in book.sheets for row in sheet.rows[:_TITLES] for value in row)
    return sorted({match[1] for text in texts if (match := _MARK.search(text))})


def _refused(book: Book, listing: Listing, questions: Questions, how: Import) -> list[Problem]:
    """Why the whole file is not taken, if so."""
    if not listing.is_headed:
        message = "this is no review workbook: no line has the headings of need, site and decision"
        return [Problem(book.file, "", 0, "", "no_review", "refused", message, "send the one exported")]
    marks = sorted({*_titles(book), *(row.get("run") for row in listing.lines if row.get("run"))})
    if how.force or questions.batch in marks:
        return []
    said = f"carries the batch {', '.join(marks[:3])}" if marks else "carries no batch"
    message = f"this review {said}, this job now asks about the batch {questions.batch}: inputs or rules have changed"
    action = "export again, or take what still fits with --force"
    return [Problem(book.file, "", 0, "", "stale_review", "refused", message, action)]


def _judgement(row: Line, mark: str, questions: Questions, how: Import) -> Judgement | Problem:
    pair = (row.get("need_id"), row.get("supplier_id"))
    run = row.get("run") or mark
    if pair not in questions.pairs:
        return _aside(row, "supplier_id", "unknown_pair", f"the pair {' / '.join(pair)} is not in this run")
    if run != questions.batch and not (how.force and all(map(row.has, _SHOWN))):
        said = f"this line is of the batch {run}" if run else "this line carries no batch"
        unsure = ", and without component and actor nothing tells whom its ids meant" if how.force else ""
        return _aside(row, "run", "stale_row", f"{said}, not of {questions.batch}{unsure}")
    for name, identifier, shown in zip(_SHOWN, pair, questions.pairs[pair], strict=True):
        if row.has(name) and fold(row.get(name)) != fold(shown):
            message = f"{identifier} is {shown!r} in this run, not {row.get(name)!r}: lines have been mixed up"
            return _aside(row, name, "mixed_up_row", message)
    answer = read_answer(row.get("decision"), row.get("grade"), row.get("date"), how.today)
    if isinstance(answer, Refusal):
        return _aside(row, answer.column, answer.code, answer.message)
    return Judgement(
        *pair, answer.grade, row.get("reason"), "", row.get("reviewer") or how.reviewer, answer.judged_on,
        answer.decision, run, how.today.isoformat(),
    )  # fmt: skip


def _key(one: Judgement) -> tuple[str, str, str]:
    return one.need_id, one.supplier_id, reviewer_key(one.judged_by)


def _answered_twice(taken: list[tuple[Line, Judgement]]) -> dict[tuple[str, str, str], list[CellRef]]:
    """Pairs to which one reviewer gave two answers in one file, with their cells."""
    groups: dict[tuple[str, str, str], list[tuple[Line, Judgement]]] = {}
    for row, one in taken:
        groups.setdefault(_key(one), []).append((row, one))
    return {
        key: [_given(row) for row, _ in group]
        for key, group in groups.items()
        if len({(one.grade, one.decision) for _, one in group}) > 1
    }


def _cell(row: Line, name: str) -> CellRef:
    """The cell of a column; of a column that was cut, that of the supplier id."""
    return row.cell(name, otherwise="supplier_id")


def _aside(row: Line, name: str, code: str, message: str) -> Problem:
    action = "correct it and send the file again: what was taken already is not taken twice"
    return _set_aside(_cell(row, name), code, message, action, row.get(name))


def _given(row: Line) -> CellRef:
    return _cell(row, "grade" if row.get("grade") else "decision")


def _twice(row: Line, twice: Mapping[tuple[str, str, str], list[CellRef]]) -> Problem:
    own = _given(row)
    cells = next(cells for cells in twice.values() if own in cells)
    others = ", ".join(cell.cell for cell in cells if cell != own)
    message = f"this reviewer answers the pair differently in {others}"
    return _set_aside(own, "two_answers", message, "keep one of the lines", row.get("grade"))


def _set_aside(cell: CellRef, code: str, message: str, action: str, raw: str) -> Problem:
    said = f"{cell.cell}: {message}"
    return Problem(cell.file, cell.sheet, cell.row, cell.letters, code, "set_aside", said, action, raw[:200])
