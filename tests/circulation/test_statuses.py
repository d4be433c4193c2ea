"""Where a project stands: what is recorded is known, has its reason, and never goes away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from integrator.circulation import history_text, set_status
from integrator.data import read
from integrator.errors import UsageError
from integrator.records import Judgement
from integrator.store import Store

with Path(__file__).with_name("status_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(read(stream, "status_cases.csv"))
KNOWN = {"FP-X1", "FP-X2"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_statuses_that_can_be_recorded(tmp_path, case):
    store = Store(tmp_path / "store")
    if case["words"]:
        with pytest.raises(UsageError, match=case["words"]):
            set_status(store, KNOWN, case["sheet"], case["status"], case["reason"])
        assert store.statuses() == ()
        return
    set_status(store, KNOWN, case["sheet"], case["status"], case["reason"], "2026-01-01")
    (one,) = store.statuses()
    assert (one.sheet_id, one.status, one.reason, one.stated_on) == (
        case["sheet"], case["recorded"], case["reason"], "2026-01-01",
    )  # fmt: skip


def test_blanks_are_no_reason(tmp_path):
    with pytest.raises(UsageError, match="say why"):
        set_status(Store(tmp_path / "store"), KNOWN, "FP-X1", "dropped", "  ")


def test_history_is_kept_and_a_project_may_come_back(tmp_path):
    store = Store(tmp_path / "store")
    for status, reason in (("idea", ""), ("dropped", "pas de volume"), ("idea", "")):
        set_status(store, KNOWN, "FP-X1", status, reason)
    set_status(store, KNOWN, "FP-X2", "rfq", "", "2026-02-01")
    assert history_text(store, "FP-X1") == "idea\ndropped  pas de volume\nidea"
    assert history_text(store, "FP-X2") == "2026-02-01  rfq"


def test_saying_the_same_again_adds_nothing(tmp_path):
    store = Store(tmp_path / "store")
    set_status(store, KNOWN, "FP-X1", "idea")
    set_status(store, KNOWN, "FP-X2", "idea")
    set_status(store, KNOWN, "FP-X1", "idée")
    assert [one.sheet_id for one in store.statuses()] == ["FP-X1", "FP-X2"]
    set_status(store, KNOWN, "FP-X1", "idea", "confirmed")
    assert len(store.statuses()) == 3


def test_asking_makes_nothing_and_says_so(tmp_path):
    assert "no status recorded" in history_text(Store(tmp_path / "store"), "FP-X1")
    assert not (tmp_path / "store").exists()


def test_a_store_from_before_statuses_keeps_its_judgements(tmp_path):
    store = Store(tmp_path)
    judged = Judgement("X1", "S1", 3, "", "", "démo", "2026-01-01")
    store.add_judgements([judged])
    connection = sqlite3.connect(tmp_path / "integrator.sqlite")
    connection.execute("DROP TABLE statuses")
    connection.commit()
    connection.close()
    set_status(store, KNOWN, "FP-X1", "idea")
    assert len(store.statuses()) == 1
    assert store.judgements() == (judged,)
