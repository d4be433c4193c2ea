"""Packs, agenda and statuses from the command line, on the made-up job."""

from __future__ import annotations

import csv
import sys
from types import SimpleNamespace

import openpyxl
import pytest

from integrator.cli import main

JOB = """[inputs]
suppliers = ["suppliers.csv"]
needs = ["needs.csv"]

[output]
date = "2026-01-01"
"""


@pytest.fixture(autouse=True)
def job_file(job):
    (job / "integrator.toml").write_text(JOB, encoding="utf-8")


@pytest.fixture
def cli(job, monkeypatch, capsys):
    """The same door as the command `integrator`, without the cost of a process for each call."""
    monkeypatch.chdir(job)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["integrator", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(returncode=left.value.code or 0, stdout=said.out, stderr=said.err)

    return run


def texts(path):
    book = openpyxl.load_workbook(path)
    return "\n".join(str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row if c.value is not None)


def test_a_pack_holds_the_sheets_of_its_receiver_and_no_other(cli, job):
    done = cli("packs", "made", "--by", "buyer")
    assert done.returncode == 0, done.stderr
    with (job / "made" / "circulation.csv").open(encoding="utf-8", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["receiver"], line["needs"]) == ("Constructeur démo", "X001")
    path = job / "made" / f"{line['file']}.xlsx"
    assert [name for name in openpyxl.load_workbook(path).sheetnames if name.startswith("FP-")] == ["FP-X001"]
    assert "X002" not in texts(path)
    beside = {"circulation.csv", "circulation.xlsx", "manifest.json"}
    assert {p.name for p in (job / "made").iterdir()} == {path.name} | beside
    assert cli("packs", "made").returncode == 5


def test_packs_stay_in_their_folder_whatever_the_ids(cli, job):
    text = (job / "suppliers.csv").read_text(encoding="utf-8").splitlines()
    ids = ["", "Supplier ID;", "../../out;", "a/b;", "s;"]
    lines = [head + line for head, line in zip(ids, text, strict=True)]
    (job / "suppliers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    before = {p.name for p in job.iterdir()}
    done = cli("packs", "made", "--by", "actor")
    assert done.returncode == 0, done.stderr
    assert {p.name for p in job.iterdir()} == before | {"made"}
    with (job / "made" / "circulation.csv").open(encoding="utf-8", newline="") as stream:
        files = [line["file"] for line in csv.DictReader(stream)]
    assert len(files) >= 2
    assert {p.stem for p in (job / "made").glob("*.xlsx")} == {*files, "circulation"}


@pytest.mark.parametrize(("lang", "title"), [((), "Synthèse"), (("--lang", "en"), "Overview")])
def test_the_agenda_speaks_french_or_english_and_is_the_same_twice(cli, job, lang, title):
    for name in ("one.xlsx", "two.xlsx"):
        done = cli("meetings", name, "--slots", "2", "--tables", "1", *lang)
        assert done.returncode == 0, done.stderr
    assert openpyxl.load_workbook(job / "one.xlsx").sheetnames[0] == title
    assert "Emboutis du Détroit (démo)" in texts(job / "one.xlsx")
    assert (job / "one.xlsx").read_bytes() == (job / "two.xlsx").read_bytes()
    assert cli("meetings", "one.xlsx").returncode == 5


def test_participants_narrow_the_agenda(cli, job):
    path = job / "participants.csv"
    path.write_text("Participant;Côté\nConstructeur démo;donneur d'ordre\nS9;fournisseur\n", encoding="utf-8")
    done = cli("meetings", "agenda.xlsx", "--participants", "participants.csv")
    assert done.returncode == 0, done.stderr
    assert "participants.csv" in done.stderr
    assert "row 3" in done.stderr
    assert "0 meetings of 0 possible pairs" in done.stdout
    path.write_text("Participant;Côté\nConstructeur démo;visiteur\n", encoding="utf-8")
    refused = cli("meetings", "other.xlsx", "--participants", "participants.csv")
    assert refused.returncode == 3
    assert not (job / "other.xlsx").exists()


def test_the_agenda_keeps_the_slots_of_the_participants(cli, job):
    text = (job / "suppliers.csv").read_text(encoding="utf-8").splitlines()
    lines = [head + line for head, line in zip(["", "Supplier ID;", "S1;", "S2;", "S3;"], text, strict=True)]
    (job / "suppliers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = job / "participants.csv"
    for free in (1, 2, 3):
        busy = " ".join(str(slot) for slot in (1, 2, 3) if slot != free)
        head = "participant_id;side;unavailable_slots"
        path.write_text(f"{head}\nConstructeur démo;buyer;\nS1;supplier;{busy}\n", encoding="utf-8")
        done = cli("meetings", "agenda.xlsx", "--slots", "3", "--participants", "participants.csv", "--force")
        assert done.returncode == 0, done.stderr
        every = openpyxl.load_workbook(job / "agenda.xlsx").worksheets[-1]
        row = next(every.iter_rows(min_row=2, values_only=True))
        assert (row[0], row[4], row[5]) == (free, "Constructeur démo", "S1")


def test_requests_are_planned_or_listed_with_their_reason(cli, job):
    path = job / "requests.csv"
    path.write_text(
        "buyer;supplier_id;asked_by;priority\nConstructeur démo;Emboutis du Détroit (démo);both;1\nX;Y;buyer;1\n",
        encoding="utf-8",
    )
    options = ("--requests", "requests.csv", "--start", "09:00", "--minutes", "15", "--break", "1:30")
    done = cli("meetings", "agenda.xlsx", *options)
    assert done.returncode == 0, done.stderr
    assert "1 of 1 requests placed" in done.stdout
    assert "requests.csv, row 3" in done.stderr
    assert "requests.csv, row 3" in texts(job / "agenda.xlsx")
    assert "09:00-09:15" in texts(job / "agenda.xlsx")
    assert cli("meetings", "other.xlsx", "--break", "1:30").returncode == 2
    path.write_text("who;whom\nX;Y\n", encoding="utf-8")
    assert cli("meetings", "other.xlsx", "--requests", "requests.csv").returncode == 3
    assert not (job / "other.xlsx").exists()


def test_a_status_is_recorded_shown_and_checked(cli):
    assert "no status recorded" in cli("status", "FP-X001").stdout
    assert cli("status", "FP-X001", "repéré").returncode == 0
    assert cli("status", "FP-X001", "dropped").returncode == 2
    assert cli("status", "FP-X999", "idea").returncode == 2
    done = cli("status", "FP-X001", "dropped", "--reason", "sans volume")
    assert done.returncode == 0, done.stderr
    shown = cli("status", "FP-X001").stdout.splitlines()
    assert shown == ["2026-01-01  scouted", "2026-01-01  dropped  sans volume"]


def test_a_list_of_statuses_is_taken_whole_or_refused_and_shown(cli, job):
    assert "Aucun statut" in cli("status", "--list").stdout
    path = job / "list.csv"
    path.write_text("Fiche;Statut;Responsable\nFP-X002;repéré;Bureau démo\nFP-X001;gagné;\n", encoding="utf-8")
    refused = cli("status", "import", "list.csv")
    assert refused.returncode == 3
    assert "list.csv, row 3, column 'B'" in refused.stderr
    assert "Aucun statut" in cli("status", "--list").stdout
    path.write_text("Fiche;Statut;Responsable\nFP-X002;repéré;Bureau démo\n", encoding="utf-8")
    assert "1 statuses recorded" in cli("status", "import", "list.csv", "--by", "démo").stdout
    assert "0 statuses recorded" in cli("status", "import", "list.csv").stdout
    listed = cli("status", "--list").stdout.splitlines()
    assert listed[1].split() == ["FP-X002", "repéré", "2026-01-01", "Bureau", "démo"]
    for wrong in ((), ("import",), ("FP-X001", "--list")):
        assert cli("status", *wrong).returncode == 2


NEEDS = """Component;Required processes;Materials;Buyer
support embouti;emboutissage;acier;Constructeur démo
disque de frein;fonderie fonte;fonte;sector
"""


def test_statuses_outlive_runs_in_which_rows_without_ids_are_added_and_moved(cli, job):
    """The id of a need that has none is made from its content, not from its row; who may see it is no content."""
    (job / "needs.csv").write_text(NEEDS, encoding="utf-8")
    assert cli("run", "--out", "one").returncode == 0
    sheets = rows_of(job / "one", "opportunities")
    (sheet,) = [row["sheet_id"] for row in sheets if row["component"] == "support embouti"]
    assert cli("status", sheet, "rfq", "--owner", "Bureau démo", "--due", "2026-12-31", "--by", "démo").returncode == 0
    head, first, second = NEEDS.splitlines()
    moved = [
        f"{head};Confidentiality",
        f"{second};",
        "garniture de porte;injection plastique;PP;sector;",
        f"{first};public",
    ]
    (job / "needs.csv").write_text("\n".join(moved) + "\n", encoding="utf-8")
    assert cli("run", "--out", "two").returncode == 0
    (row,) = rows_of(job / "two", "statuses")
    assert (row["sheet_id"], row["status"], row["owner"], row["due"], row["count"]) == (
        sheet, "rfq", "Bureau démo", "2026-12-31", "1",
    )  # fmt: skip
    assert row["need_id"] in {
        one["need_id"] for one in rows_of(job / "two", "needs") if one["component"] == "support embouti"
    }
    (job / "needs.csv").write_text("\n".join(moved[:3]) + "\n", encoding="utf-8")
    gone = cli("run", "--out", "three", "--strict")
    assert gone.returncode == 4
    (row,) = rows_of(job / "three", "statuses")
    assert (row["sheet_id"], row["need_id"]) == (sheet, ""), "not lost"
    assert "status_without_sheet" in {one["code"] for one in rows_of(job / "three", "problems")}


def rows_of(folder, table):
    with (folder / "tables" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_portfolio_of_a_run_with_statuses_comes_back(cli, job):
    """Other pages of the workbook show statuses too; the words for none are no status."""
    assert cli("status", "FP-X001", "repéré", "--owner", "Bureau démo").returncode == 0
    assert cli("run", "--out", "made").returncode == 0
    path = job / "made" / "project_sheets.xlsx"
    assert "0 statuses recorded" in cli("status", "import", str(path)).stdout
    book = openpyxl.load_workbook(path)
    sheet = book["Portefeuille"]
    head = next(row for row in sheet.iter_rows() if {"Fiche", "Responsable"} <= {cell.value for cell in row})
    owner = next(cell.column for cell in head if cell.value == "Responsable")
    line = next(row for row in sheet.iter_rows(min_row=head[0].row + 1) if row[0].value == "FP-X001")
    sheet.cell(line[0].row, owner).value = "Autre bureau"
    book.save(job / "edited.xlsx")
    done = cli("status", "import", "edited.xlsx")
    assert "1 statuses recorded" in done.stdout, done.stderr
    assert "Autre bureau" in cli("status", "--list").stdout


def test_a_reason_that_our_csv_made_inert_comes_back_as_it_was(cli, job):
    assert cli("status", "FP-X001", "dropped", "--reason", "=1+1").returncode == 0
    assert cli("run", "--out", "made").returncode == 0
    assert "0 statuses recorded" in cli("status", "import", "made/tables/statuses.csv").stdout


def test_packs_do_not_replace_a_run_nor_a_run_packs(cli):
    assert cli("run", "--out", "made").returncode == 0
    refused = cli("packs", "made", "--force")
    assert refused.returncode == 5
    assert "holds a run, not a set of packs" in refused.stderr
    assert cli("packs", "sent").returncode == 0
    refused = cli("run", "--out", "sent", "--force")
    assert refused.returncode == 5
    assert "holds a set of packs, not a run" in refused.stderr
    assert cli("packs", "sent", "--force").returncode == 0


def test_an_agenda_names_no_restricted_site(cli, job):
    lines = (job / "suppliers.csv").read_text(encoding="utf-8").splitlines()
    name = "Emboutis du Détroit (démo)"
    levelled = [f"{lines[0]};Confidentiality", *(f"{one};{'restricted' if name in one else ''}" for one in lines[1:])]
    (job / "suppliers.csv").write_text("\n".join(levelled) + "\n", encoding="utf-8")
    assert cli("meetings", "agenda.xlsx").returncode == 0
    assert name not in texts(job / "agenda.xlsx")
    assert cli("meetings", "all.xlsx", "--level", "restricted").returncode == 0
    assert name in texts(job / "all.xlsx")
    assert cli("meetings", "none.xlsx", "--level", "public").returncode == 2


def test_a_heading_of_the_participants_that_is_not_read_is_named(cli, job):
    path = job / "participants.csv"
    path.write_text("Participant;Côté;Créneaux pris\nConstructeur démo;donneur d'ordre;1 2\n", encoding="utf-8")
    done = cli("meetings", "agenda.xlsx", "--participants", "participants.csv")
    assert done.returncode == 0, done.stderr
    assert "'Créneaux pris' names no column" in done.stderr
    assert "unavailable_slots" in done.stderr
