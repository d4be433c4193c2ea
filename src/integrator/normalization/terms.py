"""Terms in which nothing was found, or no part: ranked by what they block, with what they may mean."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from integrator import tables
from integrator.normalization.coverage import languages
from integrator.normalization.saying import SaidLine
from integrator.records import Term
from integrator.text.fold import fold

if TYPE_CHECKING:
    import pandas as pd

    from integrator.meaning import Meaning
    from integrator.normalization.wordings import Wording
    from integrator.taxonomy import Taxonomy

State = Literal["nothing", "no_component"]
STATES: tuple[State, ...] = ("nothing", "no_component")
PROPOSALS = 3
Proposals = tuple[tuple[str, float], ...]
"""Concepts with their likeness, best first."""
Proposer = Callable[[str, int, Sequence[str]], Proposals]
"""Text, how many, roles -> proposals: `Taxonomy.propose`, or something that remembers its answers."""


def term_id(line: SaidLine) -> str:
    """A short id of what a line says in its field, whatever its spelling: the same in every run."""
    said = f"{line.side}.{line.field.name}|{fold(line.text)}"
    return f"T{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def state(line: SaidLine) -> State | None:
    """`nothing` where no concept was found, `no_component` where a line that should name a part names none."""
    if not line.links:
        return "nothing"
    return "no_component" if line.field.of_parts and "component" not in line.roles else None


@dataclass
class _Found:
    first: SaidLine
    state: State
    spellings: Counter[str] = field(default_factory=Counter)
    lines: int = 0
    example: str = ""
    """The first of its cells."""
    entities: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)


def unknown_terms(
    lines: Sequence[SaidLine],
    taxonomy: Taxonomy,
    opportunities: pd.DataFrame,
    meaning: Meaning | None = None,
    proposer: Proposer | None = None,
) -> pd.DataFrame:
    """`tables.UNKNOWN_TERMS`: every term without a concept that the project did not decide to ignore.

    `opportunities` gives the yearly value of the needs (`need_id`, `gross_value`, `currency`). A value is summed in one
    currency, that of most valued needs (ties by code); `no_value` and `other_currency` count the needs left out of the
    sum. With `meaning`, proposals compare meanings too; without it a `proposer` may stand in for the lexicon's own.
    What blocks which need is not known of a supplier's term: its needs and value are blank.
    """
    found: dict[str, _Found] = {}
    terms: dict[Wording, _Found | None] = {}  # what is written alike is one term
    for line, language in zip(lines, languages(lines), strict=True):
        if line.wording not in terms:
            terms[line.wording] = _term(line, taxonomy, found)
        term = terms[line.wording]
        if term is not None:
            cell = str(line.cell)
            term.example = cell if not term.lines else min(term.example, cell)
            term.lines += 1
            term.spellings[line.text] += 1
            term.entities.add(line.entity)
            term.languages[language] += 1
    valued = opportunities.dropna(subset=["gross_value"])[["need_id", "gross_value", "currency"]]
    values = {
        str(need): (float(value), str(currency)) for need, value, currency in valued.itertuples(index=False, name=None)
    }
    money = _main_currency(values)

    def propose(text: str, roles: Sequence[str]) -> Proposals:
        if proposer and meaning is None:
            return proposer(text, PROPOSALS, roles)
        return taxonomy.propose(text, PROPOSALS, roles, meaning)

    return tables.frame(tables.UNKNOWN_TERMS, [_row(key, term, propose, values, money) for key, term in found.items()])


def _term(line: SaidLine, taxonomy: Taxonomy, found: dict[str, _Found]) -> _Found | None:
    """The term of a line in which something lacks; None for any other line."""
    lacks = state(line)
    if not lacks or not fold(line.text) or fold(line.text) in taxonomy.ignored:
        return None
    term = found.setdefault(term_id(line), _Found(line, lacks))
    term.state = min(term.state, lacks, key=STATES.index)
    return term


def ranked(terms: pd.DataFrame) -> pd.DataFrame:
    """The terms in order of what they block.

    Those without any concept first; then by lines, by value (not known last), by term and field.
    """
    order = terms.assign(_state=terms["state"].map({name: i for i, name in enumerate(STATES)}))
    by = ["_state", "rows", "value", "term", "field"]
    order = order.sort_values(by, ascending=[True, False, False, True, True], na_position="last", ignore_index=True)
    return order.drop(columns="_state")


def _main_currency(values: Mapping[str, tuple[float, str]]) -> str:
    counts = Counter(currency for _, currency in values.values())
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _most(counts: Mapping[str, int]) -> str:
    """The most frequent one, ties by name."""
    return min(counts, key=lambda text: (-counts[text], text))


def _row(
    key: str,
    term: _Found,
    propose: Callable[[str, Sequence[str]], Proposals],
    values: Mapping[str, tuple[float, str]],
    money: str,
) -> dict[str, object]:
    side, name = term.first.side, term.first.field
    shown = _most(term.spellings)
    proposals = propose(shown, name.roles if term.state == "nothing" else ("component",))
    of_needs = side == "need"
    told = [values[need] for need in term.entities if need in values]
    own = sorted(value for value, currency in told if currency == money)
    return {
        "term_id": key,
        "term": shown,
        "field": f"{side}.{name.name}",
        "side": side,
        "state": term.state,
        "language": _most(term.languages),
        "spellings": len(term.spellings),
        "rows": term.lines,
        "needs": len(term.entities) if of_needs else None,
        "suppliers": None if of_needs else len(term.entities),
        "value": sum(own) if of_needs and own else None,
        "currency": money if of_needs and own else "",
        "no_value": len(term.entities) - len(told) if of_needs else None,
        "other_currency": len(told) - len(own) if of_needs else None,
        "proposed": proposals[0][0] if proposals else "",
        "score": proposals[0][1] if proposals else None,
        "proposals": " ".join(f"{concept}:{likeness:.2f}" for concept, likeness in proposals),
        "example": term.example,
    }


def said_terms(lines: Iterable[SaidLine]) -> dict[str, Term]:
    """Every term of a job by its id, whether a concept is found in it or not."""
    spellings: dict[str, SaidLine] = {}
    for line in {line.wording: line for line in lines}.values():
        key = term_id(line)
        known = spellings.setdefault(key, line)
        if line.text < known.text:
            spellings[key] = line
    return {
        key: Term(key, line.text, f"{line.side}.{line.field.name}", line.field.roles) for key, line in spellings.items()
    }
