"""The parts of an explanation, in plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contribution:
    """What one feature gives to a score, and what it compares."""

    feature: str
    name: str
    """The feature in the reader's language."""
    points: float
    weight: float | None
    """Points that the expert scorecard gives at most; None when it does not have the feature."""
    state: str
    """`met`, `failed` or `unknown`; "" when the feature is no criterion of the scorecard."""
    need_value: str = ""
    supplier_value: str = ""
    need_cell: str = ""
    supplier_cell: str = ""


@dataclass(frozen=True)
class Difference:
    """What one feature gives to the explained actor more than to the other one."""

    feature: str
    name: str
    points: float
    state: str
    """Of the explained actor; `other_state` of the other one."""
    other_state: str
    value: str
    """What the explained actor says; `other_value` the other one."""
    other_value: str


@dataclass(frozen=True)
class Comparison:
    """Two actors of one need, feature by feature."""

    supplier_id: str
    """The other actor."""
    name: str
    rank: int
    score: float
    difference: float
    """Score of the explained actor minus that of the other one: the sum of the points of `parts`."""
    parts: tuple[Difference, ...]
    """Largest first, whatever the sign; features that give both the same are left out."""


@dataclass(frozen=True)
class Counterfactual:
    """What the actor could state or change, and where it would stand then."""

    change: str
    text: str
    """A question ("Does it hold ...?") where it is not known, else the subject of a sentence ("Holding ...")."""
    is_question: bool
    score: float
    gain: float
    """Points more than now."""
    rank: int


@dataclass(frozen=True)
class Explanation:
    """One actor of one need: its score by feature, in words, beside others, and what would move it."""

    need_id: str
    component: str
    supplier_id: str
    name: str
    rank: int
    compared: int
    """Suppliers that were scored for this need."""
    score: float
    probability: float | None
    """Of grade 2 or more, where it was learned."""
    grade: int
    grade_basis: str
    conflict: str
    """What grade and probability say against each other; "" = nothing."""
    scorer: str
    language: str
    contributions: tuple[Contribution, ...]
    """Largest first, whatever the sign; the points sum to the score."""
    reasons: tuple[str, ...]
    """What speaks for the actor, at most three: those that give most points."""
    gaps: tuple[str, ...]
    questions: tuple[str, ...]
    beside: Comparison | None
    """With the actor just above, for the first with the one just below; None when it is alone."""
    against: Comparison | None
    """With the actor that was asked for."""
    counterfactuals: tuple[Counterfactual, ...]
    """Those that would move it up at least one place, the best rank first."""
