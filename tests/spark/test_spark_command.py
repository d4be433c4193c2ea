"""`run --engine spark`: the same folder, and one sentence for what lacks."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from integrator import config, pipeline, run_folder
from integrator.errors import IntegratorError, OutputError, UsageError
from integrator.spark import Options, session
from integrator.spark.matching import match

JOB = Path(__file__).parents[2] / "examples" / "job.toml"


def written(engine: str, folder: Path) -> dict[str, bytes]:
    """The files of the run folder of the example; the manifest names the engine."""
    asked = {"output": {"folder": str(folder)}, "matching": {"engine": engine}, "spark": {"partitions": 3}}
    job = config.load(JOB).with_changes(asked)
    run_folder.write(pipeline.run(job), folder, force=False)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert f'"engine": "{engine}"'.encode() in files.pop("manifest.json")
    return files


def test_both_engines_write_the_same_bytes(spark, tmp_path):
    local, spread = (written(engine, tmp_path / engine) for engine in ("local", "spark"))
    assert {"tables/candidates.csv", "tables/matches.csv", "tables/reasons.csv"} < set(local)
    assert [name for name in local if local[name] != spread.get(name)] == []
    assert set(local) == set(spread)


def java(folder: Path, says: str) -> Path:
    """A program that says what `java -version` says."""
    program = folder / "bin" / "java"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "21" 2023-09-19', 21),
        ('java version "1.8.0_292"', 8),
        ("Unable to locate a Java Runtime", None),
    ],
)
def test_the_version_of_java_is_read(tmp_path, monkeypatch, says, version):
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, says)))
    assert session.java_version() == version


@pytest.fixture
def installed(monkeypatch):
    """pyspark is there, whether it is or not."""
    monkeypatch.setattr(session, "find_spec", lambda _name: object())
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)


def test_what_lacks_is_told_before_anything_is_read(cli_run, tmp_path, monkeypatch, installed):
    monkeypatch.setenv("JAVA_HOME", str(java(tmp_path, 'openjdk version "11.0.2"')))
    assert "needs Java 17 or newer, this is Java 11: install it" in cli_run("--engine", "spark")
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "needs Java 17 or newer and there is none: install it (Debian" in cli_run("--engine", "spark")
    monkeypatch.setattr(session, "find_spec", lambda _name: None)
    assert cli_run("--engine", "spark") == '--engine spark needs pyspark: pip install "integrator[spark]".\n'


@pytest.fixture
def cli_run(tmp_path, monkeypatch, capsys):
    """Runs the example by the command line, which must end with exit code 2; what it says on stderr."""
    from integrator.cli import main

    def run(*arguments: str) -> str:
        command = ["integrator", "run", str(JOB), "--out", str(tmp_path / "out"), *arguments]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as stop:
            main()
        assert stop.value.code == 2
        assert not (tmp_path / "out").exists()
        return str(capsys.readouterr().err)

    return run


def test_other_engines_and_settings_are_refused(cli_run, installed):
    assert "matching.engine" in cli_run("--engine", "dask")
    with pytest.raises(UsageError, match=r"settings of Spark begin with `spark\.`"):
        session.check(Options(conf={"executor.memory": "4g"}))


@pytest.mark.parametrize(
    ("folder", "master", "error", "words"),
    [
        (None, "spark://one:7077", UsageError, "give with --spark-work a folder that every machine reaches"),
        (Path("no-such-folder"), "", OutputError, "no-such-folder: no work for Spark can be put there"),
    ],
)
def test_a_folder_for_all_machines_is_asked_for(folder, master, error, words):
    nothing = (None,) * 5
    with pytest.raises(error, match=words):
        match(*nothing, folder=folder, options=Options(master=master))  # type: ignore[arg-type]


def test_a_job_says_how_spark_is_asked(tmp_path):
    text = '[matching]\nengine = "spark"\n[spark]\nmaster = "local[3]"\npartitions = 9\nartifact = "work"\n'
    (tmp_path / "job.toml").write_text(text + '[spark.conf]\n"spark.executor.memory" = "4g"\n', encoding="utf-8")
    job = config.load(tmp_path / "job.toml")
    assert job.spark.conf == {"spark.executor.memory": "4g"}
    assert (job.spark.master, job.spark.partitions, job.spark.artifact) == ("local[3]", 9, "work")
    (tmp_path / "job.toml").write_text("[spark]\npartition = 9\n", encoding="utf-8")
    with pytest.raises(IntegratorError, match="did you mean 'partitions'"):
        config.load(tmp_path / "job.toml")
