"""The steps from a text to a concept: what each is used for, as measured (`data/linking/steps.csv`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from integrator import data


@dataclass(frozen=True)
class Step:
    """One line of the table."""

    name: str
    use: str
    """`accepted`: the term is the concept; `named`: the concept stands among its words and counts for less;
    `proposed`: it is only shown to a person."""
    least: float
    """Least score from which it is used."""

    def counts(self, score: float) -> bool:
        """Whether a concept found by this step with this score counts in the matching."""
        return self.use != "proposed" and score >= self.least


@lru_cache(maxsize=1)
def steps() -> dict[str, Step]:
    """Every step by name, in the order they are tried."""
    return {row["step"]: Step(row["step"], row["use"], float(row["least"])) for row in data.rows("linking/steps.csv")}


def step(name: str) -> Step:
    """One step. Raises `KnowledgeError` when the table does not list it."""
    if name not in steps():
        raise data.KnowledgeError(f"linking/steps.csv: no line for the step {name!r}")
    return steps()[name]
