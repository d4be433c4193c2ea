"""`--sheets N` and `[output] sheets`: what is written, and that the summary says what is not."""

from __future__ import annotations

import csv
import json

import openpyxl

INPUTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv")


def needs_of(folder):
    with (folder / "tables" / "opportunities.csv").open(encoding="utf-8", newline="") as stream:
        return [row["sheet_id"] for row in csv.DictReader(stream)]


def test_of_more_opportunities_the_summary_says_how_many_have_a_sheet(cli, job):
    done = cli("run", *INPUTS, "--sheets", "1", "--out", str(job / "cut"))
    assert done.returncode == 0, done.stderr
    listed = needs_of(job / "cut")
    assert f"1 of {len(listed)} opportunities have a sheet; the others are in tables/opportunities.csv\n" in done.stdout
    names = openpyxl.load_workbook(job / "cut" / "project_sheets.xlsx", read_only=True).sheetnames
    assert len(set(names) & set(listed)) == 1


def test_without_sheets_tables_quality_and_review_are_written_alone(cli, job):
    done = cli("run", *INPUTS, "--sheets", "0", "--out", str(job / "bare"))
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (job / "bare").iterdir()}
    assert names == {"tables", "quality.xlsx", "review.xlsx", "manifest.json"}
    assert "no sheets were asked for" in done.stdout
    assert "quality.xlsx" in done.stdout.splitlines()[-1]
    assert "project_sheets" not in done.stdout


def test_a_job_says_it_too_and_data_counts_them(cli, job):
    (job / "job.toml").write_text("[output]\nsheets = 1\n", encoding="utf-8")
    done = cli("run", "job.toml", *INPUTS, "--json", "--out", str(job / "asked"))
    assert json.loads(done.stdout)["sheets"] == 1


def test_a_small_job_says_nothing_of_it(cli, job):
    done = cli("run", *INPUTS, "--out", str(job / "whole"))
    assert "have a sheet" not in done.stdout
