"""Commands that run a job: match, check, explain, measure, train."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from integrator.cli.options import (
    AsJson,
    Boms,
    Candidates,
    Hidden,
    Job,
    Judgements,
    Needs,
    NoCache,
    Semantic,
    Strict,
    Suppliers,
    Trade,
    Values,
    Workers,
    exit_strictly,
    explain_question,
    headings_asked,
    job_config,
    one_process_only,
    progress_bar,
    say_unchanged,
    show,
)

app = typer.Typer()


@app.command()
def run(
    job: Job = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    boms: Boms = None,
    values: Values = None,
    trade: Trade = None,
    out: Annotated[Path | None, typer.Option(help="Run folder.")] = None,
    lang: Annotated[str | None, typer.Option(help="fr, en or ar.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Actors shown on a sheet.")] = None,
    sheets: Annotated[
        int | None, typer.Option(min=0, help="Best opportunities that get a sheet; 0 = no workbook of sheets.")
    ] = None,
    candidates: Candidates = None,
    ranker: Annotated[str | None, typer.Option(help="auto, scorecard, or a trained ranker.")] = None,
    engine: Annotated[str | None, typer.Option(help="local, or spark (needs the extra `spark` and Java).")] = None,
    spark_work: Annotated[
        Path | None, typer.Option(help="With spark: folder that every machine reaches under the same path.")
    ] = None,
    semantic: Semantic = None,
    max_memory: Annotated[
        str | None,
        typer.Option(help="What the run may take, as 500MB or 2GB; refused when it cannot.", show_default=False),
    ] = None,
    workers: Workers = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier run.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    include_hidden: Hidden = False,
    no_cache: NoCache = False,
) -> None:
    """Match suppliers to needs and write the project sheets."""
    import integrator
    from integrator import pipeline, run_folder

    config = job_config(
        job, suppliers=suppliers, needs=needs, judgements=judgements, boms=boms, values=values, trade=trade, out=out,
        lang=lang, top=top, sheets=sheets, candidates=candidates, ranker=ranker, engine=engine, spark_work=spark_work,
        semantic=semantic, max_memory=max_memory, workers=workers, include_hidden=include_hidden, no_cache=no_cache,
    )  # fmt: skip
    run_folder.check_target(config.out, force)
    one_process_only(config)
    with progress_bar() as progress:
        done = integrator.run(config, progress=progress)
        progress("write", len(pipeline.STAGES), len(pipeline.STAGES))
        done.write(force=force)
    say_unchanged(done)
    show(done, as_json)
    exit_strictly(strict, done)


@app.command()
def check(
    job: Job = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    boms: Boms = None,
    values: Values = None,
    trade: Trade = None,
    strict: Strict = False,
    as_json: AsJson = False,
    include_hidden: Hidden = False,
    no_cache: NoCache = False,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help='"Heading=field", or "Heading=" to leave a column out; repeatable.'),
    ] = None,
    save_mapping: Annotated[
        bool, typer.Option("--save-mapping", help="Keep what --map says for sheets with the same headings.")
    ] = False,
) -> None:
    """Read and validate every input; nothing is matched, and no more kept than the cache and --save-mapping say."""
    import integrator
    from integrator.errors import UsageError

    asked = headings_asked(mapping or [])
    if save_mapping and not asked:
        raise UsageError('--save-mapping: say what to keep with --map "Heading=field".')
    config = job_config(
        job, suppliers=suppliers, needs=needs, judgements=judgements, boms=boms, values=values, trade=trade,
        include_hidden=include_hidden, no_cache=no_cache,
    )  # fmt: skip
    checked = integrator.check(config, mapping=asked, save_mapping=save_mapping)
    say_unchanged(checked)
    show(checked, as_json)
    exit_strictly(strict, checked)


@app.command()
def explain(
    need: Annotated[str, typer.Argument(help="Id of the need.", show_default=False)] = "",
    supplier: Annotated[str, typer.Argument(help="Id of the supplier.", show_default=False)] = "",
    value: Annotated[
        str,
        typer.Option(help="In place of a pair: id of a need, or `portfolio`; traces each number.", show_default=False),
    ] = "",
    figure: Annotated[
        list[str] | None, typer.Option(help="With --value: a figure or table to narrow it to; repeatable.")
    ] = None,
    against: Annotated[
        str, typer.Option(help="Id of another supplier of the same need to compare with.", show_default=False)
    ] = "",
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    boms: Boms = None,
    values: Values = None,
    trade: Trade = None,
    lang: Annotated[str | None, typer.Option(help="fr, en or ar.")] = None,
    candidates: Candidates = None,
    ranker: Annotated[str | None, typer.Option(help="auto, scorecard, or a trained ranker.")] = None,
    semantic: Semantic = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Say why a pair has its score and rank; or, with --value, where each number of a need's sheet comes from."""
    explain_question(need, supplier, value, figure, against)
    import integrator

    config = job_config(
        job, suppliers=suppliers, needs=needs, judgements=["none"], boms=boms, values=values, trade=trade, lang=lang,
        candidates=candidates, ranker=ranker, semantic=semantic, no_cache=no_cache,
    )  # fmt: skip
    run = integrator.run(config)
    show(run.explain_value(value, figure or ()) if value else run.explain(need, supplier, against), as_json)


@app.command()
def evaluate(
    job: Job = None,
    query: Annotated[
        str, typer.Option(help="all, full (component, processes, materials), fr or en (name only).")
    ] = "all",
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    ranker: Annotated[str | None, typer.Option(help="auto, scorecard, or a trained ranker.")] = None,
    names: Annotated[
        Path | None, typer.Option(help="Table of need_id and component: other names, alone, in place of the needs.")
    ] = None,
    semantic: Semantic = None,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Measure the ranking on judged pairs; a ranker trained on them is fitted anew without the needs it is asked."""
    import integrator

    config = job_config(
        job, suppliers=suppliers, needs=needs, judgements=judgements, ranker=ranker, semantic=semantic,
        no_cache=no_cache,
    )  # fmt: skip
    show(integrator.evaluate(config, query=query, names=names), as_json)


@app.command()
def train(
    path: Annotated[Path, typer.Argument(help="Ranker to write, e.g. ranker.json.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    semantic: Semantic = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    no_cache: NoCache = False,
    as_json: AsJson = False,
) -> None:
    """Train a ranker on judged pairs, those of imported reviews too; it keeps what needs held out prove."""
    import integrator
    from integrator import training

    training.check_target(path, force)
    config = job_config(
        job, suppliers=suppliers, needs=needs, judgements=judgements, semantic=semantic, no_cache=no_cache
    )
    ranker = integrator.train(config, progress=lambda stage: typer.echo(f"{stage} ...", err=True))
    ranker.save(path, force)
    show(ranker, as_json)
