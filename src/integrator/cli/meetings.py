"""The agenda of a buyer-supplier day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from integrator.cli.options import job_config

app = typer.Typer()


@app.command()
def meetings(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")],
    slots: Annotated[int, typer.Option(min=1, help="Slots in all.")] = 8,
    days: Annotated[int, typer.Option(min=1, help="Days over which the slots are spread.")] = 1,
    tables: Annotated[int | None, typer.Option(min=1, help="Meetings at the same time.")] = None,
    per_buyer: Annotated[int | None, typer.Option(min=1, help="Most meetings a buyer.")] = None,
    per_supplier: Annotated[int | None, typer.Option(min=1, help="Most meetings a supplier.")] = None,
    participants: Annotated[
        Path | None,
        typer.Option(help="Who comes: participant_id, side, unavailable_slots, most_meetings; all when left out."),
    ] = None,
    requests: Annotated[
        Path | None, typer.Option(help="Who asks whom: buyer, supplier_id, asked_by, priority.")
    ] = None,
    only_requests: Annotated[bool, typer.Option("--only-requests", help="Propose nothing nobody asked for.")] = False,
    unmatched: Annotated[bool, typer.Option("--unmatched", help="Plan requests without a match too.")] = False,
    fair: Annotated[bool, typer.Option("--fair/--no-fair", help="Few meetings come before many.")] = True,
    start: Annotated[str | None, typer.Option(help="Time of the first slot, e.g. 09:00.")] = None,
    minutes: Annotated[int, typer.Option(min=1, help="Length of a slot.")] = 20,
    pause: Annotated[
        list[str] | None, typer.Option("--break", help="SLOT:MINUTES, a break after that slot of a day; repeatable.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="fr, en or ar.")] = None,
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    level: Annotated[str, typer.Option(help="Who will read it: members or restricted.")] = "members",
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the best agenda of meetings between named buyers and able actors."""
    import integrator
    from integrator.api.agenda import Asked, check

    asked: dict[str, Any] = {
        "slots": slots, "days": days, "tables": tables, "per_buyer": per_buyer, "per_supplier": per_supplier,
        "participants": participants, "requests": requests, "only_requests": only_requests, "unmatched": unmatched,
        "fair": fair, "start": start, "minutes": minutes, "breaks": pause or (), "level": level,
    }  # fmt: skip
    check(path, Asked(**asked), force)  # before the job is run
    run = integrator.run(job_config(job, judgements=["none"], lang=lang))
    typer.echo(run.agenda(path, **asked, force=force, on_problem=lambda problem: typer.echo(str(problem), err=True)))
