"""Files that a call is to write."""

from __future__ import annotations

from pathlib import Path

from integrator.api.job import path_of
from integrator.errors import OutputError


def free(path: str | Path, force: bool) -> Path:
    """The path of a file to write. Raises `OutputError` when it is there already and not to be replaced."""
    target = path_of(path)
    if target.exists() and not force:
        raise OutputError(f"{target}: exists already: give --force to replace it.")
    return target
