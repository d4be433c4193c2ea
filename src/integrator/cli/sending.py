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
    by: Annotated[str, typer.Option(help="actor, buyer, region or project.")] = "actor",
    level: Annotated[str, typer.Option(help="Who will read them: public, members or restricted.")] = "members",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace earlier packs.")] = False,
) -> None:
    """Write one workbook a receiver, with the sheets that concern it and what its level may see."""
    import integrator
    from integrator import run_folder

    run_folder.check_target(out, force, "packs")
    count = integrator.run(job_config(job, judgements=["none"])).packs(out, by, level, force)
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
    import integrator

    if bool(sheet) == listed or (sheet == "import" and stands is None):
        raise integrator.UsageError("status: name a sheet, or --list, or import and a file.")
    if listed or stands is None:
        typer.echo(integrator.statuses(job_config(job), sheet_id=sheet))
    elif sheet == "import":
        typer.echo(f"{integrator.import_statuses(stands, job_config(job), by=by)} statuses recorded")
    else:
        typer.echo(integrator.set_status(sheet, stands, job_config(job), reason=reason, owner=owner, due=due, by=by))
