"""Options that commands share, and what is made of them."""

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
    from integrator.intake import Inputs
    from integrator.pipeline import Run

Job = Annotated[Path | None, typer.Argument(help="Job file; ./integrator.toml when left out.", show_default=False)]
Suppliers = Annotated[list[str] | None, typer.Option("--suppliers", help="File, folder or glob; repeatable.")]
Needs = Annotated[list[str] | None, typer.Option("--needs", help="File, folder or glob; repeatable.")]
Judgements = Annotated[list[str] | None, typer.Option("--judgements", help="File, folder or glob, or `none`.")]
Boms = Annotated[
    list[str] | None, typer.Option("--boms", help="Bills of materials: file, folder or glob, or `none`; repeatable.")
]
Values = Annotated[
    list[str] | None, typer.Option("--values", help="Stated inputs: file, folder or glob, or `none`; repeatable.")
]
Trade = Annotated[
    list[str] | None, typer.Option("--trade", help="Trade files: file, folder or glob, or `none`; repeatable.")
]
Hidden = Annotated[bool, typer.Option("--include-hidden", help="Read hidden sheets too.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print data, not a summary.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 4 when there are warnings or rows set aside.")]
Semantic = Annotated[
    bool | None,
    typer.Option(
        "--semantic/--no-semantic", help="Compare meanings too (needs the extra `semantic`).", show_default=False
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes that match needs; the results are the same.")
]
Candidates = Annotated[int | None, typer.Option("--candidates", min=1, help="Suppliers scored a need.")]


def job_config(
    job: Path | None, suppliers: list[str] | None, needs: list[str] | None, judgements: list[str] | None, hidden: bool,
    *, boms: list[str] | None = None, values: list[str] | None = None, trade: list[str] | None = None,
) -> Config:  # fmt: skip
    """The job with the inputs that the command line names in their place. Raises `UsageError`."""
    from integrator.config import load

    config = load(job)
    changes = given(
        suppliers=_from_base(suppliers, config.base), needs=_from_base(needs, config.base),
        judgements=_from_base(judgements, config.base), boms=_from_base(boms, config.base),
        values=_from_base(values, config.base), trade=_from_base(trade, config.base), include_hidden=hidden or None,
    )  # fmt: skip
    return config.with_changes({"inputs": changes})


def headings_asked(pairs: list[str]) -> dict[str, str]:
    """`Heading=field` -> field by heading. Raises `UsageError` where the sign is missing."""
    from integrator.errors import UsageError

    found = {}
    for pair in pairs:
        heading, sign, name = pair.rpartition("=")
        if not sign or not heading.strip():
            raise UsageError(f'{pair}: write --map "Heading=field", or "Heading=" to leave the column out.')
        found[heading.strip()] = name.strip()
    return found


def explain_question(need: str, supplier: str, value: str, figure: list[str] | None, against: str) -> None:
    """Refuse what is neither a pair nor a value to explain. Raises `UsageError`."""
    from integrator.errors import UsageError

    asked_value = bool(value) and not (need or supplier or against)
    asked_pair = bool(need and supplier) and not (value or figure)
    if not asked_value and not asked_pair:
        raise UsageError(
            "explain: write either NEED SUPPLIER [--against SUPPLIER], or --value NEED [--figure NAME] (or --value"
            " portfolio)."
        )


def _from_base(paths: list[str] | None, base: Path) -> tuple[str, ...] | None:
    """Paths of the command line start from the working directory; `none` stands for nothing."""
    if paths is None:
        return None
    return tuple(os.path.relpath(path, base) for path in paths if path != "none")


def ranker_from_base(name: str | None, base: Path) -> str | None:
    """The path of a ranker as the job takes it; `auto` and `scorecard` are no paths."""
    return name if name in (None, "auto", "scorecard") else os.path.relpath(str(name), base)


def given(**values: Any) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in values.items() if value is not None}


def show(values: Any, text: str, as_json: bool) -> None:
    """Print a result as data or as text."""
    typer.echo(json.dumps(values, ensure_ascii=False, indent=2) if as_json else text)


def exit_strictly(strict: bool, result: Run | Inputs) -> None:
    """Under `--strict`, exit with 4 when there is something to look at."""
    if strict and any(problem.severity in ("warning", "set_aside") for problem in result.problems):
        sys.exit(4)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _stage, _number, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("read", total=None)
        yield lambda stage, number, total: bar.update(task, description=stage, completed=number - 1, total=total)


def one_process_only(config: Config) -> None:
    """Say so where a job asks for more processes than this system can have."""
    from integrator.workers import can_share

    if config.resources.workers > 1 and not can_share():
        typer.echo("this system does not copy processes safely: one process matches all needs.", err=True)
