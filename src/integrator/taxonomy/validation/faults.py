"""One way to report a fault of the lexicon."""

from __future__ import annotations

from integrator.errors import Problem


def _fault(file: str, where: str, code: str, message: str, action: str = "correct the line") -> Problem:
    return Problem(f"taxonomy/{file}", "", 0, where, code, "refused", message, action)


fault = _fault
"""A fault of a lexicon file: the file, the id or form it is about, its code, one clause what is wrong."""
