"""The command line: parse, call, print, exit status; no thinking."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integrator.config import Config
    from integrator.pipeline import Inputs, Run

app = typer.Typer(
    name="integrator", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Find who could make locally what the Moroccan automotive industry imports.",
)  # fmt: skip
review_app = typer.Typer(no_args_is_help=True, help="Send pairs out for review and take the decisions back.")
terms_app = typer.Typer(no_args_is_help=True, help="The lexicon of the trade: check it, list unknown terms.")
app.add_typer(review_app, name="review")
app.add_typer(terms_app, name="terms")

Job = Annotated[Path | None, typer.Argument(help="Job file; ./integrator.toml when left out.", show_default=False)]
Suppliers = Annotated[list[str] | None, typer.Option("--suppliers", help="File, folder or glob; repeatable.")]
Needs = Annotated[list[str] | None, typer.Option("--needs", help="File, folder or glob; repeatable.")]
Judgements = Annotated[list[str] | None, typer.Option("--judgements", help="File, folder or glob, or `none`.")]
Hidden = Annotated[bool, typer.Option("--include-hidden", help="Read hidden sheets too.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data, not a summary.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 4 when there are warnings or rows set aside.")]
Candidates = Annotated[int | None, typer.Option("--candidates", min=1, help="Suppliers scored a need.")]


@app.command()
def run(
    job: Job = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    out: Annotated[Path | None, typer.Option(help="Run folder.")] = None,
    lang: Annotated[str | None, typer.Option(help="fr or en.")] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Actors shown on a sheet.")] = None,
    candidates: Candidates = None,
    ranker: Annotated[str | None, typer.Option(help="auto, scorecard, or a trained ranker.")] = None,
    engine: Annotated[str | None, typer.Option(help="local, the only one so far.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier run.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    include_hidden: Hidden = False,
) -> None:
    """Match suppliers to needs and write the project sheets."""
    from integrator import pipeline, run_folder, summaries

    config = _config(job, suppliers, needs, judgements, include_hidden)
    config = config.with_changes(
        {
            "output": _given(folder=os.path.relpath(out, config.base) if out else None, lang=lang, top=top),
            "matching": _given(candidates=candidates, ranker=_ranker_from_base(ranker, config.base), engine=engine),
        }
    )
    run_folder.check_target(config.out, force)
    with _progress() as progress:
        done = pipeline.run(config, progress)
        progress("write", len(pipeline.STAGES), len(pipeline.STAGES))
        run_folder.write(done, config.out, force)
    _print(summaries.run_data(done, config.out), summaries.run_text(done, config.out), as_json)
    _exit_strictly(strict, done)


@app.command()
def check(
    job: Job = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    judgements: Judgements = None,
    strict: Strict = False,
    as_json: AsJson = False,
    include_hidden: Hidden = False,
) -> None:
    """Read and validate every input; match and write nothing."""
    from integrator import pipeline, summaries

    inputs = pipeline.read(_config(job, suppliers, needs, judgements, include_hidden))
    _print(summaries.check_data(inputs), summaries.check_text(inputs), as_json)
    _exit_strictly(strict, inputs)


@app.command()
def explain(
    need: Annotated[str, typer.Argument(help="Id of the need.")],
    supplier: Annotated[str, typer.Argument(help="Id of the supplier.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    suppliers: Suppliers = None,
    needs: Needs = None,
    candidates: Candidates = None,
) -> None:
    """Say why a pair has its score: each criterion, both values, their cells."""
    from integrator import explaining, pipeline

    config = _config(job, suppliers, needs, ["none"], False)
    config = config.with_changes({"matching": _given(candidates=candidates)})
    typer.echo(explaining.explain(pipeline.run(config), need, supplier))


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
    as_json: AsJson = False,
) -> None:
    """Measure the ranking on judged pairs; a ranker trained on them is flattered: see `train`."""
    from integrator import evaluation

    config = _config(job, suppliers, needs, judgements, False)
    config = config.with_changes({"matching": _given(ranker=_ranker_from_base(ranker, config.base))})
    report = evaluation.evaluate(config, query)
    _print(report.as_dict(), report.summary(), as_json)


@app.command()
def train(
    path: Annotated[Path, typer.Argument(help="Ranker to write, e.g. ranker.json.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    judgements: Judgements = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Train a ranker on judged pairs; it stays the scorecard unless held-out needs say better."""
    from integrator import training
    from integrator.errors import OutputError

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    ranker = training.train(_config(job, None, None, judgements, False))
    ranker.save(path)
    typer.echo(json.dumps(dict(ranker.report), indent=2))


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
    count = run_folder.write_packs(pipeline.run(_config(job, None, None, ["none"], False)), out, by, force)
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
    lang: Annotated[str | None, typer.Option(help="fr or en.")] = None,
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the best agenda of meetings between named buyers and able actors."""
    from integrator import meetings as agenda
    from integrator import pipeline
    from integrator.errors import OutputError

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = _config(job, None, None, ["none"], False).with_changes({"output": _given(lang=lang)})
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
    agenda.write_agenda(path, planned, names, config.output.lang, config.run_date)
    typer.echo(f"{path}: {len(planned)} meetings of {len(weights)} possible pairs")


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

    config = _config(job, None, None, ["none"], False)
    store = Store(config.base / config.store.path)
    if stands is not None:
        known = set(pipeline.run(config).tables["opportunities"]["sheet_id"])
        circulation.set_status(store, known, sheet, stands, reason, config.run_date)
    typer.echo(circulation.history_text(store, sheet))


@review_app.command("export")
def review_export(
    path: Annotated[Path, typer.Argument(help="Workbook to write.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file.")] = False,
) -> None:
    """Write the workbook of pairs to judge."""
    from integrator import pipeline
    from integrator.errors import OutputError
    from integrator.review import write_review

    if path.exists() and not force:
        raise OutputError(f"{path}: exists already: give --force to replace it.")
    config = _config(job, None, None, None, False)
    write_review(path, pipeline.run(config).tables, config.output.lang, config.run_date)
    typer.echo(f"{path}: written")


@review_app.command("import")
def review_import(
    path: Annotated[Path, typer.Argument(help="Workbook that came back.")],
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
) -> None:
    """Take the decisions of a reviewed workbook into the store."""
    from integrator import pipeline
    from integrator.errors import InputRefused
    from integrator.review import read_review
    from integrator.store import Store

    config = _config(job, None, None, None, False)
    matches = pipeline.run(config).tables["matches"]
    known = set(zip(matches["need_id"], matches["supplier_id"], strict=True))
    judged, problems = read_review(path, known)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if any(problem.severity == "refused" for problem in problems):
        raise InputRefused(problem for problem in problems if problem.severity == "refused")
    added = Store(config.base / config.store.path).add_judgements(judged)
    typer.echo(f"{len(judged)} decisions read, {added} new, {len(problems)} rows set aside")


@review_app.command("status")
def review_status(job: Annotated[Path | None, typer.Option(help="Job file.")] = None) -> None:
    """Say how many decisions the store holds."""
    from integrator.store import Store

    config = _config(job, None, None, None, False)
    judged = Store(config.base / config.store.path).judgements()
    unsure = sum(one.grade is None for one in judged)
    typer.echo(f"{len(judged)} decisions in the store, {unsure} of them unsure")


@terms_app.command("check")
def terms_check() -> None:
    """Validate the shipped lexicon."""
    from integrator.errors import InputRefused
    from integrator.taxonomy import load
    from integrator.taxonomy.validation import validate

    taxonomy = load()
    problems = validate(taxonomy)
    if problems:
        raise InputRefused(problems)
    typer.echo(f"{len(taxonomy.concepts)} concepts, {len(taxonomy.labels)} labels, no fault")


@terms_app.command("unknown")
def terms_unknown(
    job: Annotated[Path | None, typer.Option(help="Job file.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Terms to print.")] = 50,
) -> None:
    """List the terms in which no concept was found, the most frequent first."""
    from integrator import pipeline

    unknown = pipeline.run(_config(job, None, None, ["none"], False)).unknown_terms.head(limit)
    for term, field, rows, proposed, score, _ in unknown.itertuples(index=False, name=None):
        guess = f"  (like {proposed}, {score:.2f})" if proposed else ""
        typer.echo(f"{rows:4}  {field:22} {term}{guess}")


@app.command()
def init(path: Annotated[Path, typer.Argument(help="Job file to write.")] = Path("integrator.toml")) -> None:
    """Write a commented job file."""
    from integrator.data import text
    from integrator.errors import OutputError

    if path.exists():
        raise OutputError(f"{path}: exists already: name another file.")
    path.write_text(text("job_template.toml"), encoding="utf-8")
    typer.echo(f"{path}: written; edit the paths, then: integrator run {path}")


@app.command()
def doctor() -> None:
    """Say what is installed, what is missing, and what it is needed for."""
    from integrator import summaries

    typer.echo(summaries.doctor_text())


def main() -> None:
    """Entry point: every error of ours becomes its message and exit code, never a traceback."""
    from integrator.errors import IntegratorError

    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except IntegratorError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        typer.echo(f"unexpected fault ({type(error).__name__}): run again with --debug and report it.", err=True)
        sys.exit(1)


def _config(
    job: Path | None, suppliers: list[str] | None, needs: list[str] | None, judgements: list[str] | None, hidden: bool
) -> Config:
    from integrator.config import load

    config = load(job)
    given = _given(
        suppliers=_from_base(suppliers, config.base), needs=_from_base(needs, config.base),
        judgements=_from_base(judgements, config.base), include_hidden=hidden or None,
    )  # fmt: skip
    return config.with_changes({"inputs": given})


def _from_base(paths: list[str] | None, base: Path) -> tuple[str, ...] | None:
    """Paths of the command line start from the working directory; `none` stands for nothing."""
    if paths is None:
        return None
    return tuple(os.path.relpath(path, base) for path in paths if path != "none")


def _ranker_from_base(name: str | None, base: Path) -> str | None:
    return name if name in (None, "auto", "scorecard") else os.path.relpath(str(name), base)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _print(values: Any, text: str, as_json: bool) -> None:
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2) if as_json else text)


def _exit_strictly(strict: bool, result: Run | Inputs) -> None:
    if strict and any(problem.severity in ("warning", "set_aside") for problem in result.problems):
        sys.exit(4)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _number, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, number, total: bar.update(task, description=stage, completed=number - 1, total=total)
