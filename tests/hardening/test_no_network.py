"""Commands ask nothing of the network, write where they were told to, unpickle nothing and start no program.

An audit hook in every process of the commands, forked ones too, writes down what Python itself asks for. What a
library does in its own compiled code is not seen by it (pyarrow writes tables into the temporary folder).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import judged_world

ROOT = Path(__file__).parents[2]
WATCHED = Path(__file__).parent / "watched"
CANARY = "Zellige-Canari"
EXAMPLE = (
    "run --force", "run --force --no-cache --workers 2 --out out2", "check", "explain V1 F1", "explain --value V1",
    "packs packs", "meetings agenda.xlsx", "terms unknown --out terms.xlsx", "identities list", "status FP-V1 scouted",
)  # fmt: skip
JUDGED = (
    "run --force", "evaluate", "review export review.xlsx", "review import review.xlsx --reviewer démo",
    "review status", "train ranker.json", "run --force --ranker ranker.json",
)  # fmt: skip


class Seen:
    """What the processes asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log, self.temporary = folder, folder.parent / "log", folder.parent / "temporary"
        self.temporary.mkdir()
        self.said = ""

    def run(self, commands: Iterable[str]) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
        done = subprocess.run(
            [sys.executable, WATCHED / "commands.py"], cwd=self.folder, input="\n".join(commands), text=True,
            encoding="utf-8", capture_output=True, check=False,
            env=environment | {
                "PYTHONPATH": os.pathsep.join(map(str, (WATCHED, ROOT / "src"))), "PYTHONIOENCODING": "utf-8",
                "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(self.temporary), "WATCHED_LOG": str(self.log),
                "WATCHED_CANARY": CANARY,
            },
        )  # fmt: skip
        self.said = done.stderr
        assert done.returncode == 0, done.stderr

    def of(self, kind: str) -> set[str]:
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return {what for line in lines for name, _, what in [line.partition("\t")] if name == kind}

    def written_elsewhere(self) -> set[str]:
        """Places outside the job and the temporary folder; /dev/null and memory that processes share are none."""
        inside = tuple(f"{os.path.realpath(folder)}{os.sep}" for folder in (self.folder, self.temporary))
        return {
            path
            for path in self.of("write")
            if not f"{path}{os.sep}".startswith((*inside, "/dev/shm/pym-", os.devnull))
        }

    def failed(self) -> list[str]:
        return [line for line in self.said.splitlines() if line.startswith("exit ") and not line.startswith("exit 0:")]


@pytest.fixture
def example(tmp_path: Path) -> Seen:
    """The example of a valuation, as a job in a folder of its own."""
    shutil.copytree(ROOT / "examples" / "value", tmp_path / "job")
    (tmp_path / "job" / "job.toml").rename(tmp_path / "job" / "integrator.toml")
    return Seen(tmp_path / "job")


def _nothing_forbidden(seen: Seen) -> None:
    assert not seen.failed(), seen.said
    assert not seen.of("network")
    assert not seen.of("pickle")
    assert not seen.of("code"), "text of an input was compiled"
    assert not seen.written_elsewhere()
    assert not list(seen.temporary.iterdir()), "temporary files remain"


def test_a_job_asks_for_nothing_but_its_files(example: Seen) -> None:
    suppliers = example.folder / "suppliers.csv"
    rows = suppliers.read_text(encoding="utf-8").replace(" Démo ", f" {CANARY} ")
    assert CANARY in rows
    suppliers.write_text(rows, encoding="utf-8")
    example.run(EXAMPLE)
    _nothing_forbidden(example)
    assert not example.of("program")


@pytest.mark.nightly
def test_reviews_and_training_ask_for_nothing_but_their_files(tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    seen = Seen(tmp_path / "job")
    judged_world.write_job(seen.folder, judged_world.judge(judged_world.run_of(), judged_world.by_supplier))
    seen.run(JUDGED)
    _nothing_forbidden(seen)
    assert seen.of("program") <= {"lscpu"}, "scikit-learn counts the cores with lscpu, and nothing else is started"


def test_doctor_starts_no_program_but_those_it_looks_for(example: Seen) -> None:
    example.run(["doctor"])
    assert not example.of("network")
    assert {Path(str(name)).name for name in example.of("program")} <= {
        "java",
        "soffice",
        "libreoffice",
        "fc-list",
        "fc-match",
    }


def test_the_watch_stops_a_connection(example: Seen) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env=dict(os.environ, PYTHONPATH=str(WATCHED), WATCHED_LOG=str(example.log), WATCHED_CANARY=CANARY),
    )  # fmt: skip
    assert done.returncode != 0
    assert "no network at run time" in done.stderr
    assert example.of("network")
