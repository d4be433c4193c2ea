"""Files, folders and globs -> the list of inputs, in one order."""

from __future__ import annotations

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from integrator.errors import InputRefused, Problem
from integrator.workbooks.refusing import note, refused

READABLE = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".parquet"}
_LOCK = "~$"


@dataclass(frozen=True, order=True)
class InputFile:
    """One input and the name it goes by in every report."""

    shown_as: str
    path: Path


def find_files(patterns: Sequence[str], base: Path) -> tuple[tuple[InputFile, ...], tuple[Problem, ...]]:
    """The files that the patterns name, sorted and without repeats, and notes on what was skipped.

    A pattern is a file, a folder (its readable files, not its sub-folders) or a glob; a relative one
    starts from `base`. Raises `InputRefused` with every pattern that names nothing readable.
    """
    found: dict[Path, InputFile] = {}
    problems: list[Problem] = []
    refusals: list[Problem] = []
    for pattern in patterns:
        try:
            for path in _expand(pattern, base, problems):
                found.setdefault(path.resolve(), InputFile(_shown(path, base), path))
        except InputRefused as error:
            refusals.extend(error.problems)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no path"
            refusals += refused(pattern, "unreadable_path", f"it cannot be read ({reason})", "check it").problems
    if refusals:
        raise InputRefused(refusals)
    return tuple(sorted(found.values())), tuple(sorted(set(problems)))


def _expand(pattern: str, base: Path, problems: list[Problem]) -> list[Path]:
    path = base / pattern
    if path.is_dir():
        inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
        return _readable(inside, pattern, base, problems)
    if path.is_file():
        if path.name.startswith(_LOCK):
            raise refused(
                pattern,
                "unreadable_path",
                "this is the lock file of an open workbook",
                "name the workbook itself",
            )
        return [path]
    if path.exists():
        raise refused(pattern, "unreadable_path", "this is a device or a special file", "name a regular file")
    matches = sorted(base / found for found in _glob(pattern, base))
    if not matches:
        raise refused(pattern, "unreadable_path", "no such file or folder", "check the path")
    return _readable(matches, pattern, base, problems)


def _glob(pattern: str, base: Path) -> list[str]:
    """Unlike `Path.glob` this takes absolute patterns, and `base` itself may hold brackets."""
    return glob.glob(pattern, root_dir=base, recursive=True)  # noqa: PTH207


def _readable(paths: Sequence[Path], pattern: str, base: Path, problems: list[Problem]) -> list[Path]:
    kept = []
    for path in paths:
        if path.name.startswith(_LOCK):
            problems.append(note(_shown(path, base), "lock_file", "lock file of an open workbook, skipped"))
        elif path.is_dir():
            problems.append(note(_shown(path, base), "folder", "sub-folder, not read"))
        elif path.is_file() and path.suffix.lower() in READABLE:
            kept.append(path)
        else:
            problems.append(note(_shown(path, base), "other_file", "not a table by its name, skipped"))
    if not kept:
        message = "it holds no file of a kind that can be read"
        raise refused(pattern, "unreadable_path", message, "put .xlsx, .ods or .csv files there")
    return kept


def _shown(path: Path, base: Path) -> str:
    """The path from `base` as the folders were named, or the whole path when it lies elsewhere."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        pass
    try:
        return path.resolve().relative_to(base.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
