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
    from integrator.api.terms import check_lexicon, check_own

    typer.echo(check_lexicon(nomenclature))
    if own := check_own(job_config(job)):
        typer.echo(own)


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
    import integrator
    from integrator.api.files import free
    from integrator.errors import without_contacts

    if out:
        free(out, force)  # before the job is run
    run = integrator.run(job_config(job, judgements=["none"]))
    typer.echo(without_contacts(run.unknown_terms_text(limit)))
    if out:
        typer.echo(run.export_terms(out, limit=limit, lang=lang, force=force))


@app.command("import")
def terms_import(
    path: Annotated[Path, typer.Argument(help="Workbook that came back.")],
    job: JobOption = None,
    by: Annotated[str, typer.Option(help="Who decided.")] = "",
) -> None:
    """Take the decisions on unknown terms into the project's own words, all of them or none."""
    import integrator

    typer.echo(integrator.import_terms(path, job_config(job), by=by))
