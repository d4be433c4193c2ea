"""Commands that send results to people: packs, meetings, status."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    given,
    job_config,
)

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

    run_folder.check_target(out, force)
    run = pipeline.run(job_config(job, None, None, ["none"], False))
    count = run_folder.write_packs(run, out, by, level, force)
    typer.echo(f"{count} packs in {out}, level {level}")


@app.command()
def meetings(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")],
    slots: Annotated[int, typer.Option(min=1, help="Slots of the day.")] = 8,
    tables: Annotated[int | None, typer.Option(min=1, help="Meetings at the same time.")] = None,
    per_supplier: Annotated[int | None, typer.Option(min=1, help="Most meetings a supplier.")] = None,
    participants: Annotated[
        Path | None, typer.Option(help="Who comes: participant_id, side, unavailable_slots; all when left out.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="fr, en or ar.")] = None,
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the best agenda of meetings between named buyers and able actors."""
    from integrator import meetings as agenda
    from integrator import pipeline
    from integrator.errors import OutputError

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = job_config(job, None, None, ["none"], False).with_changes({"output": given(lang=lang)})
    run = pipeline.run(config)
    needs, weights = run.tables["needs"], agenda.weights(run.tables["needs"], run.tables["matches"])
    unavailable: frozenset[tuple[str, int]] = frozenset()
    if participants:
        buyers, ids = (
            set(needs.loc[needs["named_buyer"] == "yes", "buyer"]),
            set(run.tables["suppliers"]["supplier_id"]),
        )
        coming, problems = agenda.read_participants(participants, slots, buyers, ids, config.limits.limits())
        for problem in problems:
            typer.echo(str(problem), err=True)
        weights, unavailable = agenda.attending(weights, coming), agenda.unavailable(coming)
    planned = agenda.plan(weights, agenda.Rules(slots, tables, per_supplier, unavailable))
    names = dict(zip(run.tables["suppliers"]["supplier_id"], run.tables["suppliers"]["name"], strict=True))
    agenda.write_agenda(path, planned, names, config.output.lang, config.run_date, config.output.notice)
    typer.echo(f"{path}: {len(planned)} meetings of {len(weights)} possible pairs")


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
    config = job_config(job, None, None, ["none"], False)
    store = Store(config.base / config.store.path)
    if listed:
        typer.echo(circulation.list_text(store, wording(config.output.lang)))
        return
    if stands is not None:
        known = set(pipeline.run(config).tables["opportunities"]["sheet_id"])
        if sheet == "import":
            latest = {one.sheet_id: one for one in store.statuses()}
            said = circulation.read_statuses(Path(stands), latest, known, config.run_date, by, config.limits.limits())
            typer.echo(f"{store.add_statuses(said)} statuses recorded")
            return
        said_now = ProjectStatus(sheet, stands, reason, config.run_date, owner, due, by)
        circulation.set_status(store, known, said_now)
    typer.echo(circulation.history_text(store, sheet))
