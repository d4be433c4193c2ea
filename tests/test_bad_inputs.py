"""Every bad input of `bad_inputs.csv` has a test that is named by its id."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from integrator.data import read

TESTS = Path(__file__).parent


def _ids() -> list[str]:
    with (TESTS / "bad_inputs.csv").open(encoding="utf-8", newline="") as stream:
        return [row["id"] for row in read(stream, "bad_inputs.csv")]


def _names() -> list[str]:
    """The names of all tests with their cases, as pytest collects them."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    done = subprocess.run([*command, str(TESTS)], capture_output=True, text=True, encoding="utf-8", check=True)
    return [
        line.split("::", 1)[1] for line in done.stdout.splitlines() if "::" in line and "test_bad_inputs" not in line
    ]


def test_the_list_is_whole() -> None:
    sizes = {"A": 20, "B": 15, "C": 24, "D": 12, "E": 13}
    assert _ids() == [f"{letter}{number}" for letter, size in sizes.items() for number in range(1, size + 1)]


def test_each_has_a_test_of_its_name() -> None:
    names = _names()
    assert [one for one in _ids() if not any(_is_of(one, name) for name in names)] == []


def _is_of(bad_input: str, name: str) -> bool:
    letter, number = bad_input[0], int(bad_input[1:])
    as_case = re.compile(rf"\[(?:[^\]]*[\s-])?{letter}{number}[\s\]-]")
    as_name = re.compile(rf"^test(?:_[a-e]\d+)*_{letter.lower()}0?{number}(?:_|$)")
    return bool(as_case.search(name) or as_name.search(name))
