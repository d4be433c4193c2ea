"""The agenda of a buyer-supplier day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
    from integrator import meetings as agenda
    from integrator import pipeline, run_folder
    from integrator.errors import OutputError, Problem, UsageError

    if level == "public":
        raise UsageError("--level public: an agenda names buyers: choose members or restricted.")

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    clock = agenda.clock(slots, days, start, minutes, pause or [])
    config = job_config(job, judgements=["none"], lang=lang)
    run, limits = pipeline.run(config), config.limits.limits()
    seen = run_folder.seen_tables(run, level)
    needs, suppliers = seen["needs"], seen["suppliers"]
    coming, wishes = None, None
    problems: tuple[Problem, ...] = ()
    if participants:
        buyers = set(needs.loc[needs["named_buyer"] == "yes", "buyer"])
        coming, problems = agenda.read_participants(participants, slots, buyers, set(suppliers["supplier_id"]), limits)
    if requests:
        wishes, doubts = agenda.read_requests(requests, agenda.Known.of(needs, suppliers), limits)
        problems = (*problems, *doubts)
    for problem in problems:
        typer.echo(str(problem), err=True)
    rules = agenda.Rules(slots, tables, per_supplier, per_buyer=per_buyer, days=days)
    choices = agenda.Choices(fair, only_requests, unmatched)
    salon = agenda.hold(needs, suppliers, seen["matches"], rules, coming, wishes, choices)
    people = agenda.people(suppliers)
    output, unread = config.output, [each for each in problems if each.code.startswith("request_")]
    agenda.write_agenda(path, salon, people, clock, output.lang, config.run_date, output.notice, unread)
    typer.echo(f"{path}: {agenda.summary(salon)}")
