"""The oldest versions that pyproject.toml allows, as pins: `python packaging/oldest.py` writes packaging/oldest.txt.

A lower bound is a promise. `make smoke-oldest` installs the pins and runs the shipped jobs with them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

TOP = Path(__file__).resolve().parent.parent
PINS = TOP / "packaging" / "oldest.txt"


def pins() -> str:
    """The text of `oldest.txt`: a pin for every dependency and every package of an extra.

    Raises `ValueError` for one without a lower bound.
    """
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    parts = {"core": project["dependencies"], **project["optional-dependencies"]}
    lines = ["# The oldest versions that pyproject.toml allows, written by `python packaging/oldest.py`."]
    seen: set[str] = set()
    for part, wanted in parts.items():
        lines.append(f"# {part}")
        lines += sorted({_pin(text) for text in wanted} - seen)
        seen.update(lines)
    return "\n".join(lines) + "\n"


def _pin(text: str) -> str:
    requirement = Requirement(text)
    lowest = [each.version for each in requirement.specifier if each.operator in {">=", "=="}]
    if len(lowest) != 1:
        raise ValueError(f"{text}: give one lower bound")
    return f"{requirement.name}=={lowest[0]}"


if __name__ == "__main__":
    PINS.write_text(pins(), encoding="utf-8")
