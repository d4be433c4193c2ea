"""A run killed at any moment leaves the run folder as it was, or whole. The delays are drawn once from a seed."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import time
from pathlib import Path

import pytest

from integrator import config, pipeline, run_folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Run:
    folder = tmp_path_factory.mktemp("job")
    (folder / "s.csv").write_text("Société;Procédés;Produits\nForge (démo);forge;vis\n", encoding="utf-8")
    (folder / "n.csv").write_text("need_id;component;processes\nX1;vis;forge\n", encoding="utf-8")
    (folder / "integrator.toml").write_text('[inputs]\nsuppliers = ["s.csv"]\nneeds = ["n.csv"]\n', encoding="utf-8")
    return pipeline.run(config.load(folder / "integrator.toml"))


def _is_whole(folder: Path) -> bool:
    said = json.loads((folder / run_folder.MANIFEST).read_text(encoding="utf-8"))["outputs"]
    held = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    held.pop(run_folder.MANIFEST)
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()} == said


def _killed_after(run: pipeline.Run, out: Path, seconds: float) -> bool:
    """Write in a child process and kill it; whether the kill came before the end."""
    child = os.fork()
    if not child:
        try:
            run_folder.write(run, out, force=True)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _lasts(run: pipeline.Run, out: Path) -> float:
    """Seconds that writing takes."""
    began = time.monotonic()
    run_folder.write(run, out, force=True)
    return time.monotonic() - began


@pytest.mark.parametrize("kills", [6, pytest.param(30, marks=pytest.mark.nightly)])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can copy a process")
def test_nothing_half_written_when_killed(made: pipeline.Run, tmp_path: Path, kills: int) -> None:
    out = tmp_path / "place" / "out"
    lasts = min(_lasts(made, tmp_path / "measured") for _ in range(2))  # the first one also loads what it needs
    draw = random.Random(30)
    killed = 0
    for _ in range(kills):
        killed += _killed_after(made, out, draw.uniform(0, 1.2 * lasts))
        if out.exists():
            assert _is_whole(out)
        else:  # killed between two renames: the earlier run is whole beside it
            kept = list(out.parent.glob(".out-old-*/run")) if out.parent.exists() else []
            assert all(_is_whole(folder) for folder in kept)
        assert {p.name.split("-")[0] for p in tmp_path.iterdir()} <= {"place", "measured"}
    assert killed >= kills // 3, "too few kills came in time to prove anything"
    run_folder.write(made, out, force=out.exists())
    assert _is_whole(out)
