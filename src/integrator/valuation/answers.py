"""Yes, no, or not known: what follows from several such answers."""

from __future__ import annotations

from typing import TypeAlias

Answer: TypeAlias = bool | None
"""None = not known."""


def either(*answers: Answer) -> Answer:
    """Yes when one is yes, no when all are no."""
    return True if True in answers else None if None in answers else False


def both(*answers: Answer) -> Answer:
    """Yes when all are yes, no when one is no."""
    return False if False in answers else None if None in answers else True
