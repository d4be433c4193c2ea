"""A job file and what is said beside it -> a configuration; paths said beside it start at the working directory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from integrator.config import Config, load
from integrator.errors import UsageError
from integrator.store import Store

Job = str | Path | Config | None
"""Path of a job file, a configuration, or None: `integrator.toml` of the working directory when there is one."""
Paths = str | Path | Sequence[str | Path] | None
"""A file, folder or glob, or several; [] = none at all, None = as in the job."""
_RANKERS = ("auto", "scorecard")
INPUTS = ("suppliers", "needs", "judgements", "boms", "values", "trade")
_NAMED: dict[str, tuple[str, str, tuple[type, ...], str]] = {
    "out": ("output", "folder", (str, Path), "a path"),
    "lang": ("output", "lang", (str,), "text, fr, en or ar"),
    "top": ("output", "top", (int,), "a whole number"),
    "sheets": ("output", "sheets", (int,), "a whole number"),
    "candidates": ("matching", "candidates", (int,), "a whole number"),
    "ranker": ("matching", "ranker", (str, Path), "auto, scorecard or the path of a ranker"),
    "engine": ("matching", "engine", (str,), "text, local or spark"),
    "semantic": ("matching", "semantic", (bool,), "True or False"),
    "max_memory": ("resources", "max_memory", (str,), "text such as 500MB"),
    "workers": ("resources", "workers", (int,), "a whole number"),
    "spark_work": ("spark", "artifact", (str, Path), "a path"),
}
"""By name: section and key of the configuration, types that are taken, and how they are called."""


def configured(job: Job = None, where: str = "arguments", **said: Any) -> Config:
    """The job with what is said in place of its own values; None leaves a value as it is.

    Names are those of the command line: inputs (`suppliers`, `needs`, `judgements`, `boms`, `values`, `trade`),
    `include_hidden`, `no_cache`, and those of `_NAMED`. `where` begins the message on a value that does not fit.
    Raises `UsageError` for a missing or malformed job file, and for a value of another type or out of its range.
    """
    config = job if isinstance(job, Config) else load(_job_file(job))
    given = {name: value for name, value in said.items() if value is not None}
    changes: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        if name in INPUTS:
            changes.setdefault("inputs", {})[name] = _from_base(name, value, config.base)
        elif name in _NAMED:
            section, key, types, words = _NAMED[name]
            if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                raise _wrong(name, words, value)
            changes.setdefault(section, {})[key] = _value(name, value, config.base)
    if given.get("include_hidden"):
        changes.setdefault("inputs", {})["include_hidden"] = True
    if given.get("no_cache"):
        changes.setdefault("resources", {})["cache"] = False
    return config.with_changes(changes, where) if changes else config


def store_of(config: Config) -> Store:
    """What outlives a run of this job."""
    return Store(config.base / config.store.path)


def path_of(path: str | Path, name: str = "path") -> Path:
    """A path as given. Raises `UsageError` for what is none."""
    if not isinstance(path, (str, Path)):
        raise _wrong(name, "a path", path)
    return Path(path)


def _job_file(job: str | Path | None) -> Path | None:
    return None if job is None else path_of(job, "job")


def _from_base(name: str, paths: Any, base: Path) -> tuple[str, ...]:
    several = [paths] if isinstance(paths, (str, Path)) else paths
    if not isinstance(several, (list, tuple)):
        raise _wrong(name, "a path or a list of paths", paths)
    for path in several:
        if not isinstance(path, (str, Path)):
            raise _wrong(name, "a path or a list of paths", path)
    return tuple(os.path.relpath(path, base) for path in several)


def _value(name: str, value: Any, base: Path) -> Any:
    is_path = name in ("out", "spark_work") or (name == "ranker" and value not in _RANKERS)
    return os.path.relpath(value, base) if is_path else value


def _wrong(name: str, words: str, value: object) -> UsageError:
    hint = "; write a table to a file first" if type(value).__name__ == "DataFrame" else ""
    return UsageError(f"{name}: {words} is expected, not {type(value).__name__}{hint}.")
