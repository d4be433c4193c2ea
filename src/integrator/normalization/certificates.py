"""Certificate cells -> standard, version, status, date and scope, as said and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from integrator import data
from integrator.text.fold import fold
from integrator.text.scanning import plain

Status = Literal["held", "stated", "in_progress", "planned", "expired", "absent"]

_ITEM = re.compile(r"[;,\n&+]|\bet\b|\band\b|(?<!\w)و(?!\w)|/(?=\s)|(?<=\s)/(?=\s)")
_BRACKETS = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"(?<!\d)(19[89]\d|20[0-4]\d)(?!\d)")
_VERSION = re.compile(r"(?:(?<=\d):|\bversion |\bv)\s?(19[89]\d|20[0-4]\d)")
_NUMBER_ONLY = re.compile(r"\s*\d{4,5}(?::\d{4})?\s*")


@dataclass(frozen=True)
class Certificate:
    """One certificate as a cell names it."""

    standard: str
    """Name of `data/certificates/standards.csv`."""
    version: str
    """Year of the edition, or "" when not said."""
    status: Status
    """`stated`: listed and no more; only `held` was shown."""
    year: int | None
    """The year it was said of."""
    scope: str
    """What stands in brackets beside it, or "" (a site, an activity)."""
    raw: str

    def __str__(self) -> str:
        edition = f":{self.version}" if self.version else ""
        year = f", {self.year}" if self.year else ""
        return f"{self.standard}{edition} ({self.status}{year})"


@lru_cache(maxsize=20_000)
def read_certificates(text: str) -> tuple[tuple[Certificate, ...], tuple[str, ...]]:
    """The certificates a cell names, in order, and the parts in which none was recognized.

    >>> [str(one) for one in read_certificates("ISO 9001 & 45001; IATF 16949:2016 (en cours)")[0]]
    ['ISO 9001 (stated)', 'ISO 45001 (stated)', 'IATF 16949:2016 (in_progress)']
    >>> read_certificates("Q1 2024")
    ((), ('Q1 2024',))
    """
    found: list[Certificate] = []
    unread: list[str] = []
    for item in _items(plain(text)):
        family = "iso " if _NUMBER_ONLY.fullmatch(item) and found else ""
        standard = _standard(f"{family}{item}")
        if standard:
            found.append(_certificate(item, standard))
        elif found and not any(char.isalpha() for char in _YEAR.sub("", item)):
            continue
        else:
            unread.append(item)
    return tuple(found), tuple(unread)


def _items(text: str) -> list[str]:
    """The cell cut at its separators, brackets left whole."""
    held: list[str] = []

    def keep(match: re.Match[str]) -> str:
        held.append(match.group())
        return f"\0{len(held) - 1}\0"

    cut = _ITEM.split(_BRACKETS.sub(keep, text))
    whole = [re.sub(r"\0(\d+)\0", lambda m: held[int(m[1])] if int(m[1]) < len(held) else "", item) for item in cut]
    return [item.strip() for item in whole if fold(item)]


@lru_cache(maxsize=1)
def _standards() -> tuple[tuple[str, str], ...]:
    names = [(fold(name), row["standard"]) for row in data.rows("certificates/standards.csv")
             for name in row["names"].split(";")]  # fmt: skip
    return tuple(sorted(names, key=lambda pair: (-len(pair[0]), pair[0])))


def _standard(item: str) -> str:
    said = f" {fold(item)} "
    return next((standard for name, standard in _standards() if f" {name} " in said), "")


def _certificate(item: str, standard: str) -> Certificate:
    version = _VERSION.search(item)
    remarks = [match.group()[1:-1].strip() for match in _BRACKETS.finditer(item)]
    years = [int(year) for year in _YEAR.findall(_VERSION.sub(" ", item))]
    scope = "; ".join(remark for remark in remarks if not _YEAR.fullmatch(remark) and not _status(remark))
    return Certificate(
        standard, version[1] if version else "", _status(item) or "stated", years[-1] if years else None, scope, item
    )


@lru_cache(maxsize=1)
def _status_words() -> tuple[tuple[str, Status], ...]:
    rows = [(fold(row["word"]), cast(Status, row["status"])) for row in data.rows("certificates/status_words.csv")]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


def _status(text: str) -> Status | None:
    said = f" {fold(text)} "
    return next((status for word, status in _status_words() if f" {word} " in said), None)
