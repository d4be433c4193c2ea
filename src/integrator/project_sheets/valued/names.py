"""What figures, inputs, notes and agreements are called for a reader, by language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from integrator import data
from integrator.wording import wording

INPUTS, WORDS, NOTES = "valuation/inputs.csv", "valuation/input_words.csv", "valuation/note_words.csv"
_HOLE = re.compile(r"\{([a-z]+)\}")


class Names:
    """The names of one language; what has none is called as it stands."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._listed = wording(language).listed
        name = f"name_{language}"
        self._figures = {row["figure"]: row[name] for row in data.rows("valuation/figures.csv")}
        self._agreements = {row["agreement"]: row[name] for row in data.rows("valuation/origin_agreements.csv")}
        self.rates: Mapping[str, str] = {row["rate"]: row[name] for row in data.rows("valuation/rates.csv")}
        words = {row["input"]: row[name] for file in (INPUTS, WORDS) for row in data.rows(file)}
        self._inputs = {one: text for one, text in words.items() if not _HOLE.search(one)}
        self._input_patterns = _patterns(words)
        notes = {row["note"]: row[language] for row in data.rows(NOTES)}
        self._notes = {one: text for one, text in notes.items() if not _HOLE.search(one)}
        self._note_patterns = _patterns(notes)
        self._fillings: Mapping[str, Callable[[str], str]] = {
            "input": self.input,
            "inputs": lambda text: self._listed(map(self.input, text.split(", "))),
            "figures": lambda text: self._listed(map(self.figure, text.split(", "))),
            "concepts": lambda text: self._listed(map(self.concept, re.split("; ?|, ", text))),
        }

    def figure(self, name: str) -> str:
        """A line of `figures.csv`."""
        return self._figures.get(name, name)

    def agreement(self, name: str) -> str:
        """An agreement of origin."""
        return self._agreements.get(name, name)

    def input(self, name: str) -> str:
        """An input, as the columns `input` and `missing` name it."""
        return self._inputs.get(name) or self._matched(name, self._input_patterns) or name

    def inputs(self, names: Iterable[str]) -> str:
        """Several inputs, each once, with commas between them."""
        return self._listed(dict.fromkeys(map(self.input, names)))

    def note(self, text: str) -> str:
        """A note of a figure."""
        return self._notes.get(text) or self._matched(text, self._note_patterns) or text

    def _matched(self, text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
        for pattern, template in patterns:
            match = pattern.fullmatch(text)
            if match:
                return template.format_map({kind: self._filled(kind, said) for kind, said in match.groupdict().items()})
        return ""

    def _filled(self, kind: str, text: str) -> str:
        return self._fillings[kind](text) if kind in self._fillings else text

    def concept(self, concept: str) -> str:
        """A concept of the lexicon."""
        return _labels(self.language).get(concept, concept)


def _patterns(words: Mapping[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Names with holes as patterns, in file order."""
    return tuple(
        (re.compile(_HOLE.sub(lambda hole: f"(?P<{hole[1]}>.+)", _escaped(name))), text)
        for name, text in words.items()
        if _HOLE.search(name)
    )


def _escaped(name: str) -> str:
    """A name with everything but its holes escaped."""
    return "".join(part if _HOLE.fullmatch(part) else re.escape(part) for part in re.split(r"(\{[a-z]+\})", name))


@lru_cache(maxsize=3)
def _labels(language: str) -> Mapping[str, str]:
    """The shown name of every concept of the lexicon."""
    return {
        row["concept"]: row["text"]
        for row in data.rows("taxonomy/labels.csv")
        if row["lang"] == language and row["type"] == "pref"
    }


@lru_cache(maxsize=3)
def names(language: str) -> Names:
    """The names of a language."""
    return Names(language)
