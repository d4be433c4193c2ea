"""A small made-up job, written as an analyst would: two supplier files, one need file."""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from integrator.cli import main

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

ENVIRONMENT = {"PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def job(tmp_path: Path) -> Path:
    """A folder with the files of the made-up job."""
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
    (tmp_path / "needs.csv").write_text(NEEDS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def cli(job: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs the command line in the folder of the job: its entry point, in this process, which knows the lexicon."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        said = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in ("out", "err")]
        collects, code = gc.get_threshold(), 0
        with monkeypatch.context() as patch:
            patch.chdir(job)
            for name, value in {**ENVIRONMENT, **environment}.items():
                patch.setenv(name, value)
            for name, new in {"argv": ["integrator", *arguments], "stdout": said[0], "stderr": said[1]}.items():
                patch.setattr(sys, name, new)
            try:
                main()
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        gc.set_threshold(*collects)
        texts = [stream.buffer.getvalue().decode("utf-8") for stream in said]  # type: ignore[attr-defined]
        return subprocess.CompletedProcess(["integrator", *arguments], code, *texts)

    return run


@pytest.fixture
def process(job: Path) -> Cli:
    """Runs it as users do, in a process of its own: for what a process could change, such as the order of sets."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "integrator", *arguments],
            cwd=job,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **ENVIRONMENT, **environment},
            check=False,
        )

    return run
