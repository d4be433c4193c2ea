"""A ranking is measured on judged pairs, and learned from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator import evaluation, training
from integrator.api import html
from integrator.api.job import Job, Paths, configured, path_of
from integrator.api.printing import as_kind

if TYPE_CHECKING:
    from integrator.ranking import TrainedRanker


@dataclass(frozen=True, repr=False)
class Report(evaluation.Report):
    """How good a ranking is on judged pairs; `str()` is what `integrator evaluate` prints."""

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return f"<integrator.Report: {len(self.needs)} needs judged, {self.pairs} pairs>"

    def _repr_html_(self) -> str:
        return html.block("Evaluation", html.text(self.summary()))


class Ranker:
    """A trained ranker with its card; `save` it, then name the file as `ranker` of a job."""

    def __init__(self, trained: TrainedRanker) -> None:
        self._trained = trained

    @property
    def card(self) -> dict[str, Any]:
        """What it was trained on, when, and what was measured."""
        return dict(self._trained.card)

    def save(self, path: str | Path, force: bool = False) -> Path:
        """Write it to a file; `force` replaces one that is there. Raises `OutputError` when it cannot be written."""
        target = path_of(path)
        training.check_target(target, force)
        self._trained.save(target)
        return target

    def summary(self) -> str:
        """What `integrator train` prints."""
        return training.card_text(self._trained)

    def as_dict(self) -> dict[str, Any]:
        """What `integrator train --json` prints: the card."""
        return self.card

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return f"<integrator.Ranker: {self.card['rung']}, {self.card['judgements']['used']} judged pairs>"

    def _repr_html_(self) -> str:
        return html.block("Trained ranker", html.text(self.summary()))


def evaluate(
    job: Job = None, *, query: str = "all", suppliers: Paths = None,
    needs: Paths = None, judgements: Paths = None, ranker: str | Path | None = None,
    names: str | Path | None = None, semantic: bool | None = None, no_cache: bool = False,
) -> Report:  # fmt: skip
    """Measure the ranking on the judged pairs of the job.

    `query` says what of a need is asked: all, full (component, processes, materials), fr or en (the name alone).
    `names` is a table of need_id and component: other names, alone, in place of the needs. A ranker that was trained on
    these judgements is fitted anew without the needs it is asked. Raises `UsageError` when nothing is judged.
    """
    config = configured(
        job, suppliers=suppliers, needs=needs, judgements=judgements, ranker=ranker, semantic=semantic,
        no_cache=no_cache,
    )  # fmt: skip
    found = evaluation.evaluate(config, query, names=None if names is None else path_of(names, "names"))
    return as_kind(Report, found)


def train(
    job: Job = None, *, suppliers: Paths = None, needs: Paths = None, judgements: Paths = None,
    semantic: bool | None = None, no_cache: bool = False, progress: Callable[[str], None] | None = None,
) -> Ranker:  # fmt: skip
    """Train a ranker on the judged pairs of the job and of its store; nothing is written, see `Ranker.save`.

    `progress` is told the stage at hand. Raises `UsageError` when fewer than 20 pairs or 5 needs are judged.
    """
    config = configured(
        job, suppliers=suppliers, needs=needs, judgements=judgements, semantic=semantic, no_cache=no_cache
    )
    return Ranker(training.train(config, progress or (lambda _: None)))
