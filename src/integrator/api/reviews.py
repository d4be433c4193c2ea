"""Pairs go out for review, and the decisions come back into the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator import judging, pipeline, review
from integrator.api import html
from integrator.api.files import free
from integrator.api.job import Job, configured, path_of, store_of
from integrator.api.printing import as_kind
from integrator.errors import InputRefused, UsageError
from integrator.records import AskedPair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from integrator.errors import Problem


@dataclass(frozen=True)
class ExportedReview:
    """A workbook that went out."""

    path: Path
    pairs: tuple[tuple[str, str], ...]
    """Need id and supplier id of each pair that it asks about."""
    by: str
    left_out: int
    """Pairs of the run that are decided on already."""

    def __str__(self) -> str:
        left = f", {self.left_out} decided on already are not asked again (--again asks them)" if self.left_out else ""
        return f"{self.path}: written, {len(self.pairs)} pairs by {self.by}{left}"


@dataclass(frozen=True)
class ImportedReview:
    """A workbook that came back."""

    read: int
    """Decisions that it holds."""
    added: int
    """Those that were new to the store."""
    problems: tuple[Problem, ...]
    """Rows that were set aside, and headings that say nothing to a review."""
    taken: bool
    """False: strict was asked for, a row was set aside, and nothing was taken."""
    unnamed: int
    """Decisions that name no reviewer."""

    @property
    def set_aside(self) -> int:
        """Rows of which nothing was taken."""
        return _set_aside(self.problems)

    def __str__(self) -> str:
        if not self.taken:
            return f"nothing taken: {self.set_aside} rows are set aside"
        return f"{self.read} decisions read, {self.added} new, {self.set_aside} rows set aside"


@dataclass(frozen=True, repr=False)
class ReviewStatus(review.State):
    """How far a review is and how far reviewers agree; `str()` is what `integrator review status` prints."""

    def as_dict(self) -> dict[str, Any]:
        """What `integrator review status --json` prints."""
        return review.state_data(self)

    def __str__(self) -> str:
        return review.state_text(self)

    def __repr__(self) -> str:
        return f"<integrator.ReviewStatus: {self.decisions} decisions>"

    def _repr_html_(self) -> str:
        return html.block("Review", html.text(str(self)))


def check_export(path: str | Path, by: str, force: bool) -> Path:
    """The workbook to write. Raises `UsageError` for another `by`, `OutputError` when it is there already."""
    if by not in review.WAYS:
        raise UsageError(f"--by {by}: choose among {', '.join(review.WAYS)}.")
    return free(path, force)


def export(
    run: pipeline.Run, path: Path, *, by: str, limit: int, again: bool, blind: bool, reviewer: str
) -> ExportedReview:
    """Write the pairs of a run to judge, and keep in the store what was asked, see `Run.export_review`."""
    if limit < 1:
        raise UsageError(f"limit: {limit} is less than 1.")
    output, tables, store = run.config.output, run.tables, store_of(run.config)
    judged = frozenset() if again else frozenset(judging.settled(store.judgements(), reviewer))
    matches = tables["matches"]
    known = set(zip(matches["need_id"], matches["supplier_id"], strict=True))
    choice, form = review.Choice(by, limit, judged), review.Form(blind, reviewer)
    pairs = review.write_review(path, tables, output.lang, run.config.run_date, choice, output.notice, form)
    mark, day = review.batch(tables), review.today().isoformat()
    store.add_asked(AskedPair(need, supplier, mark, reviewer, day) for need, supplier in pairs)
    return ExportedReview(path, tuple(pairs), by, len(judged & known))


def import_review(
    path: str | Path, job: Job = None, *, reviewer: str = "", force: bool = False, strict: bool = False
) -> ImportedReview:
    """Take the decisions of a reviewed workbook (xlsx, ods or csv) into the store of the job.

    `reviewer` answers for rows that name nobody; `force` takes what still fits of a workbook of an older run; `strict`
    takes all rows or none. Raises `InputRefused` when the workbook cannot be taken at all.
    """
    config = configured(job)
    asked = review.questions(pipeline.run(config).tables)
    judged, problems = review.read_review(path_of(path), asked, review.Import(review.today(), force, reviewer))
    if refused := [problem for problem in problems if problem.severity == "refused"]:
        raise InputRefused(refused)
    unnamed = sum(not one.judged_by for one in judged)
    if strict and _set_aside(problems):
        return ImportedReview(len(judged), 0, tuple(problems), False, unnamed)
    added = store_of(config).add_judgements(judged)
    return ImportedReview(len(judged), added, tuple(problems), True, unnamed)


def _set_aside(problems: Iterable[Problem]) -> int:
    return sum(problem.severity == "set_aside" for problem in problems)


def review_status(job: Job = None) -> ReviewStatus:
    """How far the review of a job is, and how far its reviewers agree; nothing is matched."""
    store = store_of(configured(job))
    return as_kind(ReviewStatus, review.state(store.asked(), store.judgements()))
