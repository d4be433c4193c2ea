"""A review workbook that comes back: to the run that asked, or by force (D10)."""

from __future__ import annotations

import openpyxl


def _answer(path):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, 10).value, sheet.cell(row, 11).value = "oui ", 3
    book.save(path)


def test_d10_a_workbook_of_another_run_is_refused_unless_forced(job, cli):
    (job / "job.toml").write_text('[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n', encoding="utf-8")
    assert cli("review", "export", "sent.xlsx", "--job", "job.toml").returncode == 0
    _answer(job / "sent.xlsx")
    done = cli("review", "import", "sent.xlsx", "--job", "job.toml")
    assert (done.returncode, "decisions read" in done.stdout) == (0, True), done.stderr
    needs = (job / "needs.csv").read_text(encoding="utf-8")
    (job / "needs.csv").write_text(needs.replace("support embouti", "bras embouti"), encoding="utf-8")
    done = cli("review", "import", "sent.xlsx", "--job", "job.toml")
    assert done.returncode == 3
    assert "now asks about the batch" in done.stderr
    assert "--force" in done.stderr
    assert cli("review", "import", "sent.xlsx", "--job", "job.toml", "--force").returncode == 0
