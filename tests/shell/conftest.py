"""A small made-up job, written as an analyst would: two supplier files, one need file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SUPPLIERS = """made-up;;;;;
Raison sociale;Ville;Produits;Procédés;Matières;Statut
Emboutis du Détroit (démo);Tanger;pièces embouties;emboutissage;acier;operating 2024
Moulage Chaouia (démo);Casablanca;pièces plastiques techniques;injection plastique;PP;operating 2023
Fonderie Atlas (démo);Fès;disques de frein;fonderie fonte; usinage;fonte;announced 2025
"""
NEEDS = """Need ID;Component;Required processes;Materials;Annual volume;Unit;Unit price;Currency;Buyer
X001;support embouti;emboutissage;acier;120000;pieces/year;2.5;EUR;Constructeur démo
X002;disque de frein;fonderie fonte;fonte;;;;;sector
"""
JUDGEMENTS = """need_id;supplier_id;grade;judged_by;judged_on
X001;S1;3;démo;2026-01-01
"""

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A folder with the files of the made-up job."""
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
    (tmp_path / "needs.csv").write_text(NEEDS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def cli(job: Path) -> Cli:
    """Runs the command line in the folder of the job."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "integrator", *arguments],
            cwd=job,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200", **environment},
            check=False,
        )

    return run
