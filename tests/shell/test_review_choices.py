"""`review export` chooses, remembers what was decided, and takes back what another choice sent out."""

from __future__ import annotations

import openpyxl
import pytest


@pytest.fixture
def export(job, cli):
    (job / "job.toml").write_text('[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n', encoding="utf-8")
    return lambda *more: cli("review", "export", "sent.xlsx", "--force", "--job", "job.toml", *more)


def sent(job) -> list[tuple[str, str]]:
    sheet = openpyxl.load_workbook(job / "sent.xlsx").worksheets[0]
    rows = sheet.iter_rows(min_row=4, max_col=3, values_only=True)
    return [(need, supplier) for need, _, supplier in rows if supplier]


OTHERS = [pytest.param(by, marks=pytest.mark.nightly) for by in ("head", "uncertainty", "value")]


@pytest.mark.parametrize("by", ["mixed", *OTHERS])
def test_what_was_decided_is_not_asked_again(job, cli, export, by):
    assert export("--by", by).returncode == 0
    before = sent(job)
    assert f"{len(before)} pairs by {by}" in export("--by", by).stdout
    book = openpyxl.load_workbook(job / "sent.xlsx")
    book.worksheets[0].cell(4, 10).value, book.worksheets[0].cell(4, 11).value = "oui", 3
    book.save(job / "sent.xlsx")
    done = cli("review", "import", "sent.xlsx", "--job", "job.toml")
    assert "1 decisions read, 1 new" in done.stdout, done.stderr
    assert "1 decided on already" in export("--by", by).stdout
    assert before[0] not in sent(job)
    assert export("--by", by, "--again").returncode == 0
    assert sent(job) == before


def test_the_limit_holds_and_another_way_is_refused(job, export):
    assert export("--by", "mixed", "--limit", "2").returncode == 0
    assert len(sent(job)) == 2
    refused = export("--by", "chance")
    assert refused.returncode == 2
    assert "choose among head, uncertainty, value, mixed" in refused.stderr
    assert export("--limit", "0").returncode == 2
