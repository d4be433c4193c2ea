"""Headings that a person confirms: `check --map`, `--save-mapping`, and what later runs make of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.shell.conftest import Cli

ARGUMENTS = ("check", "--suppliers", "odd.csv", "--needs", "needs.csv")
ODD = """Enseigne commerciale;Ville;Fabrications maison;Produits
Emboutis du Détroit (démo);Tanger;pièces embouties;vente
"""


def _records(cli: Cli, *more: str) -> tuple[int, str]:
    done = cli(*ARGUMENTS, *more)
    return done.returncode, done.stdout + done.stderr


def test_b7_a_confirmed_heading_is_read_and_forgotten_when_not_kept(job: Path, cli: Cli) -> None:
    (job / "odd.csv").write_text(ODD, encoding="utf-8")
    code, said = _records(cli)
    assert code == 3
    assert "no column for name" in said or "no table of suppliers" in said
    assert _records(cli, "--map", "Enseigne commerciale=name")[0] == 0
    assert _records(cli)[0] == 3
    assert not list(job.glob("integrator-store/*"))


def test_b7_a_kept_mapping_counts_for_the_same_headings_in_any_order_only(job: Path, cli: Cli) -> None:
    (job / "odd.csv").write_text(ODD, encoding="utf-8")
    assert _records(cli, "--map", "Enseigne commerciale=name", "--save-mapping")[0] == 0
    (job / "odd.csv").write_text("VILLE;enseigne  commerciale;Produits;Fabrications maison\nFès;Forge (démo);vis;\n")
    code, said = _records(cli, "--json")
    assert code == 0
    assert "confirmed_heading" in {problem["code"] for problem in json.loads(said)["problems"]}
    (job / "odd.csv").write_text("Ville;Enseigne commerciale;Produits\nFès;Forge (démo);vis\n")
    assert _records(cli)[0] == 3


def test_b6_two_columns_of_one_field_are_settled_by_leaving_one_out(job: Path, cli: Cli) -> None:
    (job / "odd.csv").write_text("Raison sociale;Nom de l'entreprise;Ville\nForge (démo);Forge;Fès\n", encoding="utf-8")
    code, said = _records(cli)
    assert code == 3
    assert "both mean name" in said
    assert "Heading=FIELD" in said
    assert "--map" in said
    assert _records(cli, "--map", "Nom de l'entreprise=", "--save-mapping")[0] == 0
    assert _records(cli)[0] == 0
    assert _records(cli, "--map", "Nom de l'entreprise=name")[0] == 3


def test_b7_what_cannot_be_confirmed_is_said(job: Path, cli: Cli) -> None:
    (job / "odd.csv").write_text(ODD, encoding="utf-8")
    for more, words in (
        (("--map", "Ville=town"), "'town' is no field"),
        (("--map", "Cité=city", "--map", "Enseigne commerciale=name"), "no sheet that is read has a heading 'Cité'"),
        (("--map", "Ville"), 'write --map "Heading=field"'),
        (("--save-mapping",), "say what to keep"),
    ):
        code, said = _records(cli, *more)
        assert code == 2, more
        assert words in said
        assert "Traceback" not in said


def test_b7_a_far_heading_is_not_proposed(job: Path, cli: Cli) -> None:
    (job / "odd.csv").write_text("Nom;Service;Procédéss\nForge (démo);achats;forge\n", encoding="utf-8")
    problems = json.loads(_records(cli, "--json")[1])["problems"]
    texts = [json.dumps(p, ensure_ascii=False) for p in problems if p["code"] == "unmapped_column"]
    (far,) = (text for text in texts if "Service" in text)
    (near,) = (text for text in texts if "Procédéss" in text)
    assert "nearest field" not in far
    assert "--map Service=FIELD" in far.replace("'", "")
    assert "--map Procédéss=processes" in near.replace("'", "")
