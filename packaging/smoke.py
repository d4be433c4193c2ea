"""Builds sdist and wheel, installs the wheel where nothing is, runs the shipped jobs there: `smoke.py newest|oldest`.

    python packaging/smoke.py newest                     # the newest versions that pyproject.toml allows
    python packaging/smoke.py oldest --tests             # the oldest, and the tests of the sdist with them

The new environment is made by `--python` (this one when left out). It sees the wheel and, of the sdist, the jobs and
their data; nothing of this checkout. The results must be those of the environment that runs this script, whose
libraries are those of the lock: same_results.py says what is compared. Needs the packages `build` and `hatchling`.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from oldest import PINS, TOP
from same_results import differences

# Job -> its options; the first is the large one.
JOBS = {"integrator.toml": (), "examples/job.toml": ("--semantic",), "examples/value/job.toml": ()}
NO_JUDGEMENTS = ("--judgements", "none")
CHECKED = ("pandas", "numpy", "scipy", "scikit-learn", "pyarrow", "typer", "xlsxwriter", "python-calamine")
TESTERS = ("babel", "hypothesis", "openpyxl", "packaging", "pytest", "pytest-xdist")
TESTED = (
    "text", "sources", "workbooks", "normalization", "taxonomy", "retrieval", "ranking", "learning", "valuation",
    "meetings", "shell/test_cli.py",
)  # fmt: skip


def main() -> None:
    """Every step in turn; the first that fails ends the program with a status that is not 0."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wheel, sdist = build(work / "dist")
        top = _unpacked(sdist, work)
        same_files(wheel, sdist)
        python = environment(work / "fresh", options.python, wheel, options.versions, options.tests)
        first_steps(python, work / "empty", top)
        results(python, top, work, list(JOBS)[options.quick :])
        if options.tests:
            tests(python, top)
    print(f"smoke test with the {options.versions} versions passed")


def build(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist of this checkout: the sdist first, the wheel from it."""
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(TOP)], TOP)
    return next(folder.glob("*.whl")), next(folder.glob("*.tar.gz"))


def same_files(wheel: Path, sdist: Path) -> None:
    """Exit unless the sdist holds what git tracks and the wheel the package, its licences, and nothing else."""
    tracked = set(_run(["git", "ls-files"], TOP).split("\n")) - {""}
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    package = {name.removeprefix("src/") for name in tracked if name.startswith("src/")}
    with zipfile.ZipFile(wheel) as installed:
        inside = {name for name in installed.namelist() if ".dist-info/" not in name}
        licences = {Path(name).name for name in installed.namelist() if "/licenses/" in name}
    odd = (packed ^ (tracked | {"PKG-INFO"})) | (inside ^ package) | (licences ^ {"LICENSE", "NOTICE"})
    if odd:
        sys.exit(f"in the packages and not in git, or the other way round: {', '.join(sorted(odd))}")


def environment(folder: Path, python: str, wheel: Path, versions: str, tested: bool) -> Path:
    """The interpreter of a new environment with the wheel, and what runs the tests when they are asked for."""
    _run([python, "-m", "venv", str(folder)], TOP)
    inside = folder / "bin" / "python"
    chosen = ["--constraint", str(PINS)] if versions == "oldest" else ["--upgrade"]
    wanted = [f"{wheel}[semantic]", *(TESTERS if tested else ())]
    _run([inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *chosen, *wanted], TOP)
    _run([inside, "-m", "pip", "check", "--disable-pip-version-check"], TOP)
    listed = "import sys; from importlib.metadata import version; print(sys.version.split()[0], *(f'{n} {version(n)}' for n in sys.argv[1:]), sep=', ')"  # noqa: E501
    print("Python", _run([inside, "-c", listed, *CHECKED], TOP).strip())
    return inside


def first_steps(python: Path, folder: Path, top: Path) -> None:
    """What someone does first, in a folder where nothing is."""
    folder.mkdir()
    inputs = [
        "--suppliers",
        str(top / "examples/suppliers.csv"),
        "--needs",
        str(top / "examples/needs.csv"),
        *NO_JUDGEMENTS,
    ]
    for arguments in (["--version"], ["--help"], ["doctor"], ["init"], ["check", *inputs], ["run", *inputs]):
        _run([python.with_name("integrator"), *arguments], folder)
    made = sorted(path.name for path in folder.iterdir())
    if "integrator.toml" not in made or "out" not in made:
        sys.exit(f"init and run made {', '.join(made)}")


def results(python: Path, top: Path, work: Path, jobs: Sequence[str]) -> None:
    """Exit when a job gives other results in the new environment than in this one."""
    for number, job in enumerate(jobs):
        folders = [work / f"{side}{number}" for side in ("fresh_out", "locked_out")]
        command = ["run", job, "--no-cache", *JOBS[job], "--out"]
        _run([python.with_name("integrator"), *command, str(folders[0])], top)
        _run([sys.executable, "-m", "integrator", *command, str(folders[1])], top, PYTHONPATH=str(TOP / "src"))
        found = differences(*folders)
        print(f"{job}: {len(found)} files or parts differ from those of the locked versions")
        if found:
            sys.exit("\n".join(found))


def tests(python: Path, top: Path) -> None:
    """The tests of the sdist, with the installed wheel; a warning is no fault here: old libraries have their own."""
    chosen = [f"tests/{name}" for name in TESTED]
    command = [python, "-m", "pytest", "-n", "2", "-W", "default", "-m", "not nightly", *chosen]
    print(_run(command, top).strip().rpartition("\n")[2])


def _unpacked(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    return folder / sdist.name.removesuffix(".tar.gz")


def _run(command: Sequence[str | Path], folder: Path, **more: str) -> str:
    """What the command prints, in a clean environment; exits with all of it when it fails."""
    kept = {name: os.environ[name] for name in os.environ if not name.startswith(("PYTHON", "VIRTUAL_ENV", "PYTEST"))}
    done = subprocess.run(command, cwd=folder, env={**kept, **more}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: status {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("versions", choices=["newest", "oldest"])
    parser.add_argument("--python", default=sys.executable, help="makes the new environment")
    parser.add_argument("--tests", action="store_true", help="run the tests of the sdist in it too")
    parser.add_argument("--quick", action="store_true", help="leave out the job of data/, as the gate does")
    return parser.parse_args()


if __name__ == "__main__":
    main()
