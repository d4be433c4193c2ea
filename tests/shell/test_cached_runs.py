"""Whatever is kept from earlier runs, the run folder is that of a run that keeps nothing. All content is made up."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import judged_world
from integrator import config, pipeline, run_folder
from integrator.cache import entries
from integrator.normalization import kept_links
from integrator.records import ColumnMapping
from integrator.retrieval import channels
from integrator.sources import kept as kept_files
from integrator.sources.mappings import layout
from integrator.store import Store

JOB = """[inputs]
suppliers = ["suppliers.csv", "more.csv"]
needs = ["needs.csv"]
[matching]
ranker = "scorecard"
"""
MORE = (
    "name;city;Fabrications maison;products\n"
    "Forge du Détroit (démo);Tanger;acier;étrier de frein\nAtlas (démo);Fès;;qwrtz\n"
)
TERMS = (
    "concept,lang,type,text,kind,broader,added_by,added_on,note\nC-CALIP,fr,alt,zorglub de frein,,,démo,2026-01-01,\n"
)
WORTH = (kept_files, kept_links, channels)


@pytest.fixture(autouse=True)
def everything_is_kept(monkeypatch):
    for room in WORTH:
        monkeypatch.setattr(room, "WORTH_KEEPING", 0)
    monkeypatch.setattr(kept_links, "WORTH_ASKING", 0)


@pytest.fixture
def job(tmp_path):
    judged_world.write_rows(tmp_path / "suppliers.csv", judged_world.SUPPLIERS)
    judged_world.write_rows(tmp_path / "needs.csv", judged_world.NEEDS)
    (tmp_path / "more.csv").write_text(MORE, encoding="utf-8")
    (tmp_path / "integrator.toml").write_text(JOB, encoding="utf-8")
    return tmp_path


def outputs(job: Path, *, cache: bool = True) -> dict[str, bytes]:
    """Every file of the run folder."""
    settings = config.load(job / "integrator.toml").with_changes({"resources": {"cache": cache}})
    run_folder.write(pipeline.run(settings), job / "out", force=True)
    return {path.relative_to(job).as_posix(): path.read_bytes() for path in (job / "out").rglob("*") if path.is_file()}


def kept(job: Path) -> list[Path]:
    return sorted((job / "integrator-store" / "cache").glob("*.npz"))


def same(job: Path) -> dict[str, bytes]:
    """What a run gives with what is kept and without."""
    with_kept, without = outputs(job), outputs(job, cache=False)
    assert with_kept == without
    return without


def test_cold_warm_and_none_are_the_same_bytes(job):
    plain = outputs(job, cache=False)
    assert not (job / "integrator-store").exists()
    assert outputs(job) == plain
    assert {path.name.split("-")[0] for path in kept(job)} == {"file", "links", "lines", "proposals", "texts"}
    assert outputs(job) == plain


def test_a_file_the_words_and_a_heading_change_between_runs(job):
    found = [same(job)]
    (job / "more.csv").write_text(MORE.replace("étrier", "zorglub"), encoding="utf-8")
    found.append(same(job))
    (job / "integrator-terms.csv").write_text(TERMS, encoding="utf-8")
    found.append(same(job))
    Store(job / "integrator-store").add_mappings(
        [ColumnMapping("supplier", layout(MORE.split("\n")[0].split(";")), "Fabrications maison", "materials")]
    )
    found.append(same(job))
    links = [one["out/tables/capabilities.csv"] for one in found]
    assert len(set(links)) == len(links), "each change shows"


@pytest.mark.nightly
@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights as on POSIX")
def test_damaged_full_and_unwritable_caches_change_nothing(job, monkeypatch):
    plain = outputs(job, cache=False)
    outputs(job)
    rng = np.random.default_rng(8)
    for path in kept(job):
        content = bytearray(path.read_bytes())
        for place in rng.integers(0, len(content), 20):
            content[place] ^= int(rng.integers(1, 256))
        path.write_bytes(content)
    assert outputs(job) == plain
    assert outputs(job) == plain, "made anew"
    for path in kept(job):
        path.write_bytes(rng.bytes(200))

    def full(stream, **arrays):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(entries.np, "savez", full)
        assert outputs(job) == plain
    assert not [path for path in (job / "integrator-store" / "cache").iterdir() if path.name.startswith(".")]
    for path in kept(job):
        path.unlink()
    (job / "integrator-store" / "cache").rmdir()
    (job / "integrator-store" / "cache").write_text("in the way", encoding="utf-8")
    assert outputs(job) == plain
