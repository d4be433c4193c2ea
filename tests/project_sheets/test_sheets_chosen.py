"""More opportunities than sheets: the best get one, the others stay on every page of the job, and the cover says so."""

from __future__ import annotations

import json
import re

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.project_sheets import write_project_sheets, write_report
from integrator.project_sheets.choosing import best_needs

SAID = {"fr": "ont une fiche", "en": "have a sheet", "ar": "لها بطاقة"}


def book_of(path, tables, language="fr", **options):
    write_project_sheets(path, tables, language, 10, "2026-01-31", **options)
    return openpyxl.load_workbook(path)


def content_of(path):
    found = re.search(r'<script[^>]* id="content">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)
    return json.loads(found[1])


PLACES = st.lists(
    st.tuples(st.booleans(), st.none() | st.integers(1, 6), st.none() | st.integers(0, 4)), min_size=1, max_size=8
)


@given(PLACES, st.integers(0, 9), st.randoms())
def test_the_best_are_those_of_the_stated_order(places, sheets, random):
    needs = [f"N{number}" for number in range(len(places))]
    rows = list(zip(needs, places, strict=True))
    random.shuffle(rows)
    made = {
        "needs": pd.DataFrame(
            {"need_id": [n for n, _ in rows], "aggregate": ["yes" if p[0] else "no" for _, p in rows]}
        ),
        "axes": pd.DataFrame({"need_id": [n for n, _ in rows], "rank": pd.array([p[1] for _, p in rows], "Int64")}),
        "opportunities": pd.DataFrame(
            {"need_id": [n for n, _ in rows], "best_grade": pd.array([p[2] for _, p in rows], "Int64")}
        ),
    }
    slow = sorted(
        rows,
        key=lambda row: (
            row[1][0],
            row[1][1] is None,
            row[1][1] or 0,
            -(-1 if row[1][2] is None else row[1][2]),
            row[0],
        ),
    )
    assert best_needs(made, sheets) == {need for need, _ in slow[:sheets]}
    assert best_needs(made) == set(needs)


def test_nothing_changes_while_every_opportunity_has_a_sheet(example, tmp_path):
    count = len(example["opportunities"])
    for name, sheets in (("all", None), ("exact", count), ("more", count + 5)):
        write_project_sheets(tmp_path / f"{name}.xlsx", example, "fr", 10, "2026-01-31", sheets=sheets)
        write_report(tmp_path / f"{name}.html", example, "fr", 10, "2026-01-31", "", sheets)
    for kind in ("xlsx", "html"):
        assert len({(tmp_path / f"{name}.{kind}").read_bytes() for name in ("all", "exact", "more")}) == 1


@pytest.mark.parametrize("language", SAID)
def test_the_pages_of_the_job_hold_every_need_as_before(example, tmp_path, language):
    whole = book_of(tmp_path / "whole.xlsx", example, language)
    cut = book_of(tmp_path / "cut.xlsx", example, language, sheets=1)
    ids = set(example["opportunities"]["sheet_id"])
    (own,) = [name for name in cut.sheetnames if name in ids]
    assert own == f"FP-{next(iter(best_needs(example, 1)))}"
    pages = [name for name in whole.sheetnames if name not in ids]
    assert cut.sheetnames == [*pages, own]
    said = 0
    for page in pages:
        for ours, theirs in zip(whole[page].iter_rows(), cut[page].iter_rows(), strict=True):
            for one, other in zip(ours, theirs, strict=True):
                if one.value != other.value:
                    assert SAID[language] in other.value, (page, one.coordinate)
                    said += 1
    assert said == 2, "the overview and the list say it"
    for one, other in zip(whole[own].iter_rows(), cut[own].iter_rows(), strict=True):
        assert [cell.value for cell in one] == [cell.value for cell in other]


def test_no_link_leads_to_a_sheet_that_is_not_there(example, tmp_path):
    cut = book_of(tmp_path / "cut.xlsx", example, sheets=1)
    for sheet in cut:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink and cell.hyperlink.location:
                    assert cell.hyperlink.location.split("!")[0].strip("'") in cut.sheetnames, cell.coordinate


def test_the_page_for_a_browser_holds_the_same_needs_and_says_how_many_there_are(example, tmp_path):
    write_report(tmp_path / "r.html", example, "en", 10, "2026-01-31", "made-up", 1)
    write_report(tmp_path / "all.html", example, "en", 10, "2026-01-31", "made-up")
    cut, whole = content_of(tmp_path / "r.html"), content_of(tmp_path / "all.html")
    assert {one["id"] for one in cut["needs"]} == best_needs(example, 1)
    total = len(example["opportunities"])
    assert cut["notice"].startswith("made-up  ·  ")
    assert f"1 of {total} opportunities" in cut["notice"]
    assert whole["notice"] == "made-up"
    (one,), same = cut["needs"], {need["id"]: need for need in whole["needs"]}
    assert len(one["matches"]) == len(same[one["id"]]["matches"])
    assert one["shown"] == same[one["id"]]["shown"]
