"""Refusals of a whole file, warnings and notes on it, in one sentence each."""

from __future__ import annotations

from integrator.errors import InputRefused, Problem

SAVE_AGAIN = "open it in Excel, save it again as .xlsx and send that"
RAISE_LIMITS = "split the file, or raise [limits] in the job"


def refused(file: str, code: str, message: str, action: str, sheet: str = "") -> InputRefused:
    """The error that refuses one file."""
    return InputRefused([Problem(file, sheet, 0, "", code, "refused", message, action)])


def damaged(file: str, sheet: str = "") -> InputRefused:
    """The refusal of a workbook that no spreadsheet program wrote in this state."""
    return refused(file, "damaged_workbook", "the workbook is damaged or incomplete", SAVE_AGAIN, sheet)


def protected(file: str) -> InputRefused:
    """The refusal of an encrypted workbook."""
    return refused(
        file,
        "protected_workbook",
        "the workbook is protected by a password",
        "remove the password in Excel and send it again",
    )


def warning(
    file: str, code: str, message: str, action: str, sheet: str = "", row: int = 0, column: str = ""
) -> Problem:
    """A warning on a file, sheet or cell that is read all the same."""
    return Problem(file, sheet, row, column, code, "warning", message, action)


def note(file: str, code: str, message: str, sheet: str = "") -> Problem:
    """Something worth knowing about a file or sheet, with nothing to do."""
    return Problem(file, sheet, 0, "", code, "note", message, "")
