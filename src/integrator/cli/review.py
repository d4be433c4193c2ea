"""Commands of a review: pairs out, decisions back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    AsJson,
    job_config,
    show,
)

app = typer.Typer(no_args_is_help=True, help="Send pairs out for review and take the decisions back.")


@app.command("export")
def review_export(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    by: Annotated[
        str,
        typer.Option(
            help="head (first actors, then the border), uncertainty (where the ranking is unsure), "
            "value (where most is at stake) or mixed."
        ),
    ] = "head",
    limit: Annotated[int, typer.Option(min=1, help="Pairs in the workbook, at most.")] = 600,
    again: Annotated[bool, typer.Option("--again", help="Ask about pairs that the store holds a decision on too.")] = (
        False
    ),
    blind: Annotated[
        bool, typer.Option("--blind", help="Without scores, grades and reasons, in an order that tells no rank.")
    ] = False,
    reviewer: Annotated[
        str, typer.Option(help="Who will answer: leaves out what this person answered, and that alone.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the workbook of pairs to judge; those decided on already are left out, unless reviewers disagree."""
    import integrator
    from integrator.api.reviews import check_export

    check_export(path, by, force)  # before the job is run
    run = integrator.run(job_config(job))
    typer.echo(run.export_review(path, by=by, limit=limit, again=again, blind=blind, reviewer=reviewer, force=force))


@app.command("import")
def review_import(
    path: Annotated[Path, typer.Argument(help="Workbook that came back: xlsx, ods or csv.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    reviewer: Annotated[str, typer.Option(help="Who answered, where a row names nobody.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Take what still fits of a workbook of an older run.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Take all rows or none; exit with 4 when one is set aside.")
    ] = False,
) -> None:
    """Take the decisions of a reviewed workbook into the store."""
    import integrator

    found = integrator.import_review(path, job_config(job), reviewer=reviewer, force=force, strict=strict)
    for problem in found.problems:
        typer.echo(str(problem), err=True)
    typer.echo(found)
    if not found.taken:
        raise typer.Exit(4)
    if found.unnamed:
        typer.echo(
            f"{found.unnamed} decisions name no reviewer: all unnamed ones count as one person (--reviewer)", err=True
        )


@app.command("status")
def review_status(
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how far the review is, and how far reviewers agree."""
    import integrator

    show(integrator.review_status(job_config(job)), as_json)
