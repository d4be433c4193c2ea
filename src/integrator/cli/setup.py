"""Commands of a new installation: a job file, what is installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def init(path: Annotated[Path, typer.Argument(help="Job file to write.")] = Path("integrator.toml")) -> None:
    """Write a commented job file."""
    import integrator

    integrator.init(path)
    typer.echo(f"{path}: written; edit the paths, then: integrator run {path}")


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and what it is needed for."""
    import integrator

    typer.echo(integrator.doctor())
