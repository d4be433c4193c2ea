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
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the workbook of pairs to judge; those decided on already are left out."""
    from integrator import pipeline
    from integrator.errors import OutputError, UsageError
    from integrator.review import WAYS, Choice, write_review
    from integrator.store import Store

    if by not in WAYS:
        raise UsageError(f"--by {by}: choose among {', '.join(WAYS)}.")

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = job_config(job, None, None, None, False)
    decided = () if again else Store(config.base / config.store.path).judgements()
    judged = frozenset((one.need_id, one.supplier_id) for one in decided)
    tables = pipeline.run(config).tables
    known = set(zip(tables["matches"]["need_id"], tables["matches"]["supplier_id"], strict=True))
    choice = Choice(by, limit, judged)
    pairs = write_review(path, tables, config.output.lang, config.run_date, choice, config.output.notice)
    left = (
        f", {len(judged & known)} decided on already are not asked again (--again asks them)" if judged & known else ""
    )
    typer.echo(f"{path}: written, {pairs} pairs by {by}{left}")


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
