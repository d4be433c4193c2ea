"""Other names in place of the needs; the frozen messy names are what the seeded noiser writes."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from integrator.errors import UsageError
from integrator.evaluation.names import read_names, renamed
from integrator.records import CellRef, Record

ROOT = Path(__file__).parents[2]
NEED = Record("need", CellRef("a", "", 2), {"need_id": "X1", "component": "vis", "materials": "acier"}, {})


def test_only_the_id_and_the_other_name_are_left(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("# made up\nneed_id,component\nX1,برغي\n", encoding="utf-8")
    names = read_names(tmp_path / "names.csv")
    assert renamed(NEED, names).values == {"need_id": "X1", "component": "برغي"}


def test_a_need_without_another_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="need X1 has no name"):
        renamed(NEED, {"X2": "vis"})
    (tmp_path / "names.csv").write_text("id,name\nX1,vis\n", encoding="utf-8")
    with pytest.raises(UsageError, match="need_id and component"):
        read_names(tmp_path / "names.csv")


def test_the_table_is_read_like_every_list(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Names of June,,\nComponent,Remark,NEED_ID\nvis,,X1\nnom seul,,\nécrou,,X2\n", encoding="utf-8")
    assert read_names(path) == {"X1": "vis", "X2": "écrou"}
    path.write_text("need_id,component,component\nX1,vis,boulon\n", encoding="utf-8")
    with pytest.raises(UsageError, match="'component' means what column B means"):
        read_names(path)


@pytest.mark.parametrize("name", ["arabic", "messy"])
def test_every_shipped_need_has_a_frozen_name(name: str) -> None:
    names = read_names(ROOT / "data" / "names" / f"{name}.csv")
    assert len(names) == 108
    assert all(names.values())


def test_the_messy_names_are_those_of_the_noiser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["noisy_names.py"])
    script = runpy.run_path(str(ROOT / "benchmarks" / "noisy_names.py"))
    script["main"].__globals__["TARGET"] = tmp_path / "messy.csv"
    script["main"]()
    assert (tmp_path / "messy.csv").read_bytes() == (ROOT / "data" / "names" / "messy.csv").read_bytes()
