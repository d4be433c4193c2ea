"""The job file: closed, typed, with relative paths from where it stands."""

from __future__ import annotations

import pytest

from integrator import config
from integrator.errors import UsageError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[matching]\ncandidates = 0\n", "matching.candidates"),
        ('[output]\ndate = "yesterday"\n', "output.date"),
        ('[output]\nlanguage = "fr"\n', "did you mean 'lang'"),
        ('[outputs]\nlang = "fr"\n', "did you mean 'output'"),
        ("[limits]\nrow = 5\n", "did you mean 'rows'"),
        ('[inputs]\nsuppliers = "one.csv"\n', "inputs.suppliers"),
        ("[inputs\n", "not valid TOML"),
        ('base = "/"\n', "unknown key 'base'"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path, text, words):
    (tmp_path / "job.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"job\.toml") as caught:
        config.load(tmp_path / "job.toml")
    assert words in str(caught.value)


def test_paths_start_from_the_job_file(tmp_path):
    (tmp_path / "job.toml").write_text('[output]\nfolder = "sheets"\n', encoding="utf-8")
    assert config.load(tmp_path / "job.toml").out == tmp_path / "sheets"


def test_the_shipped_jobs_are_valid():
    from pathlib import Path

    from integrator import data

    root = Path(__file__).parents[2]
    assert config.load(root / "integrator.toml").output.top == 10
    assert data.text("job_template.toml").startswith("# A job")
