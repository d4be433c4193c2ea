"""What can be wrong with an input, and how the tool stops.

This module imports nothing of the project, so that every layer can raise and record.
A `Problem` is one sentence for the analyst: where, what is wrong, what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["refused", "set_aside", "warning", "note"]
"""`refused`: the file is not read and the run stops (exit code 3).
`set_aside`: the row leaves the matching and is written, with its reason, to the quality workbook.
`warning`: read on, reported. `note`: something an analyst may want to know, nothing to do."""


_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00|0)[1-9](?:[ .()-]?\d){7,11}|212[ .()-]?[5-8](?:[ .()-]?\d){8})(?!\d)")


def without_contacts(text: str) -> str:
    """The text with e-mail addresses and telephone numbers masked: no message may carry them.

    >>> without_contacts("M. X, 06 12 34 56 78, x@y.ma, SH 8708.29")
    'M. X, [phone], [e-mail], SH 8708.29'
    >>> without_contacts("+212 661-234567"), without_contacts("212 661 23 45 67"), without_contacts("212 661 pièces")
    ('[phone]', '[phone]', '212 661 pièces')
    """
    return _PHONE.sub("[phone]", _MAIL.sub("[e-mail]", text))


@dataclass(frozen=True, order=True)
class Problem:
    """One defect of an input and its address. Equal problems are the same problem."""

    file: str
    sheet: str
    row: int
    """1-based line of the sheet as the analyst sees it; 0 when the whole file or sheet is meant."""
    column: str
    """Heading or column letter; empty when the whole row is meant."""
    code: str
    """Stable short name of the kind of problem, e.g. `total_line`."""
    severity: Severity
    message: str
    """What is wrong, in one clause."""
    action: str
    """What to do about it, in one clause; empty for a note."""
    raw: str = ""
    """The text found there, shortened to 200 characters and without phone numbers or e-mails."""

    def __post_init__(self) -> None:
        for name in ("message", "raw"):
            object.__setattr__(self, name, without_contacts(getattr(self, name)))

    @property
    def address(self) -> str:
        """File, sheet, row and column as one text, leaving out what is unknown; without contacts."""
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet!r}")
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {self.column!r}")
        return without_contacts(", ".join(part for part in parts if part))

    def __str__(self) -> str:
        sentence = f"{self.address}: {self.message}" if self.address else self.message
        return f"{sentence}: {self.action}." if self.action else f"{sentence}."


class IntegratorError(Exception):
    """Base of every error that the user can act on. `exit_code` is the status of the command line."""

    exit_code = 1


class UsageError(IntegratorError):
    """A wrong option, argument or configuration."""

    exit_code = 2


class InputRefused(IntegratorError):
    """One or more inputs cannot be read; carries every refusal found, in a stated order."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class OutputError(IntegratorError):
    """The output exists, is open elsewhere, or cannot be written."""

    exit_code = 5


class MissingExtra(UsageError):
    """A heavy optional part is not installed; the message names the extra to install."""
