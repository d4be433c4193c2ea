"""Rights of outputs, links in their place, a full disk, signals, and what killed runs left behind. All made up."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from integrator import staging
from integrator.errors import OutputError, UsageError
from integrator.run_folder import check_target
from integrator.store import Store

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights, locks and limits as Linux has them")
SOURCE = Path(__file__).parents[2] / "src"
SUPPLIERS = "Société;Procédés;Produits\nForge (démo);forge;vis\nFonte (démo);fonderie;disque de frein\n"
NEEDS = "need_id;component;processes\nX1;vis;forge\nX2;disque de frein;fonderie\n"
LIMITED = """
import resource, sys
from integrator.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "s.csv").write_text(SUPPLIERS, encoding="utf-8")
    (tmp_path / "n.csv").write_text(NEEDS, encoding="utf-8")
    (tmp_path / "integrator.toml").write_text('[inputs]\nsuppliers = ["s.csv"]\nneeds = ["n.csv"]\n', encoding="utf-8")
    (tmp_path / "tmp").mkdir()
    return tmp_path


def _environment(job: Path) -> dict[str, str]:
    return dict(os.environ, PYTHONPATH=str(SOURCE), TMPDIR=str(job / "tmp"), PYTHONDONTWRITEBYTECODE="1")


def _limited(job: Path, size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command that can write no file larger than so many bytes: what a full disk does to it."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), *arguments],
        cwd=job, env=_environment(job), capture_output=True, text=True, check=False,
    )  # fmt: skip


