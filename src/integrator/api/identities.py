"""Rows that may be one company: they are proposed, and people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from integrator import intake, normalization
from integrator.api.job import Job, configured, store_of
from integrator.errors import UsageError
from integrator.records import IdentityDecision

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from integrator.errors import Problem


@dataclass(frozen=True)
class ProposedIdentities:
    """Pairs of supplier rows to decide on; `str()` is what `integrator identities list` prints."""

    pairs: pd.DataFrame
    """Columns as the table `duplicates`, the likeliest first."""
    notes: tuple[Problem, ...]
    """How many more there are."""
    decided: int
    """Decisions in the store."""

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def __repr__(self) -> str:
        return f"<integrator.ProposedIdentities: {len(self.pairs)} pairs>"

    def _lines(self) -> Iterator[str]:
        for row in self.pairs.to_dict("records"):
            agree = ", ".join(f"{name}: {row[f'{name}_agrees'] or 'unknown'}" for name in ("city", "group", "trade"))
            weights = f" ({row['weights']})" if row["weights"] else ""
            yield (
                f"{row['supplier_id']} {row['name']!r} ({row['cell']}) and {row['other_id']} {row['other_name']!r}"
                f" ({row['other_cell']}): {row['score']:.2f} by {row['evidence']}{weights}; agree: {agree}"
            )
        yield from map(str, self.notes)
        yield f"{len(self.pairs)} pairs to decide, {self.decided} decisions in the store"


def proposed_identities(job: Job = None, *, most: int | None = None) -> ProposedIdentities:
    """The pairs of supplier rows of a job that may be one company, the likeliest first, with the evidence.

    `most` = pairs listed, 0 for all, None for as many as a run lists. Nothing is matched.
    """
    inputs = intake.read(configured(job, judgements=[]))
    records, _, _ = normalization.joined(inputs.records["supplier"], inputs.decisions)
    found, more = normalization.proposed_duplicates(records, inputs.decisions, most)
    pairs = found.sort_values("score", ascending=False, kind="stable", ignore_index=True)
    return ProposedIdentities(pairs, tuple(more), len(inputs.decisions))


def decide_identity(
    supplier_id: str, other_id: str, verdict: Literal["same", "different"], *, by: str, reason: str = "",
    job: Job = None,
) -> IdentityDecision:  # fmt: skip
    """Record that two supplier rows are one company, or are not; a later decision replaces an earlier one.

    Raises `UsageError` for an id that the job does not have, one and the same row, or another verdict.
    """
    if verdict not in ("same", "different"):
        raise UsageError(f"{verdict}: choose same or different.")
    config = configured(job, judgements=[])
    known = {record.get("supplier_id") for record in intake.read(config).records["supplier"]}
    for identifier in (supplier_id, other_id):
        if identifier not in known:
            raise UsageError(f"{identifier}: no supplier of this job has that id.")
    if supplier_id == other_id:
        raise UsageError(f"{supplier_id}: name two different rows.")
    decision = IdentityDecision(supplier_id, other_id, verdict, by, config.run_date, reason)
    store_of(config).add_identity_decision(decision)
    return decision
