"""Forms that name several things: every one is listed with what was decided, and nothing else is.

A form is a label as the finder compares it: folded, without number, gender, article and small words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from integrator.errors import Problem
from integrator.taxonomy.model import Taxonomy
from integrator.taxonomy.validation.faults import fault as _fault
from integrator.taxonomy.words import key

FILE = "ambiguous.csv"
Decisions = Sequence[Mapping[str, str]]
"""Lines with `form`, `concepts` (by blanks), `decision`, `reason`, `status`, `reviewed`."""
BY_ROLE, ALL, NEVER, KEPT = "by_role", "all", "never", "kept"
DECISIONS = {
    BY_ROLE: "its concepts are of several kinds, and the column it stands in tells which is meant",
    ALL: "several of its concepts are of one kind, and all of them are found",
    NEVER: "it says too little to be found alone",
    KEPT: "it is short or also an ordinary word, and is found all the same",
}
"""What can be decided about a form."""


def form_faults(taxonomy: Taxonomy, decisions: Decisions) -> Iterator[Problem]:
    """Forms that are ambiguous and not listed, lines whose form is not so any more, and decisions that do not fit."""
    meanings = _meanings(taxonomy)
    listed = Counter(row["form"] for row in decisions)
    for form, concepts in meanings.items():
        if len(concepts) > 1 and form not in listed:
            named = ", ".join(sorted(concepts))
            yield _fault(FILE, form, "ambiguous", f"it names {named}", "move a label, or list it with a decision")
    for row in decisions:
        if listed[row["form"]] > 1:
            yield _fault(FILE, row["form"], "form_twice", "the form stands twice")
        yield from _line_faults(taxonomy, row, meanings.get(row["form"], set()))


def _line_faults(taxonomy: Taxonomy, row: Mapping[str, str], found: set[str]) -> Iterator[Problem]:
    form, decision, listed = row["form"], row["decision"], set(row["concepts"].split())
    if decision not in DECISIONS or not row["reason"]:
        yield _fault(FILE, form, "decision", f"a decision is one of {', '.join(DECISIONS)}, with its reason")
    elif decision in (NEVER, KEPT):
        if not found or not found <= listed:
            yield _fault(FILE, form, "unambiguous", f"the form names {_named(found)}, not {_named(listed)}")
    elif found != listed or len(found) < 2:
        yield _fault(FILE, form, "unambiguous", f"the form names {_named(found)}, not {_named(listed)}")
    else:
        most = max(Counter(taxonomy.kind(concept) for concept in found).values())
        if (decision == BY_ROLE) != (most == 1):
            yield _fault(FILE, form, "decision", f"{decision}: {DECISIONS[decision]}; that is not so")


def _meanings(taxonomy: Taxonomy) -> dict[str, set[str]]:
    meanings: dict[str, set[str]] = defaultdict(set)
    for label in taxonomy.labels:
        form = " ".join(key(label.text, taxonomy.fillers))
        if form and label.concept in taxonomy.concepts:
            meanings[form].add(label.concept)
    return meanings


def _named(concepts: set[str]) -> str:
    return ", ".join(sorted(concepts)) or "nothing"
