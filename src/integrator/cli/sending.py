"""Commands that send results to people: packs, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import job_config

app = typer.Typer()


@app.command()
def packs(
    out: Annotated[Path, typer.Argument(help="Folder to write.")],
    by: Annotated[str, typer.Option(help="actor, buyer or region.")] = "actor",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier packs.")] = False,
) -> None:
    """Write one workbook a receiver, with the sheets that concern it."""
    from integrator import pipeline, run_folder

    run_folder.check_target(out, force)
    count = run_folder.write_packs(pipeline.run(job_config(job, None, None, ["none"], False)), out, by, force)
    typer.echo(f"{count} packs in {out}")


@app.command()
def status(
    sheet: Annotated[str, typer.Argument(help="Id of the sheet, e.g. FP-N001.")],
    stands: Annotated[
        str | None, typer.Argument(metavar="[STATUS]", help="Status to record; shown when left out.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; asked for when a project is dropped.")] = "",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
) -> None:
    """Record where a project stands, or show all that was said of it."""
    from integrator import circulation, pipeline
    from integrator.store import Store

    config = job_config(job, None, None, ["none"], False)
    store = Store(config.base / config.store.path)
    if stands is not None:
        known = set(pipeline.run(config).tables["opportunities"]["sheet_id"])
        circulation.set_status(store, known, sheet, stands, reason, config.run_date)
    typer.echo(circulation.history_text(store, sheet))