def _held(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _fill(folder: Path) -> None:
    (folder / "tables").mkdir()
    (folder / "tables" / "a.csv").write_text("a", encoding="utf-8")


@pytest.mark.parametrize(
    ("mask", "folder", "file"), [(0o022, 0o755, 0o644), (0o077, 0o700, 0o600), (0o027, 0o750, 0o640)]
)
def test_outputs_have_the_rights_that_the_system_gives(tmp_path: Path, mask: int, folder: int, file: int) -> None:
    before = os.umask(mask)
    try:
        staging.put(tmp_path / "out", _fill)
    finally:
        os.umask(before)
    assert (_mode(tmp_path / "out"), _mode(tmp_path / "out" / "tables")) == (folder, folder)
    assert _mode(tmp_path / "out" / "tables" / "a.csv") == file


def test_nobody_else_may_look_into_what_is_being_written(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        assert _mode(folder.parent) == 0o700

    staging.put(tmp_path / "out", fill)


def test_a_new_store_is_for_its_owner_and_a_shared_one_stays_shared(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Store(folder).add_mappings(())
    assert (_mode(folder), _mode(folder / "integrator.sqlite")) == (0o700, 0o600)
    (folder / "integrator.sqlite").chmod(0o660)
    Store(folder).add_mappings(())
    assert _mode(folder / "integrator.sqlite") == 0o660


def test_links_in_place_of_outputs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    for name, target in (("out", "elsewhere"), ("dangling", "nowhere")):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(OutputError, match="is a link"):
            check_target(tmp_path / name, force=True)
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "integrator.sqlite").symlink_to(tmp_path / "planted")
    with pytest.raises(OutputError, match="is a link"):
        Store(tmp_path / "store").add_mappings(())
    assert not (tmp_path / "planted").exists()


def test_what_a_killed_run_left_goes_and_nothing_else(tmp_path: Path) -> None:
    for sign in ("new", "old"):
        (tmp_path / f".out-{sign}-abcd_123" / "run").mkdir(parents=True)
        (tmp_path / f".out-{sign}-abcd_123").chmod(0o700)
    kept = [".out-archives", ".out-new-archives", ".out-new-shared12", ".other-new-abcd_123", ".out-new-abcdefghi"]
    for name in kept:
        (tmp_path / name / "run").mkdir(parents=True)
        (tmp_path / name).chmod(0o755 if "shared" in name else 0o700)
    (tmp_path / ".out-new-archives" / "letters").mkdir()
    (tmp_path / ".out-new-linked12").symlink_to(tmp_path / ".out-archives")
    staging.put(tmp_path / "out", _fill)
    assert {path.name for path in tmp_path.iterdir()} == {"out", ".out-new-linked12", *kept}


def test_what_another_run_writes_at_the_same_time_stays(tmp_path: Path) -> None:
    def slow(folder: Path) -> None:
        staging.put(tmp_path / "out", _fill)  # another run comes first
        _fill(folder)

    staging.put(tmp_path / "out", slow)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert _held(tmp_path / "out").keys() == {"tables/a.csv"}


def test_a_failure_or_an_interrupt_leaves_the_earlier_folder_alone(tmp_path: Path) -> None:
    staging.put(tmp_path / "out", _fill)
    before = _held(tmp_path / "out")
    for fault in (OSError(28, "No space left on device"), KeyboardInterrupt(), SystemExit(143)):

        def fill(folder: Path, fault: BaseException = fault) -> None:
            (folder / "half").write_text("x", encoding="utf-8")
            raise fault

        with pytest.raises(type(fault)):
            staging.put(tmp_path / "out", fill)
        assert [path.name for path in tmp_path.iterdir()] == ["out"]
        assert _held(tmp_path / "out") == before


@pytest.mark.parametrize(
    "size",
    [4_000, *(pytest.param(size, marks=pytest.mark.nightly) for size in (0, 500, 12_000, 30_000))],
)
def test_a_full_disk_is_one_sentence_and_the_earlier_run_stays(job: Path, size: int) -> None:
    (job / "out").mkdir()
    (job / "out" / "manifest.json").write_text("{}", encoding="utf-8")
    before = _held(job / "out")
    done = _limited(job, size, "run", "--force")
    assert done.returncode == 5, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot be written" in done.stderr
    assert _held(job / "out") == before
    assert not [path for path in job.iterdir() if path.name.startswith(".out")]
    assert not list((job / "tmp").iterdir())


@pytest.mark.nightly
def test_a_full_temporary_folder_is_one_sentence(job: Path) -> None:
    done = _limited(job, 4_200, "run", "--workers", "2", "--no-cache")
    assert done.returncode == 5, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not (job / "out").exists()
    assert not list((job / "tmp").iterdir())


@pytest.mark.nightly
def test_a_cache_that_cannot_be_written_stops_nothing(job: Path) -> None:
    done = _limited(job, 500, "check")
    assert done.returncode == 0, done.stderr


@pytest.mark.nightly
def test_a_full_disk_loses_nothing_of_the_store(job: Path) -> None:
    store = Store(job / "store")
    store.add_mappings(())
    done = _limited(job, 100, "identities", "decide", "S1", "S2", "same", "--by", "démo")
    assert done.returncode in (2, 5), done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert Store(job / "store").identity_decisions() == ()


@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGTERM, 143), pytest.param(signal.SIGINT, 130, marks=pytest.mark.nightly)]
)
def test_a_signal_ends_a_run_with_nothing_half_written(job: Path, sign: signal.Signals, code: int) -> None:
    program = "from integrator.cli import main; print('ready', flush=True); main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "run"], cwd=job, env=_environment(job),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as run:  # fmt: skip
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.5)
        run.send_signal(sign)
        said = run.communicate()[1].decode()
    assert run.returncode == code, said
    assert "Traceback" not in said
    assert not [path for path in job.iterdir() if path.name.startswith((".out", "out"))]
    assert not list((job / "tmp").iterdir())


def test_a_job_file_is_bounded_before_it_is_parsed(tmp_path: Path) -> None:
    from integrator import config

    path = tmp_path / "integrator.toml"
    for text, said in (("a = 1\n" * 200_000, "too many"), ("a = " + "[" * 5_000, "nested too deeply")):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError, match=said):
            config.load(path)
