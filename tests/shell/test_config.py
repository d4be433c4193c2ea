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
        ('[output]\ndate = "2024-02-31"\n', "2024-02-31 is no day of the calendar"),
        ('[output]\ndate = "٢٠٢٤-٠١-٠١"\n', "output.date"),
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


def test_data_in_the_place_of_a_job_is_told(tmp_path):
    (tmp_path / "suppliers.xlsx").write_bytes(b"PK\x03\x04\x8f")
    with pytest.raises(UsageError, match="use --suppliers or --needs"):
        config.load(tmp_path / "suppliers.xlsx")


def test_paths_start_from_the_job_file(tmp_path):
    (tmp_path / "job.toml").write_text('[output]\nfolder = "sheets"\n', encoding="utf-8")
    assert config.load(tmp_path / "job.toml").out == tmp_path / "sheets"


@pytest.mark.parametrize(
    ("epoch", "day"), [("1700000000", "2023-11-14"), ("99999999999999", ""), ("9" * 400, ""), ("²", ""), ("soon", "")]
)
def test_the_date_of_the_build_is_a_day_or_none(monkeypatch, epoch, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert config.Config().run_date == day


def test_the_shipped_jobs_are_valid():
    from pathlib import Path

    from integrator import data

    root = Path(__file__).parents[2]
    assert config.load(root / "integrator.toml").output.top == 10
    assert data.text("job_template.toml").startswith("# A job")


def test_b01_the_header_row_of_a_file_or_a_sheet_can_be_given(job, cli):
    rows = "Raison sociale;Ville;Produits\nAncienne (démo);Fès;vis\nSociété;Ville;Produits\nNouvelle (démo);Fès;vis\n"
    (job / "suppliers.csv").write_text(rows, encoding="utf-8")
    text = '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\nheader_rows = {"%s" = %d}\n'
    for name, row, words in (
        ("suppliers.csv", 3, "1 rows = 1 used + 0 set aside"),
        ("suppliers.csv []", 1, "3 rows = 2 used + 1 set aside"),
        ("other.csv", 3, "'other.csv' is no file of this job"),
        ("suppliers.csv", 0, "greater than or equal to 1"),
        ("suppliers.csv", 9, "no table of suppliers"),
    ):
        (job / "job.toml").write_text(text % (name, row), encoding="utf-8")
        done = cli("check", "job.toml")
        assert words in done.stdout + done.stderr
        assert (done.returncode == 0) == ("rows =" in words)
