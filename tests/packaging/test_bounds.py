"""Bounds of the dependencies: the pins of the oldest versions are those of pyproject.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def oldest(monkeypatch):
    monkeypatch.syspath_prepend(TOP / "packaging")
    import oldest

    return oldest


def test_the_pins_are_the_lower_bounds(oldest):
    assert oldest.PINS.read_text(encoding="utf-8") == oldest.pins(), "python packaging/oldest.py"


def test_the_command_line_says_its_version():
    import integrator

    done = subprocess.run([sys.executable, "-m", "integrator", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"integrator {integrator.__version__}\n"


def test_the_version_is_said_once():
    import integrator

    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == integrator.__version__
