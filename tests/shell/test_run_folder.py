"""A run folder is whole or not there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from integrator import config, pipeline, run_folder
from integrator.errors import OutputError


@pytest.fixture
def run(job: Path) -> pipeline.Run:
    """The made-up job, in memory."""
    settings = config.Config(base=job).with_changes(
        {"inputs": {"suppliers": ("suppliers.csv",), "needs": ("needs.csv",)}}
    )
    return pipeline.run(settings)


def test_the_manifest_hashes_every_output(run, tmp_path):
    run_folder.write(run, tmp_path / "out", force=False)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    files = [p for p in (tmp_path / "out").rglob("*") if p.is_file() and p.name != "manifest.json"]
    assert len(manifest["outputs"]) == len(files)
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_a_failure_leaves_the_old_run(run, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run_folder.write(run, out, force=False)
    before = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run_folder.review, "write_review", full)
    with pytest.raises(OutputError, match="No space left"):
        run_folder.write(run, out, force=True)
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_a_file_in_the_way_is_refused(run, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not a folder of ours"):
        run_folder.write(run, tmp_path / "out", force=True)
