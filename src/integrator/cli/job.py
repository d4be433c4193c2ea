"""Commands that run a job: match, check, explain, measure, train."""

from __future__ import annotations

import os
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
    Semantic,
    Strict,
    Suppliers,
    Trade,
    Values,
    Workers,
    exit_strictly,
    explain_question,
    given,
    headings_asked,
    job_config,
    one_process_only,
    progress_bar,
    ranker_from_base,
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
    candidates: Candidates = None,
    ranker: Annotated[str | None, typer.Option(help="auto, scorecard, or a trained ranker.")] = None,
    engine: Annotated[str | None, typer.Option(help="local, or spark (needs the extra `spark` and Java).")] = None,
    spark_work: Annotated[
        Path | None, typer.Option(help="With spark: folder that every machine reaches under the same path.")
    ] = None,
    semantic: Semantic = None,
    workers: Workers = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier run.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    include_hidden: Hidden = False,
) -> None:
    """Match suppliers to needs and write the project sheets."""
    from integrator import pipeline, run_folder, summaries

    config = job_config(job, suppliers, needs, judgements, include_hidden, boms=boms, values=values, trade=trade)
    config = config.with_changes(
        {
            "output": given(folder=os.path.relpath(out, config.base) if out else None, lang=lang, top=top),
            "matching": given(
                candidates=candidates, ranker=ranker_from_base(ranker, config.base), engine=engine, semantic=semantic
            ),
            "spark": given(artifact=os.path.relpath(spark_work, config.base) if spark_work else None),
            "resources": given(workers=workers),
        }
    )
    run_folder.check_target(config.out, force)
    one_process_only(config)
    with progress_bar() as progress:
        done = pipeline.run(config, progress)
        progress("write", len(pipeline.STAGES), len(pipeline.STAGES))
        run_folder.write(done, config.out, force)
    show(summaries.run_data(done, config.out), summaries.run_text(done, config.out), as_json)
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
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", help='"Heading=field", or "Heading=" to leave a column out; repeatable.'),
    ] = None,
    save_mapping: Annotated[
        bool, typer.Option("--save-mapping", help="Keep what --map says for sheets with the same headings.")
    ] = False,
) -> None:
    """Read and validate every input; match and write nothing but the headings that --save-mapping keeps."""
    from integrator import intake, summaries
    from integrator.errors import UsageError
    from integrator.store import Store

    asked = headings_asked(mapping or [])
    if save_mapping and not asked:
        raise UsageError('--save-mapping: say what to keep with --map "Heading=field".')
    config = job_config(job, suppliers, needs, judgements, include_hidden, boms=boms, values=values, trade=trade)
    inputs = intake.read(config, asked)
    if save_mapping:
        Store(config.base / config.store.path).add_mappings(inputs.mapped)
    show(summaries.check_data(inputs), summaries.check_text(inputs), as_json)
    exit_strictly(strict, inputs)


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
    as_json: AsJson = False,
) -> None:
    """Say why a pair has its score and rank; or, with --value, where each number of a need's sheet comes from."""
    explain_question(need, supplier, value, figure, against)
    from integrator import explaining, pipeline

    config = job_config(job, suppliers, needs, ["none"], False, boms=boms, values=values, trade=trade)
    matching = given(candidates=candidates, ranker=ranker_from_base(ranker, config.base), semantic=semantic)
    run = pipeline.run(config.with_changes({"output": given(lang=lang), "matching": matching}))
    if value:
        traced = explaining.explain_value(run, value, tuple(figure or ()))
        show(explaining.value_data(traced), explaining.value_text(traced), as_json)
        return
    explained = explaining.explain(run, need, supplier, against)
    show(explaining.explanation_data(explained), explaining.explanation_text(explained), as_json)


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
    as_json: AsJson = False,
) -> None:
    """Measure the ranking on judged pairs; a ranker trained on them is fitted anew without the needs it is asked."""
    from integrator import evaluation

    config = job_config(job, suppliers, needs, judgements, False)
    config = config.with_changes({"matching": given(ranker=ranker_from_base(ranker, config.base), semantic=semantic)})
    report = evaluation.evaluate(config, query, names=names)
    show(report.as_dict(), report.summary(), as_json)


@app.command()
def train(
    path: Annotated[Path, typer.Argument(help="Ranker to write, e.g. ranker.json.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    semantic: Semantic = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train a ranker on judged pairs, those of imported reviews too; it keeps what needs held out prove."""
    from integrator import training

    training.check_target(path, force)
    config = job_config(job, suppliers, needs, judgements, False)
    config = config.with_changes({"matching": given(semantic=semantic)})
    ranker = training.train(config, lambda stage: typer.echo(f"{stage} ...", err=True))
    ranker.save(path)
    show(dict(ranker.card), training.card_text(ranker), as_json)
