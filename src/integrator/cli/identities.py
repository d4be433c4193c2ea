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
    from integrator import intake, normalization

    inputs = intake.read(job_config(job, judgements=["none"]))
    records, _, _ = normalization.joined(inputs.records["supplier"], inputs.decisions)
    found, more = normalization.proposed_duplicates(records, inputs.decisions, most)
    for row in found.sort_values("score", ascending=False, kind="stable").to_dict("records"):
        agree = ", ".join(f"{name}: {row[f'{name}_agrees'] or 'unknown'}" for name in ("city", "group", "trade"))
        weights = f" ({row['weights']})" if row["weights"] else ""
        typer.echo(
            f"{row['supplier_id']} {row['name']!r} ({row['cell']}) and {row['other_id']} {row['other_name']!r}"
            f" ({row['other_cell']}): {row['score']:.2f} by {row['evidence']}{weights}; agree: {agree}"
        )
    for note in more:
        typer.echo(str(note))
    typer.echo(f"{len(found)} pairs to decide, {len(inputs.decisions)} decisions in the store")


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
    from integrator import intake
    from integrator.errors import UsageError
    from integrator.records import IdentityDecision
    from integrator.store import Store

    config = job_config(job, judgements=["none"])
    known = {record.get("supplier_id") for record in intake.read(config).records["supplier"]}
    for identifier in (supplier, other):
        if identifier not in known:
            raise UsageError(f"{identifier}: no supplier of this job has that id.")
    if supplier == other:
        raise UsageError(f"{supplier}: name two different rows.")
    decision = IdentityDecision(supplier, other, verdict, by, config.run_date, reason)
    Store(config.base / config.store.path).add_identity_decision(decision)
    typer.echo(f"{supplier} and {other}: {verdict}")
