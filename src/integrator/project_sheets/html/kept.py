"""Texts of the page, each kept once: a row names a text by its number."""

from __future__ import annotations

from collections.abc import Callable

from integrator.wording import LANGUAGES, Wording, wording
from integrator.workbooks.writing import clean

Said = Callable[[Wording], object]


class Kept:
    """The texts that rows name by number; number 0 is the empty text."""

    def __init__(self) -> None:
        self._numbers: dict[str | tuple[str, ...], int] = {"": 0}
        self._received: dict[object, int] = {None: 0}

    @property
    def all(self) -> list[str | tuple[str, ...]]:
        """By number: a text, or the same text in every language in the order of `wording.LANGUAGES`."""
        return list(self._numbers)

    def text(self, text: object) -> int:
        """The number of a text as it was received or made by the run: without control or direction characters."""
        known = self._received.get(text)
        if known is None:
            known = self._received[text] = self._number(clean(str(text)))
        return known

    def said(self, said: Said) -> int:
        """The number of what is said in each language."""
        texts = tuple(clean(str(said(wording(language)))) for language in LANGUAGES)
        return self._number(texts[0] if len(set(texts)) == 1 else texts)

    def _number(self, text: str | tuple[str, ...]) -> int:
        return self._numbers.setdefault(text, len(self._numbers))
