"""What is installed; loads none of the libraries that it asks about."""

from __future__ import annotations

from pathlib import Path

from integrator.installation import Report, report


def doctor(job: str | Path | None = None) -> Report:
    """What is installed, what is missing, what it is needed for and how to get it; `ok` when a plain run has all.

    Looks at the folders of a job: a file, else ./integrator.toml when there is one. `str()` is what `integrator doctor`
    prints. Nothing is written, nothing is fetched.
    """
    return report(job)
