"""Two builds of one commit are the same bytes, whatever the folder, its dates and its permissions."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(not (TOP / ".git").exists(), reason="only a git checkout has a commit to build twice"),
]


def _built(folder: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "dist").iterdir()}


def test_two_builds_are_the_same_bytes(tmp_path):
    folders = [tmp_path / "one", tmp_path / "another" / "folder"]
    for folder in folders:
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(TOP), str(folder)], check=True)
    for path in folders[1].rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            path.chmod(path.stat().st_mode & 0o700)
            os.utime(path, (1_000_000_000, 1_000_000_000))
    assert _built(folders[0]) == _built(folders[1])
