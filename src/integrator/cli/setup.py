"""Commands of a new installation: a job file, what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import AsJson, Job

app = typer.Typer()


@app.command()
def init(path: Annotated[Path, typer.Argument(help="Job file to write.")] = Path("integrator.toml")) -> None:
    """Write a commented job file."""
    import integrator

    integrator.init(path)
    typer.echo(f"{path}: written; edit the paths, then: integrator run {path}")


@app.command()
def doctor(job: Job = None, as_json: AsJson = False) -> None:
    """Say what is installed, what is missing, what it is needed for and how to get it; 1 when a plain run may fail."""
    import json

    import integrator

    found = integrator.doctor(job)
    typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=2) if as_json else found)
    if not found.ok:
        raise typer.Exit(1)
