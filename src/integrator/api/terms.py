"""The lexicon of the trade is checked; unknown terms go out, and the decisions come back as the project's own words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from integrator import normalization, own_terms, pipeline, summaries
from integrator.api.job import Job, configured, path_of
from integrator.errors import InputRefused, UsageError
from integrator.taxonomy import load
from integrator.taxonomy.overlay import append, read_overlay
from integrator.taxonomy.validation import read_nomenclature, unknown_codes, validate

if TYPE_CHECKING:
    import pandas as pd

PRINTED = 50
"""Terms printed when no number is named."""


@dataclass(frozen=True)
class ExportedTerms:
    """A workbook of unknown terms that went out."""

    path: Path
    written: int
    found: int
    """All terms without a concept, or that name no part where one is expected."""

    def __str__(self) -> str:
        return f"{self.path}: {self.written} of {self.found} terms written"


@dataclass(frozen=True)
class ImportedTerms:
    """A workbook of decided terms that came back."""

    file: Path
    """The project's own words."""
    added: int
    already: int
    blank: int
    """Rows without a decision."""
    said: str

    def __str__(self) -> str:
        return f"{self.file}: {self.said}"


def unknown(run: pipeline.Run) -> pd.DataFrame:
    """The terms of a run without a concept, those that block most first."""
    return normalization.ranked(run.tables["unknown_terms"])


def unknown_text(run: pipeline.Run, limit: int | None) -> str:
    """What `integrator terms unknown` prints."""
    return summaries.terms_text(unknown(run), limit or PRINTED, len(load(run.config.terms).ignored))


def export(run: pipeline.Run, path: Path, limit: int | None, lang: Literal["fr", "en", "ar"] | None) -> ExportedTerms:
    """Write the workbook to decide in, see `Run.export_terms`."""
    config = run.config.with_changes({"output": {"lang": lang or run.config.output.lang}}, "arguments")
    terms = unknown(run)
    shown = terms.head(limit or own_terms.LIMIT)
    output = config.output
    own_terms.write_terms(path, shown, load(config.terms), output.lang, config.run_date, output.notice)
    return ExportedTerms(path, len(shown), len(terms))


def check_lexicon(nomenclature: str | Path | None = None) -> str:
    """Validate the shipped lexicon and say how large it is. Raises `InputRefused` with every fault.

    `nomenclature` is a full list of tariff codes with a column `code`, in which every code that is used must be.
    """
    taxonomy = load()
    problems = validate(taxonomy)
    if nomenclature is not None:
        path = path_of(nomenclature, "nomenclature")
        problems += unknown_codes(taxonomy, read_nomenclature(path), path.name)
    if problems:
        raise InputRefused(problems)
    links = sum(len(targets) for targets in taxonomy.links.values())
    return f"{len(taxonomy.concepts)} concepts, {len(taxonomy.labels)} labels, {links} links, no fault"


def check_own(job: Job = None) -> str:
    """Validate the project's own words and say how many they are; "" when there are none. Raises `InputRefused`."""
    terms = configured(job).terms
    if not terms or not terms.exists():
        return ""
    shipped, own = load(), load(terms)
    concepts, labels = len(own.concepts) - len(shipped.concepts), len(own.labels) - len(shipped.labels)
    return f"{terms}: {concepts} concepts, {labels} labels, {len(own.ignored)} ignored terms, no fault"


def check_terms(job: Job = None, *, nomenclature: str | Path | None = None) -> str:
    """What `integrator terms check` prints: the shipped lexicon, then the project's own words where there are any.

    Raises `InputRefused` with every fault.
    """
    return "\n".join(filter(None, (check_lexicon(nomenclature), check_own(job))))


def import_terms(path: str | Path, job: Job = None, *, by: str = "") -> ImportedTerms:
    """Take the decisions on unknown terms into the project's own words, all of them or none.

    `by` = who decided. Raises `UsageError` when the job keeps no words of its own, `InputRefused` with every fault.
    """
    config = configured(job, judgements=[])
    if config.terms is None:
        raise UsageError("the job keeps no words of its own: name a file in [knowledge] terms.")
    terms, known = pipeline.said_terms(config), read_overlay(config.terms)
    found = own_terms.read_terms(path_of(path), terms, known, load(config.terms), by, config.run_date)
    if found.rows:
        append(config.terms, found.rows)
    return ImportedTerms(config.terms, len(found.rows), found.already, found.blank, found.summary())
