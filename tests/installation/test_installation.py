"""`integrator doctor`: what is there, what is missing, and the status that a script may ask for."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from integrator import data, installation
from integrator.installation import machine, versions

_RELEASES = st.lists(st.integers(0, 12), min_size=1, max_size=3).map(lambda parts: ".".join(map(str, parts)))
_SIGNS = st.sampled_from([">=", "<=", "==", "!=", "<", ">"])


@given(_RELEASES, st.lists(st.tuples(_SIGNS, _RELEASES).map("".join), max_size=3))
def test_bounds_hold_as_packaging_has_it(installed, bounds):
    assert versions.within(installed, ",".join(bounds)) == SpecifierSet(",".join(bounds)).contains(Version(installed))


def _of(report: installation.Report, name: str) -> installation.Finding:
    return next(one for one in report.findings if one.name == name)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def metadata(monkeypatch):
    """What the package's metadata says and which versions there are, as the test states them."""

    def state(lines: list[str], installed: dict[str, str]) -> None:
        def version(name: str) -> str:
            if name not in installed:
                raise PackageNotFoundError(name)
            return installed[name]

        monkeypatch.setattr(versions, "requires", lambda _: lines)
        monkeypatch.setattr(versions, "metadata", lambda _: {"Requires-Python": ">=3.11"})
        monkeypatch.setattr(versions, "version", version)

    return state


@pytest.mark.parametrize(
    ("installed", "ok", "words"),
    [
        ({"numpy": "2.1"}, True, "2.1 (>=2.0)"),
        ({"numpy": "1.26.4"}, False, "1.26.4 (>=2.0)"),
        ({}, False, "is not installed"),
    ],
)
def test_a_package_of_every_run_decides(metadata, elsewhere, installed, ok, words):
    metadata(["numpy>=2.0", 'pyspark<5,>=4.0; extra == "spark"'], installed)
    report = installation.report()
    assert report.ok == ok
    assert words in _of(report, "numpy").found
    assert ('pip install "numpy>=2.0"' in report.text()) == (not ok)
    assert not _of(report, "spark").ok, "an extra that lacks is said"
    assert 'pip install "integrator[spark]"' in report.text()


def test_every_line_of_the_metadata_is_understood(elsewhere):
    report = installation.report()
    assert report.ok, report.text()
    assert {row["name"] for row in data.rows("installation.csv") if row["kind"] != "font"} <= {
        one.name for one in report.findings
    }
    assert json.loads(json.dumps(report.as_dict()))["ok"]


def test_a_folder_that_may_not_be_written_is_a_finding(elsewhere, monkeypatch):
    (elsewhere / "integrator.toml").write_text('[output]\nfolder = "taken/out"\n', encoding="utf-8")
    (elsewhere / "taken").write_text("a file", encoding="utf-8")
    report = installation.report()
    assert not report.ok
    assert "is a file" in _of(report, "results").found
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "may not be written" in _of(installation.report(), "store").found


def test_a_job_file_that_cannot_be_read_is_a_finding(elsewhere):
    (elsewhere / "integrator.toml").write_text("[matching]\ncandidats = 3\n", encoding="utf-8")
    report = installation.report()
    assert not report.ok
    assert "did you mean 'candidates'" in _of(report, "job file").found


def test_programs_and_letters_that_lack_do_not_stop_a_run(elsewhere, monkeypatch):
    monkeypatch.setenv("PATH", str(elsewhere))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    report = installation.report()
    assert report.ok
    lacking = {one.name for one in report.findings if not one.ok}
    assert {"Java", "LibreOffice", "Chromium", "encoding"} <= lacking


def test_little_memory_is_said(elsewhere, monkeypatch):
    monkeypatch.setattr(machine, "_memory", lambda: 200_000_000)
    report = installation.report()
    assert not report.ok
    assert _of(report, "memory").found.startswith("200 MB; the smallest job takes")


def test_it_answers_where_pandas_and_numpy_do_not_load(tmp_path):
    for name in ("pandas", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise ImportError('broken')\n", encoding="utf-8")
    source = Path(installation.__file__).parents[2]
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([str(tmp_path), str(source)]), PYTHONIOENCODING="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "integrator", "doctor"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "unexpected fault" not in done.stderr
    assert "pandas" in done.stdout
