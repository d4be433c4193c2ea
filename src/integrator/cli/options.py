"""Options that commands share, and what is made of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from integrator.api.checked import Checked
    from integrator.api.run import Run
    from integrator.config import Config

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
NoCache = Annotated[
    bool, typer.Option("--no-cache", help="Work everything out anew: nothing is taken from an earlier run or kept.")
]
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


def job_config(job: Path | None, **said: Any) -> Config:
    """The job with what the command line says, by the names of `integrator.api.job`. Raises `UsageError`.

    Of inputs, `none` stands for no file at all.
    """
    from integrator.api.job import INPUTS, configured

    given = {name: _named(value) if name in INPUTS else value for name, value in said.items()}
    return configured(job, "command line", **given)


def _named(paths: list[str] | None) -> list[str] | None:
    return None if paths is None else [path for path in paths if path != "none"]


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


class Printable(Protocol):
    """What a call gives: text by `str()`, and plain data."""

    def as_dict(self) -> dict[str, Any]:
        """What `--json` prints."""


def show(result: Printable, as_json: bool) -> None:
    """Print a result as data or as text."""
    typer.echo(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if as_json else str(result))


def say_unchanged(result: Run | Checked) -> None:
    """How many files were not read again, on stderr: no output depends on it."""
    if result.unchanged:
        words = "input files are unchanged since an earlier run and were not read again"
        typer.echo(f"{len(result.unchanged)} of {len(result.files)} {words}", err=True)


def exit_strictly(strict: bool, result: Run | Checked) -> None:
    """Under `--strict`, exit with 4 when there is something to look at."""
    if strict and any(problem.severity in ("warning", "set_aside") for problem in result.problem_list):
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
