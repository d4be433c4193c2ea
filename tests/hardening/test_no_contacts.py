"""Telephone numbers and e-mail addresses of inputs stand in no message, log or manifest. All content is made up."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
CONTACTS = ("06 12 34 56 78", "+212661234567", "personne.demo@exemple.ma", "00212 5 22 33 44 55")
COLUMNS = {
    "fr": (
        "Code;Raison sociale;Ville;Produits;Procédés;Matières;Certifications;Capacité annuelle;Effectif;Statut",
        "Code besoin;Composant;Procédés requis;Matières;Volume annuel;Unité;Prix unitaire;Devise;Donneur d'ordre"
        ";Code SH",
    ),
    "en": (
        "supplier_id;name;city;products;processes;materials;certifications;annual capacity;employees;status",
        "need_id;component;processes;materials;annual_volume;unit;unit_price;currency;buyer;hs_code",
    ),
    "ar": (
        "الرمز;اسم الشركة;المدينة;المنتجات;العمليات;المواد;الشهادات;الطاقة السنوية;عدد العمال;الحالة",
        "رمز الحاجة;المكون;العمليات;المواد;الحجم السنوي;الوحدة;سعر الوحدة;العملة;المشتري;الرمز الجمركي",
    ),
}  # fmt: skip
COMMANDS = (
    ("run", "--force"), ("run", "--force", "--json"), ("check",), ("check", "--json"), ("terms", "unknown"),
    ("identities", "list"), ("review", "status"), ("status", "--list"),
)  # fmt: skip


def _rows(lang: str, headings: list[str], part: int) -> list[list[str]]:
    """A row for each column and contact that has the contact in that column, alone or behind a word."""
    rows = [headings]
    for column in range(len(headings)):
        for number, contact in enumerate(CONTACTS):
            row = [f"{lang}{column}{number}", f"Société {lang}{column}", *[""] * (len(headings) - 2)]
            row[part] = "vis"
            row[column] = f"{row[column]} {contact}".strip() if column % 2 else contact
            rows.append(row)
    return rows


@pytest.fixture
def job(tmp_path: Path) -> Path:
    listed: dict[str, list[str]] = {"suppliers": [], "needs": []}
    for lang, kinds in COLUMNS.items():
        for kind, headings, part in zip(listed, kinds, (3, 1), strict=True):
            name = f"{kind}_{lang}.csv"
            rows = _rows(lang, headings.split(";"), part)
            (tmp_path / name).write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
            listed[kind].append(name)
    text = "".join(f"{kind} = {json.dumps(names)}\n" for kind, names in listed.items())
    (tmp_path / "integrator.toml").write_text(f"[inputs]\n{text}", encoding="utf-8")
    return tmp_path


def _found(text: str) -> list[str]:
    """Lines with a contact, however its figures are cut."""
    keys = [contact if "@" in contact else re.sub(r"\D", "", contact)[-9:] for contact in CONTACTS]
    return [line for line in text.splitlines() if any(key in re.sub(r"(?<=\d)[ .()-](?=\d)", "", line) for key in keys)]


@pytest.mark.parametrize("commands", [COMMANDS[:1], pytest.param(COMMANDS, marks=pytest.mark.nightly)])
def test_no_message_holds_a_contact(job: Path, commands: tuple[tuple[str, ...], ...]) -> None:
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "integrator", *command], cwd=job, capture_output=True, text=True, encoding="utf-8",
            check=False, env=dict(os.environ, PYTHONPATH=str(SOURCE), PYTHONIOENCODING="utf-8"),
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr)
        assert not _found(done.stdout), command
        assert not _found(done.stderr), command
    out = job / "out"
    assert not _found((out / "manifest.json").read_text(encoding="utf-8"))
    with (out / "tables" / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        problems = list(csv.DictReader(file))
    assert any("[phone]" in one["raw"] for one in problems), "the inputs say nothing that is reported"
    assert any("[e-mail]" in one["raw"] for one in problems)
    assert not _found("\n".join(value for one in problems for value in one.values()))


def test_an_error_that_names_a_heading_masks_it(tmp_path: Path) -> None:
    from integrator.errors import Problem

    said = str(Problem("f.csv", "Tél 0612345678", 3, "personne.demo@exemple.ma", "code", "warning", "unclear", "look"))
    assert not _found(said)
    assert "[phone]" in said
    assert "[e-mail]" in said
