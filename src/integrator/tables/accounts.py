"""What a run says of itself: problems, unknown terms, coverage, recall."""

from __future__ import annotations

from integrator.tables.contract import table

PROBLEMS = table(
    "problems",
    key="file sheet row column code raw",
    columns="severity code file sheet row:integer column message action raw",
)

UNKNOWN_TERMS = table(
    "unknown_terms",
    key="term_id",
    columns=(
        "term_id term field side state language spellings:integer rows:integer needs:integer suppliers:integer "
        "value:number currency no_value:integer other_currency:integer proposed score:number proposals example"
    ),
    about=(
        "state: nothing (no concept in the line) or no_component (no part where a part should be named); language: "
        "as in coverage, the most frequent; spellings: ways of writing that are one term after folding; needs, "
        "value, no_value, other_currency: of the needs that say it, blank for a supplier's term; proposals: up to "
        "three concepts with their likeness (0-1), the first also in proposed and score"
    ),
)

COVERAGE = table(
    "coverage",
    key="side field language step",
    columns="side field language step lines:integer share:number",
    about=(
        "field, language: `all` stands for their sum; step: the surest that found a concept in the line, or none. "
        "The steps of a side, field and language add up; no_component and no_process stand beside them"
    ),
)

RECALL = table(
    "recall",
    key="language",
    columns="language needs:integer pairs:integer found:integer recall:number",
    about=(
        "of the judged pairs of grade 3 or 4, how many are among the ranked actors of their need; language: that of "
        "the need's name, or all; recall is blank where there is no such pair"
    ),
)
