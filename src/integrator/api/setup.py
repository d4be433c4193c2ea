"""A new job: its file."""

from __future__ import annotations

from pathlib import Path

from integrator import data
from integrator.api.job import path_of
from integrator.errors import OutputError


def init(path: str | Path = "integrator.toml") -> Path:
    """Write a commented job file. Raises `OutputError` when there is a file of that name."""
    target = path_of(path)
    if target.exists():
        raise OutputError(f"{target}: exists already: name another file.")
    target.write_text(data.text("job_template.toml"), encoding="utf-8")
    return target
