"""What a reviewer typed -> decision, grade and day; unreadable is never guessed."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from integrator import data
from integrator.text.dates import read_date
from integrator.text.fold import fold
from integrator.wording import meant

_ANSWERS = ("yes", "no", "unsure")
_GRADE = re.compile(r"([0-4])(?:[.,٫]0+)?")
_SLACK = datetime.timedelta(days=1)
"""Somewhere it is tomorrow already."""


class Refusal(NamedTuple):
    """Why an answer cannot be taken."""

    column: str
    """The name of the column at fault, one of `export.COLUMNS`."""
    code: str
    message: str


class Answer(NamedTuple):
    """One row of a reviewer."""

    decision: str
    """yes, no, unsure or ""."""
    grade: int | None
    judged_on: str
    """ISO date or ""."""


@lru_cache(maxsize=1)
def _decisions() -> dict[str, str]:
    """Folded word -> answer: the words of the list in every language, and others that people type."""
    shown = {fold(text): answer for text, answer in meant("review").items() if answer in _ANSWERS}
    return {fold(row["text"]): row["answer"] for row in data.rows("review/answers.csv")} | shown


def read_answer(decision: str, grade: str, day: str, today: datetime.date) -> Answer | Refusal:
    """What the three cells say together; at least one of decision and grade is filled.

    A grade may be typed as 3, 3.0, "3,0" or ٣. Decision and grade may not contradict each other: unsure has no grade,
    and what is graded 0 is no yes. A day may not lie in the future of `today`.
    """
    answer = _decisions().get(fold(decision)) if decision else ""
    if answer is None:
        return Refusal("decision", "unknown_decision", f"unknown decision {decision!r}")
    written = _GRADE.fullmatch("".join(_western(sign) for sign in grade).strip())
    if grade and not written:
        return Refusal("grade", "wrong_grade", f"the grade is {grade!r}, not 0 to 4")
    number = int(written[1]) if written else None
    if number is None and answer != "unsure":
        return Refusal("grade", "no_grade", "a decision without a grade")
    if (answer == "unsure" and number is not None) or (answer == "yes" and number == 0):
        return Refusal("grade", "contradicting_answer", f"the decision {decision!r} and the grade {number} contradict")
    return _dated(answer, number, day, today)


def _dated(answer: str, number: int | None, day: str, today: datetime.date) -> Answer | Refusal:
    if not day:
        return Answer(answer, number, "")
    period = read_date(day, serial=True)
    if period is None or period.precision != "day" or period.start > today + _SLACK:
        return Refusal("date", "wrong_day", f"the date {day!r} is no day up to today")
    return Answer(answer, number, period.start.isoformat())


def _western(sign: str) -> str:
    """A digit of any script as 0-9; controls and direction marks as nothing."""
    if unicodedata.category(sign) in ("Cf", "Cc"):
        return ""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
