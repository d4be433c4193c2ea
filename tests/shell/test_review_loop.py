"""A review from workbook to sheet: two blind reviewers, their state, the next workbook, the next run, training."""

from __future__ import annotations

import csv
import json
import zipfile

import openpyxl
import pytest

import judged_world
from integrator.store import Store
from review_world import fill

SECRETS = ("Amina", "Bachir")


@pytest.fixture
def review(job, cli):
    (job / "job.toml").write_text('[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n', encoding="utf-8")
    return lambda verb, *more: cli("review", verb, *more, "--job", "job.toml")


def answer(job, file: str, supplier: str, **typed: object):
    return fill(job / file, {supplier: typed})


def sent(job, file: str) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(job / file).worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    return [dict(zip(heads, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)]


def test_two_who_disagree_are_kept_and_shown(job, cli, review):
    for who, decision, grade in (("Amina Démo", "oui", 4), ("Bachir Démo", "non", 1)):
        done = review("export", f"{who[0]}.xlsx", "--blind", "--reviewer", who)
        assert done.returncode == 0, done.stderr
        one = sent(job, f"{who[0]}.xlsx")[0]
        assert one["Relecteur"] == who
        answer(job, f"{who[0]}.xlsx", one["Site"], decision=decision, grade=grade, reason=f"motif de {grade}")
        done = review("import", f"{who[0]}.xlsx")
        assert done.returncode == 0, done.stderr
    disputed = (one["Besoin"], one["Site"])
    state = json.loads(review("status", "--json").stdout)
    assert [(one["name"], one["label"]) for one in state["reviewers"]] == [("Amina Démo", "R1"), ("Bachir Démo", "R2")]
    assert [said["grade"] for said in state["disagreements"][0]["answers"]] == [4, 1]
    assert "motif de 4" in review("status").stdout
    review("export", "next.xlsx")
    again = {(row["Besoin"], row["Site"]): row for row in sent(job, "next.xlsx")}
    assert "relecteur 1" in again[disputed]["Avis déjà donnés"]
    assert "relecteur 2" in again[disputed]["Avis déjà donnés"]
    assert cli("run", "job.toml").returncode == 0
    with (job / "out" / "tables" / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {(row["judged_by"], row["grade"], row["disagreement"]) for row in rows} == {
        ("R1", "4", "yes"),
        ("R2", "1", "yes"),
    }
    with zipfile.ZipFile(job / "out" / "project_sheets.xlsx") as parts:
        whole = "".join(parts.read(name).decode("utf-8") for name in parts.namelist())
    assert "avis divergents : 1 et 4" in whole
    for path in (job / "out").rglob("*"):
        inside = path.read_bytes() if path.is_file() else b""
        assert not any(secret.encode() in inside for secret in SECRETS), path
    assert not any(secret in whole for secret in SECRETS)


def test_a_refused_file_or_a_strict_import_leaves_nothing(job, review):
    review("export", "sent.xlsx")
    rows = sent(job, "sent.xlsx")
    answer(job, "sent.xlsx", rows[0]["Site"], decision="oui", grade=3)
    answer(job, "sent.xlsx", rows[-1]["Site"], decision="peut-être", grade=3)
    done = review("import", "sent.xlsx", "--strict")
    assert (done.returncode, "J" in done.stderr) == (4, True)
    (job / "other.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert review("import", "other.csv").returncode == 3
    assert Store(job / "integrator-store").judgements() == ()
    done = review("import", "sent.xlsx")
    assert (done.returncode, "rows set aside" in done.stdout) == (0, True)
    kept = Store(job / "integrator-store").judgements()
    assert kept
    assert review("import", "sent.xlsx").returncode == 0
    assert Store(job / "integrator-store").judgements() == kept, "nothing is taken twice"


def test_training_learns_from_the_store_alone(job, cli, plain_run, quick_training):
    judged = judged_world.judge(plain_run, judged_world.by_supplier)
    judged_world.write_job(job, judged)
    Store(job / "integrator-store").add_judgements(judged)
    done = cli("train", "ranker.json", "--judgements", "none")
    assert done.returncode == 0, done.stderr
    assert json.loads((job / "ranker.json").read_text(encoding="utf-8"))
