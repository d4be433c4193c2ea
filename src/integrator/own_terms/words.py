"""What the cells of the workbook say in each language, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from integrator import wording
from integrator.taxonomy.validation.concepts import KINDS
from integrator.taxonomy.validation.labels import FURTHER_LANGUAGES, LANGUAGES, TYPES
from integrator.text.fold import fold
from integrator.workbooks.lists import Headings

DECISIONS = ("first", "second", "third", "other", "new", "ignore")
PROPOSALS = DECISIONS[:3]
COLUMNS: Mapping[str, int] = {
    "term_id": 12, "term": 38, "field": 19, "state": 10, "rows": 7, "needs": 8, "value": 11, "currency": 9,
    "no_value": 9, "other_currency": 9, "first": 26, "second": 26, "third": 26, "example": 28,
    "decision": 17, "concept": 13, "name": 26, "lang": 8, "type": 12, "kind": 13, "broader": 13, "comment": 26,
}  # fmt: skip
"""Columns of the workbook and their widths."""
EDITABLE = ("decision", "concept", "name", "lang", "type", "kind", "broader", "comment")
CODES: Mapping[str, Sequence[str]] = {
    "decision": DECISIONS, "type": TYPES, "kind": KINDS, "lang": (*LANGUAGES, *FURTHER_LANGUAGES),
}  # fmt: skip
"""Cells that hold one of a few words."""


@lru_cache(maxsize=4)
def texts(language: str) -> Mapping[str, str]:
    """The texts of the workbook in a language, by key without its `terms.`."""
    return MappingProxyType(wording.texts("terms", language))


def shown(column: str, language: str) -> list[str]:
    """The words that may stand in a cell of a column, as shown in a language."""
    said = texts(language)
    return [said.get(f"{column}.{code}", code) for code in CODES[column]]


def meant(column: str, text: str) -> str | None:
    """The code that a cell says, in any language or as the code itself; None for none, "" for a blank."""
    if not text:
        return ""
    said = fold(text)
    for code in CODES[column]:
        names = {code, *(texts(language).get(f"{column}.{code}", code) for language in wording.LANGUAGES)}
        if said in map(fold, names):
            return code
    return None


def headings() -> Headings:
    """The columns in any language, or by their names."""
    said = wording.meant("terms.col")
    return Headings(said | {column: column for column in COLUMNS}, (["term_id"], ["decision"]))
