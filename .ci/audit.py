"""What the program rests on: licences of all that users install with it, and known vulnerabilities of the lock.

    python .ci/audit.py             # licences, then vulnerabilities where the source answers
    python .ci/audit.py --licences  # the first alone; nothing is asked of the network

Licences: every package that the core and its extras bring, as far as it is installed here, must say what
packaging/licences.csv says of it. Vulnerabilities: pip-audit, in an environment of its own, looks at requirements.lock;
where its source cannot be reached that is said, and not counted as a pass of anything. A finding ends with status 1.
"""

import csv
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).resolve().parents[1]
LICENCES = TOP / "packaging" / "licences.csv"
LOCK, TOOL = TOP / "requirements.lock", TOP / "packaging" / "audit.txt"
SECONDS = "10"
"""What pip-audit may wait for one answer."""


def main() -> None:
    """Print what was checked and what was not; status 1 for a finding."""
    faults, absent = licence_faults(brought(), listed())
    lacks = ", ".join(absent) or "none"
    print(f"licences: {len(listed())} packages listed, {len(faults)} faults; not installed here: {lacks}")
    if "--licences" not in sys.argv[1:]:
        found, said = vulnerabilities()
        print(said)
        faults += found
    print(*faults, sep="\n", end="")
    sys.exit(bool(faults))


def brought() -> dict[str, str | None]:
    """Package -> the licence that its metadata says, None when it is not installed: all of core and extras."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    todo = [*project["dependencies"], *(text for extra in project["optional-dependencies"].values() for text in extra)]
    found: dict[str, str | None] = {}
    while todo:
        requirement = Requirement(todo.pop())
        name = canonicalize_name(requirement.name)
        extras = [{"extra": extra} for extra in ("", *requirement.extras)]
        if name in found or (requirement.marker and not any(map(requirement.marker.evaluate, extras))):
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            found[name] = None
        else:
            found[name] = licence_of(package.metadata)  # type: ignore[arg-type]
            todo += package.requires or []
    return found


def licence_of(metadata: Message) -> str:
    """The licence expression, else the classifiers, else the first line of the field License."""
    classifiers = [text.rpartition(" :: ")[2] for text in metadata.get_all("Classifier") or [] if "License ::" in text]
    field = (metadata["License"] or "").strip()
    return metadata["License-Expression"] or ", ".join(classifiers) or field.partition("\n")[0]


def listed() -> dict[str, str]:
    """Package -> what its metadata says, of the list of what is allowed."""
    lines = LICENCES.read_text(encoding="utf-8").splitlines()
    return {row["package"]: row["says"] for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def licence_faults(found: Mapping[str, str | None], allowed: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What is not as listed, and what could not be looked at because it is not installed."""
    faults = [
        f"{name}: says {says!r}, packaging/licences.csv {allowed.get(name, 'does not name it')!r}: read its licence"
        for name, says in sorted(found.items())
        if says is not None and says != allowed.get(name)
    ]
    absent = [name for name, says in sorted(found.items()) if says is None]
    unused = sorted(set(allowed) - set(found)) if not absent else []
    return [*faults, *(f"{name}: listed, and nothing needs it" for name in unused)], absent


def vulnerabilities() -> tuple[list[str], str]:
    """Findings, and one line on what was looked at."""
    with tempfile.TemporaryDirectory() as folder:
        made = _made(Path(folder))
        if not made:
            return [], NOT_CHECKED
        one = Path(folder, "one.txt")  # before 150 packages are asked about: does the source answer?
        first = next(line for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line)
        one.write_text(first.partition(" ")[0] + "\n", encoding="utf-8")
        if looked_at(_asked(made, one, "--no-deps")) == 0:
            return [], NOT_CHECKED
        answer = _asked(made, LOCK, "--require-hashes")
    count = looked_at(answer)
    said = f"vulnerabilities: {count} packages of the lock looked at" if count else NOT_CHECKED
    return findings(answer), said


NOT_CHECKED = "vulnerabilities: NOT CHECKED, the source of pip-audit cannot be reached from here"


def looked_at(answer: Iterable[Mapping[str, Any]]) -> int:
    """Packages that the source knew."""
    return sum("skip_reason" not in one for one in answer)


def findings(answer: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line a known vulnerability: package, its name, the versions that mend it."""
    return [
        f"{one['name']} {one['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for one in answer
        for found in one.get("vulns", ())
    ]


def _made(folder: Path) -> Path | None:
    """pip-audit in an environment of its own; None when it cannot be installed."""
    python = folder / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", TOOL]
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    done = subprocess.run(install, check=False, timeout=300)
    return folder / "bin" / "pip-audit" if done.returncode == 0 else None


def _asked(program: Path, lock: Path, *more: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package; nothing when it got no answer at all."""
    options = ["--disable-pip", "--timeout", SECONDS, "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(
            [program, "-r", lock, *options, *more], capture_output=True, text=True, check=False, timeout=300
        )
        return list(json.loads(done.stdout)["dependencies"])
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []


if __name__ == "__main__":
    main()
