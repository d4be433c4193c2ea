"""Bills, stated inputs, trade and an input-output table by way of the command line; every file is made up."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.shell.conftest import Cli

BOM = """Véhicule;Réf. besoin;Composant;Prix;Devise;Local
Démo;X001;support embouti;2,50;EUR;non
Démo;X01;vis;0,10;EUR;oui
Démo;;;5;EUR;
"""
VALUES = """Réf. besoin;Fournisseur;Paramètre;Valeur;Unité;Source;Date de la source
X001;;part de la main-d'œuvre;12 %;;étude (démo);2024
X001;;couleur;3;;;
X001;;wacc;8 %;;;
X001;;wacc;8 %;;;
;S-99;capacity;100;pièces/an;;
"""
TRADE = "t,i,j,k,v\n2022,504,250,854430,1\n"
ARGUMENTS = ("--suppliers", "suppliers.csv", "--needs", "needs.csv", "--boms", "bom.csv", "--values", "values.csv",
             "--trade", "trade.csv")  # fmt: skip


@pytest.fixture
def valued(job: Path) -> Path:
    """The folder of the job with the inputs of a valuation."""
    for name, text in (("bom.csv", BOM), ("values.csv", VALUES), ("trade.csv", TRADE)):
        (job / name).write_text(text, encoding="utf-8")
    return job


def _checked(cli: Cli, *more: str) -> dict[str, Any]:
    done = cli("check", *ARGUMENTS, "--json", *more)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_every_row_is_accounted_for_and_each_problem_has_its_cell(valued: Path, cli: Cli) -> None:
    found = _checked(cli)
    counts = {one["file"]: (one["kind"], one["rows"], one["used"], one["set_aside"]) for one in found["inputs"]}
    assert counts["bom.csv"] == ("bom", 3, 2, 1)
    assert counts["values.csv"] == ("value", 5, 2, 3)
    assert counts["trade.csv"] == ("trade", 1, 1, 0)
    problems = {
        (one["code"], one["severity"], one["where"]) for one in found["problems"] if "suppl" not in one["where"]
    }
    assert problems >= {
        ("unknown_need", "warning", "bom.csv, row 3, column 'B'"),
        ("bom_row", "set_aside", "bom.csv, row 4"),
        ("unknown_input", "set_aside", "values.csv, row 3, column 'C'"),
        ("repeated_row", "set_aside", "values.csv, row 5"),
        ("unknown_supplier", "set_aside", "values.csv, row 6, column 'B'"),
    }


def test_e5_an_unknown_id_is_said_with_the_nearest(valued: Path, cli: Cli) -> None:
    actions = {one["code"]: one["action"] for one in _checked(cli)["problems"]}
    assert actions["unknown_need"] == "correct the id; the nearest is X001"


def test_a_job_names_them_too_and_the_manifest_has_their_digests(valued: Path, cli: Cli) -> None:
    (valued / "tes.csv").write_text("secteur;auto\nauto;0,1\nimportations;0,4\n", encoding="utf-8")
    (valued / "job.toml").write_text(
        '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\nboms = ["bom.csv"]\nvalues = ["values.csv"]\n'
        'trade = ["trade.csv"]\ninput_output = "tes.csv"\n',
        encoding="utf-8",
    )
    done = cli("run", "job.toml", "--out", "out")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((valued / "out" / "manifest.json").read_text(encoding="utf-8"))
    for name in ("bom.csv", "values.csv", "trade.csv", "tes.csv"):
        digest = hashlib.sha256((valued / name).read_bytes()).hexdigest()
        assert digest in json.dumps(manifest), name
    with (valued / "out" / "tables" / "stated.csv").open(encoding="utf-8-sig", newline="") as stream:
        stated = {(row["need_id"], row["input"]): row for row in csv.DictReader(stream)}
    assert set(stated) == {("X001", "labour"), ("X001", "wacc")}
    assert stated["X001", "labour"]["cell"] == "values.csv D2"
    done = cli("check", "job.toml", "--boms", "none", "--values", "none", "--trade", "none", "--json")
    assert {one["kind"] for one in json.loads(done.stdout)["inputs"]} == {"supplier", "need", "input_output"}


def test_e12_refusals_of_all_kinds_are_said_at_once(valued: Path, cli: Cli) -> None:
    (valued / "bom.csv").write_text("Couleur;Poids\nrouge;3\n", encoding="utf-8")
    (valued / "values.csv").write_text("Paramètre;Source\nwacc;démo\n", encoding="utf-8")
    (valued / "trade.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = cli("check", *ARGUMENTS, "--judgements", "missing.csv")
    said = done.stdout + done.stderr
    assert done.returncode == 3
    assert all(name in said for name in ("bom.csv", "values.csv", "trade.csv", "missing.csv"))
    assert "Traceback" not in said


def test_what_is_stated_of_one_row_of_a_company_is_stated_of_the_company(valued: Path, cli: Cli) -> None:
    (valued / "suppliers.csv").write_text(
        "supplier_id;Raison sociale;Produits\nS1;Emboutis (démo);pièces embouties\nS2;Emboutis SA (démo);supports\n",
        encoding="utf-8",
    )
    (valued / "values.csv").write_text(
        "Fournisseur;Paramètre;Valeur;Unité\nS2;capacity;100;pièces/an\nS1;capacity;200;pièces/an\n", encoding="utf-8"
    )
    assert not any(one["code"] == "stated_twice" for one in _checked(cli)["problems"])
    (valued / "integrator.toml").write_text(
        '[inputs]\nsuppliers = ["suppliers.csv"]\nneeds = ["needs.csv"]\n', encoding="utf-8"
    )
    decided = cli("identities", "decide", "S1", "S2", "same", "--by", "démo")
    assert decided.returncode == 0, decided.stderr
    (twice,) = [one for one in _checked(cli)["problems"] if one["code"] == "stated_twice"]
    assert twice["where"] == "values.csv, row 3, column 'C'"


def test_a_heading_of_a_bill_can_be_confirmed(valued: Path, cli: Cli) -> None:
    (valued / "bom.csv").write_text("Véhicule;Article maison;Prix\nDémo;vis;1\n", encoding="utf-8")
    assert cli("check", *ARGUMENTS).returncode == 3
    found = _checked(cli, "--map", "Article maison=line")
    assert "confirmed_heading" in {one["code"] for one in found["problems"]}
