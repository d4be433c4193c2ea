"""The command line: parse, call, print, exit status; no thinking."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from typing import Annotated

import typer

from integrator import __version__
from integrator.cli import identities, job, meetings, review, sending, setup, terms

app = typer.Typer(
    name="integrator", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Find who could make locally what the Moroccan automotive industry imports.",
)  # fmt: skip


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"integrator {__version__}")
        raise typer.Exit


@app.callback()
def start(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Find who could make locally what the Moroccan automotive industry imports."""


for part in (job, sending, meetings, setup):
    app.add_typer(part.app)
app.add_typer(identities.app, name="identities")
app.add_typer(review.app, name="review")
app.add_typer(terms.app, name="terms")


def main() -> None:
    """Entry point: every error of ours becomes its message and exit code, never a traceback."""
    from integrator.errors import IntegratorError

    gc.set_threshold(200_000, 20, 100)  # a job makes millions of small things and few cycles
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _terminated)
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except IntegratorError as error:
        typer.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)  # as shells say it: 128 and the number of the signal
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if debug:
            raise
        typer.echo(f"unexpected fault ({type(error).__name__}): run again with --debug and report it.", err=True)
        sys.exit(1)


def _terminated(_number: int, _frame: object) -> None:
    """Told to end: what is half written is taken away on the way out, as after an interrupt."""
    sys.exit(143)
