"""A finished run in the reader's hands: tables, explanations, text, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from integrator import explaining, parts, pipeline, run_folder, summaries
from integrator.api import agenda, html, reviews, terms
from integrator.api.explained import Explanation, ValueExplanation
from integrator.api.files import free
from integrator.api.job import path_of
from integrator.api.printing import as_kind
from integrator.api.run_tables import Tables, WithTables
from integrator.errors import UsageError

if TYPE_CHECKING:
    from integrator.api.agenda import Agenda
    from integrator.api.reviews import ExportedReview
    from integrator.api.terms import ExportedTerms
    from integrator.config import Config
    from integrator.errors import Problem
    from integrator.records import SheetCount

_ACTOR = {"reasons": "met", "missing": "failed", "questions": "unknown"}
"""Columns of the table of matches under the names that a state has."""
_SHOWN = ["rank", "supplier_id", "name", "city", "grade", "score", "probability", "met", "failed", "unknown"]


class Run(WithTables):
    """What `integrator.run` found; nothing is on disk until `write`."""

    def __init__(self, found: pipeline.Run) -> None:
        super().__init__(Tables(found.tables))
        self._found = found
        self._written: Path | None = None

    @property
    def config(self) -> Config:
        """The job as it was run."""
        return self._found.config

    @property
    def counts(self) -> tuple[SheetCount, ...]:
        """The accounting of each sheet that was read: rows == used + set_aside."""
        return self._found.counts

    @property
    def problem_list(self) -> tuple[Problem, ...]:
        """Every problem, sorted by its place; as a table: `problems`."""
        return self._found.problems

    @property
    def files(self) -> dict[str, str]:
        """Name of each input file -> sha256 of its bytes."""
        return dict(self._found.files)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Input files that an earlier run had read already, taken from the cache."""
        return self._found.unchanged

    def actors(self, need_id: str, top: int | None = None) -> pd.DataFrame:
        """The ranked actors of one need; `top` = the first so many.

        Columns: rank, supplier_id, name, city, grade (0-4), score (points of 100), probability (of grade 2 or more, NaN
        where it was not learned), and in words of the run's language what is met, failed and unknown. Raises
        `UsageError` when the run has no such need.
        """
        needs = set(self._found.tables["needs"]["need_id"])
        if need_id not in needs:
            raise UsageError(f"no need has the id {need_id!r}: see the table needs.")
        if top is not None and top < 1:
            raise UsageError(f"top: {top} is less than 1.")
        matches = parts.of_needs(self._found.tables, "matches", [need_id])
        ranked = matches[matches["supplier_id"] != ""].rename(columns=_ACTOR).sort_values("rank", kind="stable")
        told = ranked.merge(self._found.tables["suppliers"][["supplier_id", "name", "city"]], how="left")
        return told[_SHOWN].head(len(told) if top is None else top).reset_index(drop=True)

    def explain(self, need_id: str, supplier_id: str, against: str = "") -> Explanation:
        """Why a supplier has its score and rank for a need; `against` = another supplier of the need to compare with.

        Raises `UsageError` when the run has no such need, supplier or match.
        """
        return as_kind(Explanation, explaining.explain(self._found, need_id, supplier_id, against))

    def explain_value(self, need_id: str = "portfolio", figures: str | Sequence[str] = ()) -> ValueExplanation:
        """Where each number of a need's sheet, or of the portfolio, comes from; `figures` = only these.

        Raises `UsageError` for an unknown need, figure or table.
        """
        only = (figures,) if isinstance(figures, str) else tuple(figures)
        return as_kind(ValueExplanation, explaining.explain_value(self._found, need_id, only))

    def write(self, out: str | Path | None = None, force: bool = False) -> Path:
        """Write the run folder, whole or not at all, and say where: `out`, else the folder that the job names.

        `force` replaces an earlier run there. Raises `OutputError` when the folder exists and may not be replaced, or
        cannot be written.
        """
        folder = self.config.out if out is None else path_of(out, "out")
        run_folder.write(self._found, folder, force)
        self._written = folder
        return folder

    def packs(
        self, out: str | Path, by: str = "actor",
        level: str = "members", force: bool = False,
    ) -> int:  # fmt: skip
        """Write one workbook a receiver with what its level may see, and a circulation list; how many comes back.

        `by` is actor, buyer, region or project; `level` public, members or restricted: who will read them.
        `force` replaces earlier packs. Raises `UsageError` for another `by` or `level`, and where the level may see
        nothing; `OutputError` as `write` does.
        """
        return run_folder.write_packs(self._found, path_of(out, "out"), by, level, force)

    def agenda(
        self, path: str | Path, *, slots: int = 8, days: int = 1, tables: int | None = None,
        per_buyer: int | None = None, per_supplier: int | None = None, participants: str | Path | None = None,
        requests: str | Path | None = None, only_requests: bool = False, unmatched: bool = False, fair: bool = True,
        start: str | None = None, minutes: int = 20, breaks: Sequence[str] = (),
        level: str = "members", force: bool = False,
        on_problem: Callable[[Problem], None] | None = None,
    ) -> Agenda:  # fmt: skip
        """Write the best agenda of meetings between named buyers and able actors, as `integrator meetings` does.

        `slots` in all over `days`, of `minutes` from `start` ("09:00"), with `breaks` as "SLOT:MINUTES"; `tables` =
        meetings at the same time; `level` members or restricted. `participants` and `requests` are the organizer's
        lists; `on_problem` is told of each of their problems as it is found, and all are in `Agenda.problems`. Raises
        `UsageError`, `InputRefused`, `OutputError`.
        """
        asked = agenda.Asked(
            slots, days, tables, per_buyer, per_supplier, participants, requests, only_requests, unmatched, fair, start,
            minutes, breaks, level,
        )  # fmt: skip
        return agenda.write(self._found, path, asked, force, on_problem or (lambda _: None))

    def export_review(
        self, path: str | Path, *, by: str = "head", limit: int = 600,
        again: bool = False, blind: bool = False, reviewer: str = "", force: bool = False,
    ) -> ExportedReview:  # fmt: skip
        """Write the workbook of pairs to judge, and keep in the store what was asked.

        `by` says which pairs, at most `limit`: head (first actors, then the border), uncertainty, value or mixed. Those
        decided on are left out unless reviewers disagree or they are asked `again`. `blind` leaves out scores, grades
        and reasons. `reviewer` = who will answer. Raises `OutputError` when the file is there already without `force`.
        """
        target = reviews.check_export(path, by, force)
        return reviews.export(self._found, target, by=by, limit=limit, again=again, blind=blind, reviewer=reviewer)

    def unknown_terms(self, limit: int | None = None) -> pd.DataFrame:
        """The terms without a concept, those that block most first; columns as the table `unknown_terms`."""
        found = terms.unknown(self._found)
        return found if limit is None else found.head(limit)

    def unknown_terms_text(self, limit: int | None = None) -> str:
        """What `integrator terms unknown` prints, 50 terms when no limit is named."""
        return terms.unknown_text(self._found, limit)

    def export_terms(
        self, path: str | Path, *, limit: int | None = None, lang: Literal["fr", "en", "ar"] | None = None,
        force: bool = False,
    ) -> ExportedTerms:  # fmt: skip
        """Write the unknown terms to a workbook to decide in, 1,000 when no limit is named; see `import_terms`."""
        return terms.export(self._found, free(path, force), limit, lang)

    def summary(self) -> str:
        """What `integrator run` prints: rows, problems, needs by outlook; once written, what to open too."""
        return summaries.run_text(self._found, self._written)

    def as_dict(self) -> dict[str, Any]:
        """What `integrator run --json` prints; `out` is None until the run is written."""
        return summaries.run_data(self._found, self._written)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        counts = [f"{self.tables.rows(name)} {name}" for name in ("suppliers", "needs", "matches")]
        return f"<integrator.Run: {', '.join(counts)}>"

    def _repr_html_(self) -> str:
        outlook = self.as_dict()["needs_by_outlook"]
        after = 'Next: run.actors("NEED"), run.explain("NEED", "SUPPLIER"), run.write().'
        if self._written:
            after = f"Open {summaries.to_open(self._found, self._written)}."
        return html.block(
            f"{self.tables.rows('needs')} needs, {self.tables.rows('suppliers')} suppliers",
            html.rows_read(self.counts),
            html.problems(self.problem_list),
            html.table(
                ("needs with", "count"),
                [("an actor of grade 3 or 4", outlook["actors"]), ("a convertible one", outlook["convertible"]),
                 ("none", outlook["none"])],
            ),
            html.paragraph(after),
        )  # fmt: skip
