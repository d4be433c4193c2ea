"""Commands of the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    job_config,
)

app = typer.Typer(no_args_is_help=True, help="The lexicon of the trade: check it, list unknown terms.")


@app.command("check")
def terms_check() -> None:
    """Validate the shipped lexicon."""
    from integrator.errors import InputRefused
    from integrator.taxonomy import load
    from integrator.taxonomy.validation import validate

    taxonomy = load()
    problems = validate(taxonomy)
    if problems:
        raise InputRefused(problems)
    typer.echo(f"{len(taxonomy.concepts)} concepts, {len(taxonomy.labels)} labels, no fault")


@app.command("unknown")
def terms_unknown(
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Terms to print.")] = 50,
) -> None:
    """List the terms in which no concept was found, the most frequent first."""
    from integrator import pipeline

    unknown = pipeline.run(job_config(job, None, None, ["none"], False)).unknown_terms.head(limit)
    for term, field, rows, proposed, score, how, _ in unknown.itertuples(index=False, name=None):
        guess = f"  (like {proposed}, {score:.2f}, {how})" if proposed else ""
        typer.echo(f"{rows:4}  {field:22} {term}{guess}")
