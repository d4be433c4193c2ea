"""Every command of the tutorial, of the how-tos and of the README is run, in order, in a copy of the checkout."""

from __future__ import annotations

import doctest
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from page_steps import Changed, Command, Written, steps

TOP = Path(__file__).parents[2]
COPIED = ("data", "examples", "src", "integrator.toml")
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MAKE = {"make run": "integrator run --force"}
"""The recipe of the Makefile; `make test` would run this test."""


@pytest.fixture
def checkout(tmp_path):
    """A copy of what a clone holds, with no run and no store."""
    ignored = shutil.ignore_patterns("out", "integrator-store")
    for name in COPIED:
        copy = shutil.copytree if (TOP / name).is_dir() else shutil.copy2
        copy(TOP / name, tmp_path / name, **({"ignore": ignored} if copy is shutil.copytree else {}))
    return tmp_path


def follow(page, checkout):
    """Do what the page says."""
    for step in steps(page):
        if isinstance(step, Written):
            (checkout / step.name).write_text(step.content, encoding="utf-8")
        elif isinstance(step, Changed):
            change(checkout / step.name, step)
        elif step.line != "make test":
            run(step, checkout)
            if step.line.startswith("integrator review export"):
                answer(checkout / shlex.split(step.line)[3])


def change(path, step):
    text = path.read_text(encoding="utf-8")
    assert text.count(f"\n{step.old}") == 1, step
    path.write_text(text.replace(f"\n{step.old}", f"\n{step.new}"), encoding="utf-8")


def run(step, checkout):
    line = MAKE.get(step.line, step.line.removeprefix(".venv/bin/"))
    name, *arguments = shlex.split(line, comments=True)
    assert name == "integrator", step.line
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, "-m", "integrator", *arguments], check=False, cwd=checkout, env=environment, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if not step.printed:
        assert done.returncode == 0, f"{step.line}\n{done.stdout}"
        return
    shown = "\n".join(step.printed) + "\n"
    assert doctest.OutputChecker().check_output(shown, done.stdout, FLAGS), f"$ {step.line}\n{done.stdout}"


def answer(path):
    """Fill a review workbook as the tutorial says: yes from grade 2 on, with the grade that is proposed."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    places = {cell.value: cell.column - 1 for cell in sheet[3]}
    for row in sheet.iter_rows(min_row=4):
        grade = row[places["Proposed grade"]].value
        row[places["Decision"]].value = "yes" if grade >= 2 else "no"
        row[places["Grade"]].value = grade
        row[places["Reviewer"]].value = "Reviewer One"
    book.save(path)


def test_the_steps_of_a_page_are_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "Write `a.csv`:\n\n```csv\nx\n```\nIn `b.csv`, change `old,1`\nto `new,2`.\n\n    $ integrator run\n    done\n"
        "`a.csv` once more:\n\n```csv\ny\n```\n```console\n$ integrator check a.csv  # again\n```\n",
        encoding="utf-8",
    )
    assert list(steps(page)) == [
        Changed("b.csv", "old,1", "new,2"),
        Command("integrator run", ["done"]),
        Written("a.csv", "y\n"),
        Command("integrator check a.csv  # again"),
    ]


BY_NIGHT = [pytest.param(f"docs/own-{what}", marks=pytest.mark.nightly) for what in ("weights", "rules")]


@pytest.mark.parametrize("page", ["README", "docs/tutorial", "docs/own-headings", *BY_NIGHT])
def test_the_page_can_be_followed(page, checkout):
    follow(TOP / f"{page}.md", checkout)
    if page == "docs/tutorial":
        what_the_tutorial_says_of_the_sheet(checkout / "my-out" / "project_sheets.xlsx")


def what_the_tutorial_says_of_the_sheet(path):
    book = openpyxl.load_workbook(path, read_only=True)
    assert book.sheetnames[:2] == ["Overview", "Portfolio"]
    texts = [str(cell) for row in book["FP-N054"].iter_rows(values_only=True) for cell in row if cell is not None]
    first_page = texts[: texts.index("1   The need")]
    assert first_page.count("not known") == 4
    assert first_page.count("2 · convertible") == first_page.count("to be quantified") == 3
    assert {"400,000 vehicles/year", "capacity – not a demand (2026)"} <= set(first_page)
    assert any("Answers of reviewers" in text for text in texts)
    assert not any("Reviewer One" in text for text in texts)


@pytest.mark.parametrize("page", [page.name for page in sorted((TOP / "docs").glob("*.md"))])
def test_commands_on_a_page_exist_with_their_options(page, monkeypatch):
    monkeypatch.syspath_prepend(str(TOP / "docs" / "_pages"))
    import commands

    known = commands.options()
    for step in steps(TOP / "docs" / page):
        if not isinstance(step, Command) or not step.line.startswith("integrator "):
            continue
        words = shlex.split(step.line, comments=True)[1:]
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert name in known, step.line
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given - known[name] == set(), step.line


def test_make_run_is_what_is_run_for_it():
    assert "run: $(READY)" in (makefile := (TOP / "Makefile").read_text(encoding="utf-8"))
    assert f"\t$(BIN)/{MAKE['make run']}\n" in makefile
