"""The Moroccan common company identifier (ICE): 15 digits, two of them a check.

Nine digits name the enterprise, four its establishment; the whole number is a multiple of 97 (the last two digits
are control digits; rule as in python-stdnum `ma.ice`, structure from the guide on https://www.ice.gov.ma).
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from integrator.text.scanning import plain

Verdict = Literal["ok", "wrong_check", "lost_zeros", "no_ice"]
_DIGITS, _ENTERPRISE = 15, 9


class Ice(NamedTuple):
    """What a cell says as an ICE."""

    number: str
    """The digits as received, blanks and a trailing ".0" left out; never padded."""
    verdict: Verdict

    @property
    def enterprise(self) -> str:
        """The nine digits of the enterprise, shared by its establishments; "" unless the number is right."""
        return self.number[:_ENTERPRISE] if self.verdict == "ok" else ""


def read_ice(text: str) -> Ice:
    """Read an ICE cell. Fewer digits that would be right with zeros in front are `lost_zeros`: asked, not padded.

    >>> read_ice("00 15 61 19 10 00 066").verdict, read_ice("001561191000065").verdict
    ('ok', 'wrong_check')
    >>> read_ice("1561191000066.0"), read_ice("12345").verdict
    (Ice(number='1561191000066', verdict='lost_zeros'), 'no_ice')
    """
    digits = re.sub(r"[\s.-]", "", re.sub(r"\.0$", "", plain(text).strip()))
    if not (digits.isascii() and digits.isdigit()) or not 10 <= len(digits) <= _DIGITS:
        return Ice(digits, "no_ice")
    right = int(digits) % 97 == 0 and int(digits) > 0
    if len(digits) == _DIGITS:
        return Ice(digits, "ok" if right else "wrong_check")
    return Ice(digits, "lost_zeros" if right else "no_ice")
