"""Refusals of a whole file, in one sentence each."""

from __future__ import annotations

from integrator.errors import InputRefused, Problem


def refused(file: str, code: str, message: str, action: str, sheet: str = "") -> InputRefused:
    """The error that refuses one file."""
    return InputRefused([Problem(file, sheet, 0, "", code, "refused", message, action)])


def warning(file: str, code: str, message: str, action: str, sheet: str = "") -> Problem:
    """A warning on a file or sheet that is read all the same."""
    return Problem(file, sheet, 0, "", code, "warning", message, action)


def note(file: str, code: str, message: str, sheet: str = "") -> Problem:
    """Something worth knowing about a file or sheet, with nothing to do."""
    return Problem(file, sheet, 0, "", code, "note", message, "")
