"""Commands on rows that may be one company."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from integrator.cli.options import job_config

app = typer.Typer(no_args_is_help=True, help="Rows that may be one company: list them, decide.")
JobOption = Annotated[Path | None, typer.Option(help="Job file.")]


@app.command("list")
def list_proposals(
    job: JobOption = None,
    most: Annotated[
        int | None, typer.Option(help="Pairs listed, 0 for all; by default as many as a run lists.", min=0)
    ] = None,
) -> None:
    """List the pairs of supplier rows that may be one company, the likeliest first, with the evidence."""
    import integrator

    typer.echo(integrator.proposed_identities(job_config(job), most=most))


@app.command()
def decide(
    supplier: Annotated[str, typer.Argument(help="Id of one row.")],
    other: Annotated[str, typer.Argument(help="Id of the other row.")],
    verdict: Annotated[Literal["same", "different"], typer.Argument(help="same or different.")],
    by: Annotated[str, typer.Option(help="Who decided.")],
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    job: JobOption = None,
) -> None:
    """Record that two rows are one company, or are not; a later decision replaces an earlier one."""
    import integrator

    integrator.decide_identity(supplier, other, verdict, by=by, reason=reason, job=job_config(job))
    typer.echo(f"{supplier} and {other}: {verdict}")
