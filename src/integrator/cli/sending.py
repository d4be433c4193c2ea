"""Commands that send results to people: packs, status."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import job_config

app = typer.Typer()


@app.command()
def packs(
    out: Annotated[Path, typer.Argument(help="Folder to write.")],
    by: Annotated[str, typer.Option(help="actor, buyer, region or project.")] = "actor",
    level: Annotated[str, typer.Option(help="Who will read them: public, members or restricted.")] = "members",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier packs.")] = False,
) -> None:
    """Write one workbook a receiver, with the sheets that concern it and what its level may see."""
    from integrator import pipeline, run_folder

    run_folder.check_target(out, force, "packs")
    run = pipeline.run(job_config(job, judgements=["none"]))
    count = run_folder.write_packs(run, out, by, level, force)
    typer.echo(f"{count} packs in {out}, level {level}")


@app.command()
def status(
    sheet: Annotated[
        str, typer.Argument(help="Id of the sheet, e.g. FP-N001; or `import`, to read a list.", show_default=False)
    ] = "",
    stands: Annotated[
        str | None, typer.Argument(metavar="[STATUS]", help="Status to record; shown when left out. Or the list.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", "--note", help="Why, or a remark; asked for when a project is dropped.")
    ] = "",
    owner: Annotated[str, typer.Option(help="Who does the next step.")] = "",
    due: Annotated[str, typer.Option(help="Day by which it is done, e.g. 2026-12-31.")] = "",
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Show where every project stands.")] = False,
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
) -> None:
    """Record where a project stands, or show all that was said of it; `status import FILE` takes a whole list."""
    from integrator import circulation, pipeline
    from integrator.errors import UsageError
    from integrator.records import ProjectStatus
    from integrator.store import Store
    from integrator.wording import wording

    if bool(sheet) == listed or (sheet == "import" and stands is None):
        raise UsageError("status: name a sheet, or --list, or import and a file.")
    config = job_config(job, judgements=["none"])
    store = Store(config.base / config.store.path)
    if listed:
        typer.echo(circulation.list_text(store, wording(config.output.lang)))
        return
    if stands is not None:
        said_on = config.run_date or datetime.date.today().isoformat()  # noqa: DTZ011 (the day where it is said)
        known = set(pipeline.run(config).tables["opportunities"]["sheet_id"])
        if sheet == "import":
            latest = {one.sheet_id: one for one in store.statuses()}
            said = circulation.read_statuses(Path(stands), latest, known, said_on, by, config.limits.limits())
            typer.echo(f"{store.add_statuses(said)} statuses recorded")
            return
        said_now = ProjectStatus(sheet, stands, reason, said_on, owner, due, by)
        circulation.set_status(store, known, said_now)
    typer.echo(circulation.history_text(store, sheet))
