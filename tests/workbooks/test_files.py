"""Which files a pattern names (row A20 of the list of bad inputs). All content is made up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from integrator.errors import InputRefused
from integrator.workbooks import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inputs = tmp_path / "job [1]" / "envoi"
    (inputs / "vieux").mkdir(parents=True)
    for name in ("b.xlsx", "a.CSV", "~$b.xlsx", "lisez.docx", ".cache"):
        (inputs / name).write_bytes(b"x")
    return inputs.parent


@pytest.mark.parametrize("pattern", ["envoi", "envoi/*", "./envoi", "envoi/[ab]*", "envoi/../envoi/*.*", "**/?.*"])
def test_a_folder_or_a_glob_names_its_tables_in_order(folder: Path, pattern: str) -> None:
    found, _ = find_files([pattern], folder)
    assert [file.path.name for file in found] == ["a.CSV", "b.xlsx"]


def test_what_is_skipped_is_said(folder: Path) -> None:
    found, notes = find_files(["envoi"], folder)
    assert [file.shown_as for file in found] == ["envoi/a.CSV", "envoi/b.xlsx"]
    assert [(note.file, note.code, note.severity) for note in notes] == [
        ("envoi/lisez.docx", "other_file", "note"),
        ("envoi/vieux", "folder", "note"),
        ("envoi/~$b.xlsx", "lock_file", "note"),
    ]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    whole = str(folder / "envoi" / "b.xlsx")
    found, _ = find_files(["envoi/b.xlsx", "envoi", whole], folder)
    assert [file.shown_as for file in found] == ["envoi/a.CSV", "envoi/b.xlsx"]


def test_the_order_of_the_patterns_does_not_matter(folder: Path) -> None:
    assert find_files(["envoi/b.xlsx", "envoi/a.CSV"], folder) == find_files(["envoi/a.CSV", "envoi/b.xlsx"], folder)


@pytest.mark.parametrize("pattern", ["absent.xlsx", "envoi/*.ods", "envoi/vieux", "envoi/~$b.xlsx", "a\0b", "tube"])
def test_what_names_nothing_readable_is_refused(folder: Path, pattern: str) -> None:
    os.mkfifo(folder / "tube")
    with pytest.raises(InputRefused) as caught:
        find_files([pattern, "envoi"], folder)
    assert [(p.file, p.code) for p in caught.value.problems] == [(pattern, "unreadable_path")]


def test_every_refusal_is_told_at_once(folder: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        find_files(["z.xlsx", "envoi", "a.xlsx"], folder)
    assert [problem.file for problem in caught.value.problems] == ["a.xlsx", "z.xlsx"]
