"""A run that compares meanings names the channel, says what rests on it, and changes nothing when it is off."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from integrator import config, intake, pipeline, tables
from integrator.errors import MissingExtra
from integrator.meaning import model

SUPPLIERS = """made-up;;;
Raison sociale;Ville;Produits;Procédés
Emboutis du Détroit (démo);Tanger;pièces embouties;emboutissage
Moulage Chaouia (démo);Casablanca;pare-chocs;injection plastique
Fonderie Atlas (démo);Fès;disques de frein;fonderie fonte
"""
NEEDS = """Need ID;Component;Required processes
X001;bumper;injection plastique
X002;قرص الفرامل;fonderie fonte
"""


@pytest.fixture
def job(tmp_path: Path) -> Path:
    (tmp_path / "suppliers.csv").write_text(SUPPLIERS, encoding="utf-8")
    (tmp_path / "needs.csv").write_text(NEEDS, encoding="utf-8")
    return tmp_path


def command(job: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "integrator", *arguments, "--suppliers", "suppliers.csv", "--needs", "needs.csv"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"}
    return subprocess.run(line, cwd=job, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)


def test_a_run_by_meaning_names_its_channel_and_its_model(job):
    done = command(job, "run", "--semantic", "--out", "on")
    assert done.returncode == 0, done.stderr
    assert "were found by meaning alone (universal-sentence-encoder-multilingual-3" in done.stdout
    candidates, reasons = table(job / "on", "candidates"), table(job / "on", "reasons")
    assert candidates["channels"].str.contains("meaning").all()
    assert pd.to_numeric(candidates["channel_meaning"]).between(0, 1).all()
    assert set(candidates.columns) >= {"channel_meaning", "wording_meaning"}
    points = pd.to_numeric(reasons["points"]).groupby([reasons["need_id"], reasons["supplier_id"]]).sum()
    matches = table(job / "on", "matches").set_index(["need_id", "supplier_id"])
    assert (points - pd.to_numeric(matches["score"]).reindex(points.index)).abs().max() < 1e-3
    weights = pd.to_numeric(reasons["weight"]).groupby([reasons["need_id"], reasons["supplier_id"]]).sum()
    assert (weights - 100).abs().max() < 1e-4
    assert matches["reasons"].str.contains("rapprochement par le sens (modèle)", regex=False).any()
    manifest = json.loads((job / "on" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["libraries"][model.PACKAGE] == importlib.metadata.version(model.PACKAGE)
    assert manifest["config"]["matching"]["semantic"] is True


def test_the_same_tables_with_and_without_kept_vectors(job):
    for out in ("one", "two"):
        assert command(job, "run", "--semantic", "--out", out).returncode == 0
    assert len(list((job / "integrator-store" / "cache").glob("vectors-*.npz"))) == 1
    one, two = ({path.name: path.read_bytes() for path in (job / out / "tables").iterdir()} for out in ("one", "two"))
    assert one == two


def test_off_is_the_default_and_leaves_no_trace(job):
    assert command(job, "run", "--out", "off").returncode == 0
    assert not (job / "integrator-store").exists()
    candidates = table(job / "off", "candidates")
    assert not [name for name in candidates.columns if "meaning" in name]
    assert not set(table(job / "off", "reasons")["criterion"]) & {"wording_meaning"}


def test_pairs_that_only_meaning_found_say_so():
    suppliers = [{"supplier_id": "S1", "name": "a", "products": "sarcasme zorglub"}]
    needs = [{"need_id": "X1", "component": "ironie blivet"}]
    from integrator.records import CellRef, Record

    ref = CellRef("made_up.csv", "", 2)
    records = {
        "supplier": tuple(Record("supplier", ref, row, dict.fromkeys(row, ref)) for row in suppliers),
        "need": tuple(Record("need", ref, row, dict.fromkeys(row, ref)) for row in needs),
        "judgement": (),
    }
    asked = config.Config().with_changes({"matching": {"semantic": True}, "store": {"path": "none"}})
    # no unknown term is asked of the model: the lexicon alone has tens of thousands of labels
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("integrator.normalization.unknown_terms", lambda *_: pd.DataFrame())
        patch.setattr("integrator.meaning.Meaning.save", lambda _: None)
        run = pipeline.match(asked, intake.Inputs(records, (), (), {}))
    assert list(run.tables["candidates"]["channels"]) == ["meaning"]
    assert "trouvé par le sens seulement (modèle), à vérifier" in run.tables["matches"].loc[0, "reasons"]
    notes = [problem for problem in run.problems if problem.code == "meaning_alone"]
    assert [note.message.split(" (")[0] for note in notes] == ["1 of 1 matches were found by meaning alone"]
    tables.check(tables.PROBLEMS, run.tables["problems"])


def test_without_the_extra_the_job_is_refused_before_anything_is_read(monkeypatch):
    def none(_):
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(model, "version", none)
    asked = config.Config().with_changes({"matching": {"semantic": True}, "inputs": {"suppliers": ["no such file"]}})
    with pytest.raises(MissingExtra, match=r"needs the semantic extra: pip install 'integrator\[semantic\]'"):
        pipeline.run(asked)
