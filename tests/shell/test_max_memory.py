"""`--max-memory` and `[resources] max_memory`: refused in one sentence before the work, or the same outputs."""

from __future__ import annotations

import pytest

INPUTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv")


def test_a_job_that_cannot_keep_to_it_is_refused_and_nothing_is_written(cli, job):
    done = cli("run", *INPUTS, "--max-memory", "100MB", "--out", str(job / "out"))
    assert done.returncode == 2
    assert "is allowed: give --max-memory " in done.stderr
    assert done.stderr.count("\n") <= 2
    assert not (job / "out").exists()


@pytest.mark.parametrize("given", ["2", "lots", "2gb"])
def test_what_is_no_size_is_refused(cli, job, given):
    done = cli("run", *INPUTS, "--max-memory", given)
    assert done.returncode == 2
    assert f"resources.max_memory: '{given}' is no size: write a number and one of B, KB" in done.stderr
    (job / "job.toml").write_text(f'[resources]\nmax_memory = "{given}"\n', encoding="utf-8")
    assert "is no size" in cli("run", "job.toml", *INPUTS).stderr


def test_a_limit_changes_no_output(cli, job):
    assert cli("run", *INPUTS, "--out", str(job / "free")).returncode == 0
    assert cli("run", *INPUTS, "--max-memory", "100GB", "--out", str(job / "wide")).returncode == 0
    names = [path.relative_to(job / "free") for path in sorted((job / "free").rglob("*")) if path.is_file()]
    assert names
    for name in names:
        assert (job / "free" / name).read_bytes() == (job / "wide" / name).read_bytes(), name
