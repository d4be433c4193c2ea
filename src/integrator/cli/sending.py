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
    sheet: Annotated[str, typer.Argument(help="Id of the sheet, e.g. FP-N001.")],
    stands: Annotated[
        str | None, typer.Argument(metavar="[STATUS]", help="Status to record; shown when left out.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", "--note", help="Why, or a remark; asked for when a project is dropped.")
    ] = "",
    owner: Annotated[str, typer.Option(help="Who does the next step.")] = "",
    due: Annotated[str, typer.Option(help="Day by which it is done, e.g. 2026-12-31.")] = "",
    by: Annotated[str, typer.Option(help="Who says so.")] = "",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
) -> None:
    """Record where a project stands, or show all that was said of it."""
    from integrator import circulation, pipeline
    from integrator.records import ProjectStatus
    from integrator.store import Store

    config = job_config(job, None, None, ["none"], False)
    store = Store(config.base / config.store.path)
    if stands is not None:
        known = set(pipeline.run(config).tables["opportunities"]["sheet_id"])
        circulation.set_status(store, known, ProjectStatus(sheet, stands, reason, config.run_date, owner, due, by))
    typer.echo(circulation.history_text(store, sheet))
