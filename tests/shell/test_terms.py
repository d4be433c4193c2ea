"""Unknown terms on the command line: listed, sent out, taken back, counted in the next run."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from integrator.own_terms.words import COLUMNS

JOB = """[inputs]
suppliers = ["suppliers.csv"]
needs = ["needs.csv"]
judgements = ["judgements.csv"]
"""
AT = {name: column for column, name in enumerate(COLUMNS, start=1)}


@pytest.fixture
def own(job: Path) -> Path:
    """The made-up job with a process that nobody knows, and two judgements."""
    (job / "integrator.toml").write_text(JOB, encoding="utf-8")
    text = (job / "suppliers.csv").read_text(encoding="utf-8").replace("emboutissage", "quxage à façon")
    (job / "suppliers.csv").write_text(text, encoding="utf-8")
    (job / "judgements.csv").write_text(
        "need_id,supplier_id,grade\nX001,ZZ,3\nX002,ZZ,1\n", encoding="utf-8"
    )  # fmt: skip
    return job


def decide(path: Path, term: str, **answers: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    (row,) = [r for r in range(4, sheet.max_row + 1) if sheet.cell(r, AT["term"]).value == term]
    for name, value in answers.items():
        sheet.cell(row, AT[name]).value = value
    book.save(path)


def test_a_term_goes_out_comes_back_and_is_known(cli, own):
    listed = cli("terms", "unknown", "--out", "terms.xlsx")
    assert listed.returncode == 0, listed.stderr
    assert "quxage à façon" in listed.stdout
    assert cli("terms", "unknown", "--out", "terms.xlsx").returncode == 5, "an existing workbook is kept"
    before = cli("run", "--out", "before", "--json")
    decide(own / "terms.xlsx", "quxage à façon", decision="autre concept", concept="P-STAMP")
    taken = cli("terms", "import", "terms.xlsx", "--by", "démo")
    assert taken.returncode == 0, taken.stderr
    assert "1 names added (0 new concepts), 0 terms ignored, 0 there already" in taken.stdout
    assert (
        "0 names added (0 new concepts), 0 terms ignored, 1 there already"
        in cli("terms", "import", "terms.xlsx").stdout
    )
    assert "quxage" not in cli("terms", "unknown").stdout
    after = cli("run", "--out", "after", "--json")
    one, two = json.loads(before.stdout)["coverage"]["supplier"], json.loads(after.stdout)["coverage"]["supplier"]
    assert (two["lines"], two["linked"]) == (one["lines"], one["linked"] + 1)
    manifests = [json.loads((own / name / "manifest.json").read_text("utf-8")) for name in ("before", "after")]
    assert manifests[0]["knowledge"] == {}
    assert list(manifests[1]["knowledge"]) == ["integrator-terms.csv"]
    assert "1 labels, 0 ignored terms" in cli("terms", "check").stdout
    decide(own / "terms.xlsx", "quxage à façon", decision="ignorer")
    assert "1 terms ignored" in cli("terms", "import", "terms.xlsx").stdout


def test_a_bad_decision_is_one_sentence_with_its_cell(cli, own):
    cli("terms", "unknown", "--out", "terms.xlsx", "--lang", "en")
    decide(own / "terms.xlsx", "quxage à façon", decision="other concept", concept="P-NONE")
    refused = cli("terms", "import", "terms.xlsx")
    assert refused.returncode == 3
    assert "terms.xlsx, sheet 'Terms', row" in refused.stderr
    assert "'P, Concept': no concept 'P-NONE'" in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1
    assert not (own / "integrator-terms.csv").exists()


def test_faults_of_own_words_are_told_with_those_of_the_other_files(cli, own):
    (own / "integrator-terms.csv").write_text("concept,lang,type,text\nP-NONE,fr,alt,a\nP-STAMP,fr,alt,\n", "utf-8")
    (own / "needs.csv").write_bytes(b"")
    for command in ("check", "run"):
        refused = cli(command)
        assert refused.returncode == 3
        for said in ("needs.csv", "integrator-terms.csv, row 2, column 'concept'", "row 3, column 'text'"):
            assert said in refused.stderr
    assert not (own / "out").exists()


def test_a_job_may_have_no_words_of_its_own_or_name_another_file(cli, own):
    (own / "integrator.toml").write_text(JOB + '[knowledge]\nterms = ""\n', encoding="utf-8")
    cli("terms", "unknown", "--out", "terms.xlsx")
    none = cli("terms", "import", "terms.xlsx")
    assert none.returncode == 2
    assert "[knowledge]" in none.stderr
    (own / "integrator.toml").write_text(JOB + '[knowledge]\nterms = "mine/words.csv"\n', encoding="utf-8")
    decide(own / "terms.xlsx", "quxage à façon", decision="ignorer")
    assert cli("terms", "import", "terms.xlsx").returncode == 0
    assert (own / "mine" / "words.csv").is_file()


def test_the_summary_says_coverage_and_recall(cli, own):
    (own / "suppliers.csv").write_text("ID;Raison sociale;Produits\nS1;Alpha (démo);pièces embouties\n", "utf-8")
    (own / "judgements.csv").write_text("need_id,supplier_id,grade\nX001,S1,3\nX002,S1,1\n", "utf-8")
    done = cli("run", "--out", "made")
    assert done.returncode == 0, done.stderr
    assert "with a concept: 6 of 6 need lines (100%), 1 of 1 supplier lines (100%)" in done.stdout
    assert (
        "candidate recall 1.000: 1 of 1 pairs graded 3 or 4 are among the ranked actors of 2 judged needs"
        in done.stdout
    )
    counts = json.loads((own / "made" / "manifest.json").read_text("utf-8"))["counts"]
    assert (counts["needs_judged"], counts["able_pairs"], counts["able_pairs_ranked"]) == (2, 1, 1)
    assert (own / "made" / "tables" / "coverage.csv").is_file()
    measured = cli("evaluate", "--json")
    assert json.loads(measured.stdout)["candidate_recall"]["all"] == {"needs": 2, "pairs": 1, "found": 1, "share": 1.0}
    assert "recall     1.000" in cli("evaluate").stdout
    without = cli("run", "--judgements", "none", "--out", "other")
    assert "candidate recall" not in without.stdout
