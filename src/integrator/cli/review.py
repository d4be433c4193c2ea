"""Commands of a review: pairs out, decisions back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    AsJson,
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
    blind: Annotated[
        bool, typer.Option("--blind", help="Without scores, grades and reasons, in an order that tells no rank.")
    ] = False,
    reviewer: Annotated[
        str, typer.Option(help="Who will answer: leaves out what this person answered, and that alone.")
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the workbook of pairs to judge; those decided on already are left out, unless reviewers disagree."""
    from integrator import judging, pipeline
    from integrator.errors import OutputError, UsageError
    from integrator.records import AskedPair
    from integrator.review import WAYS, Choice, Form, batch, today, write_review
    from integrator.store import Store

    if by not in WAYS:
        raise UsageError(f"--by {by}: choose among {', '.join(WAYS)}.")

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = job_config(job)
    store = Store(config.base / config.store.path)
    judged = frozenset() if again else frozenset(judging.settled(store.judgements(), reviewer))
    tables = pipeline.run(config).tables
    known = set(zip(tables["matches"]["need_id"], tables["matches"]["supplier_id"], strict=True))
    choice, form = Choice(by, limit, judged), Form(blind, reviewer)
    pairs = write_review(path, tables, config.output.lang, config.run_date, choice, config.output.notice, form)
    run, day = batch(tables), today().isoformat()
    store.add_asked(AskedPair(need, supplier, run, reviewer, day) for need, supplier in pairs)
    left = (
        f", {len(judged & known)} decided on already are not asked again (--again asks them)" if judged & known else ""
    )
    typer.echo(f"{path}: written, {len(pairs)} pairs by {by}{left}")


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
    from integrator import pipeline
    from integrator.errors import InputRefused
    from integrator.review import Import, questions, read_review, today
    from integrator.store import Store

    config = job_config(job)
    asked = questions(pipeline.run(config).tables)
    judged, problems = read_review(path, asked, Import(today(), force, reviewer))
    if refused := [problem for problem in problems if problem.severity == "refused"]:
        raise InputRefused(refused)
    for problem in problems:
        typer.echo(str(problem), err=True)
    aside = sum(problem.severity == "set_aside" for problem in problems)
    if strict and aside:
        typer.echo(f"nothing taken: {aside} rows are set aside")
        raise typer.Exit(4)
    added = Store(config.base / config.store.path).add_judgements(judged)
    typer.echo(f"{len(judged)} decisions read, {added} new, {aside} rows set aside")
    if unnamed := sum(not one.judged_by for one in judged):
        typer.echo(f"{unnamed} decisions name no reviewer: all unnamed ones count as one person (--reviewer)", err=True)


@app.command("status")
def review_status(
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Say how far the review is, and how far reviewers agree."""
    from integrator.review import state, state_data, state_text
    from integrator.store import Store

    config = job_config(job)
    store = Store(config.base / config.store.path)
    found = state(store.asked(), store.judgements())
    typer.echo(json.dumps(state_data(found), ensure_ascii=False, indent=2) if as_json else state_text(found))
