"""Where a project stands: what is recorded is known, has its reason, and never goes away."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pandas as pd
import pytest

from integrator.circulation import history_text, set_status, statuses_table
from integrator.data import read, rows
from integrator.errors import UsageError
from integrator.records import Judgement, ProjectStatus
from integrator.store import Store
from integrator.wording import meant

with Path(__file__).with_name("status_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(read(stream, "status_cases.csv"))
KNOWN = {"FP-X1", "FP-X2"}


def record(store, sheet, status, reason="", stated_on="", **more):
    return set_status(store, KNOWN, ProjectStatus(sheet, status, reason, stated_on, **more))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_statuses_that_can_be_recorded(tmp_path, case):
    store = Store(tmp_path / "store")
    if case["words"]:
        with pytest.raises(UsageError, match=case["words"]):
            record(store, case["sheet"], case["status"], case["reason"])
        assert store.statuses() == ()
        return
    record(store, case["sheet"], case["status"], case["reason"], "2026-01-01")
    (one,) = store.statuses()
    assert (one.sheet_id, one.status, one.reason, one.stated_on) == (
        case["sheet"], case["recorded"], case["reason"], "2026-01-01",
    )  # fmt: skip


def test_blanks_are_no_reason(tmp_path):
    with pytest.raises(UsageError, match="say why"):
        record(Store(tmp_path / "store"), "FP-X1", "dropped", "  ")


def test_history_is_kept_and_a_project_may_come_back(tmp_path):
    store = Store(tmp_path / "store")
    for status, reason in (("idea", ""), ("dropped", "pas de volume"), ("idea", "")):
        record(store, "FP-X1", status, reason)
    record(store, "FP-X2", "rfq", "", "2026-02-01")
    assert history_text(store, "FP-X1") == "idea\ndropped  pas de volume\nidea"
    assert history_text(store, "FP-X2") == "2026-02-01  rfq"


def test_saying_the_same_again_adds_nothing(tmp_path):
    store = Store(tmp_path / "store")
    record(store, "FP-X1", "idea")
    record(store, "FP-X2", "idea")
    record(store, "FP-X1", "idée")
    assert [one.sheet_id for one in store.statuses()] == ["FP-X1", "FP-X2"]
    record(store, "FP-X1", "idea", "confirmed")
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
    record(store, "FP-X1", "idea")
    assert len(store.statuses()) == 1
    assert store.judgements() == (judged,)


def test_a_store_from_before_owners_keeps_its_statuses_and_takes_new_ones(tmp_path):
    connection = sqlite3.connect(tmp_path / "integrator.sqlite")
    connection.execute(
        "CREATE TABLE statuses (number INTEGER PRIMARY KEY, sheet_id TEXT NOT NULL, status TEXT NOT NULL,"
        " reason TEXT NOT NULL, stated_on TEXT NOT NULL)"
    )
    connection.execute("INSERT INTO statuses (sheet_id, status, reason, stated_on) VALUES ('FP-X1', 'idea', '', '')")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()
    store = Store(tmp_path)
    assert store.statuses() == (ProjectStatus("FP-X1", "idea", "", ""),)
    record(store, "FP-X1", "rfq", "deux offres", "2026-02-01", owner="Bureau démo", due="2026-03-31", stated_by="démo")
    assert [(one.status, one.owner, one.due, one.stated_by) for one in store.statuses()] == [
        ("idea", "", "", ""),
        ("rfq", "Bureau démo", "2026-03-31", "démo"),
    ]
    assert history_text(store, "FP-X1") == "idea\n2026-02-01  rfq  deux offres  Bureau démo  -> 2026-03-31  démo"


@pytest.mark.parametrize("day", ["31/12/2026", "2026-02-30", "soon", "20261231"])
def test_a_day_that_is_none_is_refused(tmp_path, day):
    store = Store(tmp_path)
    with pytest.raises(UsageError, match="2026-12-31"):
        record(store, "FP-X1", "rfq", due=day)
    assert store.statuses() == ()


def test_the_table_holds_the_latest_and_warns_of_sheets_that_are_gone():
    sheets = pd.DataFrame({"sheet_id": ["FP-X1", "FP-X2"], "need_id": ["X1", "X2"]})
    said = [
        ProjectStatus("FP-X1", "idea", "", "2026-01-01"),
        ProjectStatus("FP-OLD", "rfq", "", "2026-01-02"),
        ProjectStatus("FP-X1", "rfq", "", "2026-01-03", "Bureau A"),
        ProjectStatus("FP-X1", "rfq", "relance", "2026-01-04", "Bureau B", "2026-02-01"),
    ]
    table, lost = statuses_table(said, sheets)
    assert table.to_dict("records") == [
        {"sheet_id": "FP-OLD", "need_id": "", "status": "rfq", "reason": "", "owner": "", "due": "",
         "stated_on": "2026-01-02", "stated_by": "", "since": "2026-01-02", "count": 1},
        {"sheet_id": "FP-X1", "need_id": "X1", "status": "rfq", "reason": "relance", "owner": "Bureau B",
         "due": "2026-02-01", "stated_on": "2026-01-04", "stated_by": "", "since": "2026-01-03", "count": 3},
    ]  # fmt: skip
    (problem,) = lost
    assert (problem.code, problem.severity, problem.raw) == ("status_without_sheet", "warning", "FP-OLD")
    assert len(statuses_table([], sheets)[0]) == 0


def test_every_status_has_its_words():
    codes = {row["status"] for row in rows("project_statuses.csv")}
    assert set(meant("status").values()) == codes
