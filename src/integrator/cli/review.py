"""Commands of a review: pairs out, decisions back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    job_config,
)

app = typer.Typer(no_args_is_help=True, help="Send pairs out for review and take the decisions back.")


@app.command("export")
def review_export(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the workbook of pairs to judge."""
    from integrator import pipeline
    from integrator.errors import OutputError
    from integrator.review import write_review

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = job_config(job, None, None, None, False)
    write_review(path, pipeline.run(config).tables, config.output.lang, config.run_date)
    typer.echo(f"{path}: written")


@app.command("import")
def review_import(
    path: Annotated[Path, typer.Argument(help="Workbook that came back.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Take what still fits of a workbook of an older run.")] = False,
) -> None:
    """Take the decisions of a reviewed workbook into the store."""
    from integrator import pipeline
    from integrator.errors import InputRefused
    from integrator.review import batch, read_review
    from integrator.store import Store

    config = job_config(job, None, None, None, False)
    tables = pipeline.run(config).tables
    known = set(zip(tables["matches"]["need_id"], tables["matches"]["supplier_id"], strict=True))
    judged, problems = read_review(path, known, "" if force else batch(tables))
    for problem in problems:
        typer.echo(str(problem), err=True)
    if any(problem.severity == "refused" for problem in problems):
        raise InputRefused(problem for problem in problems if problem.severity == "refused")
    added = Store(config.base / config.store.path).add_judgements(judged)
    typer.echo(f"{len(judged)} decisions read, {added} new, {len(problems)} rows set aside")


@app.command("status")
def review_status(job: Annotated[Path | None, typer.Option(help="Job file.")] = None) -> None:
    """Say how many decisions the store holds."""
    from integrator.store import Store

    config = job_config(job, None, None, None, False)
    judged = Store(config.base / config.store.path).judgements()
    unsure = sum(one.grade is None for one in judged)
    typer.echo(f"{len(judged)} decisions in the store, {unsure} of them unsure")
