"""Reasons in the words of the reader: what speaks for a pair, what is missing, what to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from integrator import data
from integrator.ranking.reasons import Texts
from integrator.ranking.scorecard import STATES as PLACES
from integrator.text.remarks import together
from integrator.wording import by_language

if TYPE_CHECKING:
    import pandas as pd

    from integrator.ranking.arrays import Positions
    from integrator.ranking.reasons import Reasons

FILE = "ranking/words.csv"
STATES = ("met", "failed", "unknown")


Sentences = dict[str, list[tuple[int, str, str]]]
"""By state, in the order of the scorecard: place there, criterion, text."""


def reason_words(reasons: Reasons, language: str) -> dict[str, list[str]]:
    """By state what is said of each pair in one text, see `sentences`; each different sentence is made once."""
    made = Texts()
    said = {state: np.zeros(reasons.state.shape, dtype=np.intp) for state in STATES}
    for i, criterion in enumerate(reasons.criteria):
        for state in STATES:
            templates = _templates_of(criterion.feature, state, language)
            if any(templates):
                pairs = np.flatnonzero(reasons.state[:, i] == PLACES.index(state))
                said[state][pairs, i] = _numbers_of(templates, reasons, pairs, i, made)
    column = {criterion.feature: i for i, criterion in enumerate(reasons.criteria)}
    same, near, related = (column[name] for name in ("part_same", "part_near", "part_related"))
    said["met"][said["met"][:, same] > 0, near] = 0
    said["failed"][said["met"][:, related] > 0, near] = 0
    return {state: _joined(numbers, made.values) for state, numbers in said.items()}


def _numbers_of(templates: _Templates, reasons: Reasons, pairs: Positions, column: int, made: Texts) -> Positions:
    """What templates say of some pairs, as numbers of texts; 0 where it cannot be said."""
    need, supplier = (
        reasons.quotes[name][pairs, column] if f"{{{name.removesuffix('_value')}}}" in "".join(templates) else 0
        for name in ("need_value", "supplier_value")
    )
    texts = reasons.texts.values
    both, place = np.unique(need * len(texts) + supplier + np.zeros(len(pairs), dtype=np.intp), return_inverse=True)
    sides = zip(*(side.tolist() for side in np.divmod(both, len(texts))), strict=True)
    found = [templates.sentence(texts[one], texts[other]) for one, other in sides]
    return made.numbers(found)[place] if found else np.zeros(0, dtype=np.intp)


def _joined(numbers: Positions, texts: Sequence[str]) -> list[str]:
    """The sentences of each row in one text, each once."""
    known: dict[tuple[int, ...], str] = {}
    found = []
    for row in map(tuple, numbers.tolist()):
        if row not in known:
            known[row] = together(dict.fromkeys(texts[i] for i in row))
        found.append(known[row])
    return found


class _Templates(NamedTuple):
    """What is said of a criterion in one state."""

    usual: str
    same: str
    """Where both values are one concept by the lexicon, of which one is only named among other words."""

    def sentence(self, need: str, supplier: str) -> str:
        """The text about two values; "" when there is none, or a value of it is blank."""
        template = self.same if self.same and need and _label(need) == _label(supplier) else self.usual
        unknown = ("{need}" in template and not need) or ("{supplier}" in template and not supplier)
        return "" if unknown else template.format(need=need, supplier=supplier)


def _label(quoted: str) -> str:
    """The name of a concept, without the words as received behind it."""
    return quoted.partition(" (")[0]


def _templates_of(feature: str, state: str, language: str) -> _Templates:
    known = _templates(language)
    return _Templates(known.get((feature, state), ""), known.get((feature, "same"), "") if state == "met" else "")


@lru_cache(maxsize=3)
def _templates(language: str) -> Mapping[tuple[str, str], str]:
    return {(row["feature"], row["state"]): by_language(row, FILE)[language] for row in data.rows(FILE)}


def sentences(reasons: pd.DataFrame, language: str) -> dict[tuple[str, str], Sentences]:
    """What is said of each pair (need, supplier), criterion by criterion.

    Texts follow the order of the scorecard; a criterion whose two values are blank is not asked about.
    """
    listed = (*data.rows("ranking/scorecard.csv"), *data.rows("ranking/scorecard_meaning.csv"))
    order = {row["feature"]: i for i, row in enumerate(listed)}
    texts: dict[tuple[str, str], Sentences] = {}
    columns = ("need_id", "supplier_id", "criterion", "state", "need_value", "supplier_value")
    for need_id, supplier_id, criterion, state, need, supplier in zip(
        *(reasons[column].tolist() for column in columns), strict=True
    ):
        said = texts.setdefault((need_id, supplier_id), {name: [] for name in STATES})
        if sentence := _templates_of(criterion, state, language).sentence(need, supplier):
            said[state].append((order[criterion], criterion, sentence))
    for said in texts.values():
        if any(name == "part_same" for _, name, _ in said["met"]):
            said["met"] = [item for item in said["met"] if item[1] != "part_near"]
        if any(name == "part_related" for _, name, _ in said["met"]):
            said["failed"] = [item for item in said["failed"] if item[1] != "part_near"]
        for items in said.values():
            items.sort()
    return texts


def found_by_meaning_alone(language: str) -> str:
    """What is said of a pair that no word, concept or code brought together."""
    return next(
        by_language(row, FILE)[language]
        for row in data.rows(FILE)
        if (row["feature"], row["state"]) == ("wording_meaning", "alone")
    )
