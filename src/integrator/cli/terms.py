"""Commands of the lexicon and of a project's own words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from integrator.cli.options import (
    job_config,
)

app = typer.Typer(no_args_is_help=True, help="The lexicon of the trade: check it, decide on unknown terms.")
JobOption = Annotated[Path | None, typer.Option(help="Job file.")]


@app.command("check")
def terms_check(
    job: JobOption = None,
    nomenclature: Annotated[
        Path | None, typer.Option(help="Full list of tariff codes with a column `code`: every code used must be in it.")
    ] = None,
) -> None:
    """Validate the shipped lexicon (ids, families, labels, links, tariff codes, ambiguous forms) and the own words."""
    from integrator.errors import InputRefused
    from integrator.taxonomy import load
    from integrator.taxonomy.validation import read_nomenclature, unknown_codes, validate

    taxonomy = load()
    problems = validate(taxonomy)
    if nomenclature:
        problems += unknown_codes(taxonomy, read_nomenclature(nomenclature), nomenclature.name)
    if problems:
        raise InputRefused(problems)
    links = sum(len(targets) for targets in taxonomy.links.values())
    typer.echo(f"{len(taxonomy.concepts)} concepts, {len(taxonomy.labels)} labels, {links} links, no fault")
    terms = job_config(job).terms
    if terms and terms.exists():
        own = load(terms)
        concepts, labels = len(own.concepts) - len(taxonomy.concepts), len(own.labels) - len(taxonomy.labels)
        typer.echo(f"{terms}: {concepts} concepts, {labels} labels, {len(own.ignored)} ignored terms, no fault")


@app.command("unknown")
def terms_unknown(
    job: JobOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Terms to list; 50 when printed, 1000 in a workbook.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Workbook to write, to decide in.")] = None,
    lang: Annotated[Literal["fr", "en", "ar"] | None, typer.Option(help="Language of the workbook.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the workbook.")] = False,
) -> None:
    """List the terms without a concept, those that block most first; with --out, in a workbook to decide in."""
    from integrator import normalization, own_terms, pipeline, summaries
    from integrator.errors import OutputError, without_contacts
    from integrator.taxonomy import load

    if out and out.exists() and not force:
        raise OutputError(f"{out}: exists already: give --force to replace it.")
    config = job_config(job, judgements=["none"])
    terms = normalization.ranked(pipeline.run(config).tables["unknown_terms"])
    taxonomy = load(config.terms)
    typer.echo(without_contacts(summaries.terms_text(terms, limit or 50, len(taxonomy.ignored))))
    if out:
        shown = terms.head(limit or own_terms.LIMIT)
        own_terms.write_terms(out, shown, taxonomy, lang or config.output.lang, config.run_date, config.output.notice)
        typer.echo(f"{out}: {len(shown)} of {len(terms)} terms written")


@app.command("import")
def terms_import(
    path: Annotated[Path, typer.Argument(help="Workbook that came back.")],
    job: JobOption = None,
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
) -> None:
    """Take the decisions on unknown terms into the project's own words, all of them or none."""
    from integrator import own_terms, pipeline
    from integrator.errors import UsageError
    from integrator.taxonomy import load
    from integrator.taxonomy.overlay import append, read_overlay

    config = job_config(job, judgements=["none"])
    if config.terms is None:
        raise UsageError("the job keeps no words of its own: name a file in [knowledge] terms.")
    terms, known = pipeline.said_terms(config), read_overlay(config.terms)
    found = own_terms.read_terms(path, terms, known, load(config.terms), by, config.run_date)
    if found.rows:
        append(config.terms, found.rows)
    typer.echo(f"{config.terms}: {found.summary()}")
