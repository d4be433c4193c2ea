"""The store only grows."""

from __future__ import annotations

import sqlite3

import pytest

from integrator.errors import OutputError
from integrator.records import Judgement
from integrator.store import Store

ONE = Judgement("X1", "S1", 3, "procédé", "", "démo", "2026-01-01")
UNSURE = Judgement("X1", "S2", None, "", "", "démo", "2026-01-01")


def test_judgements_are_added_once_and_kept_in_order(tmp_path):
    store = Store(tmp_path / "store")
    assert store.judgements() == ()
    assert store.add_judgements([ONE, UNSURE]) == 2
    assert store.add_judgements([ONE, UNSURE]) == 0
    later = Judgement("X1", "S1", 2, "revu", "", "démo", "2026-02-01")
    assert store.add_judgements([later]) == 1
    assert store.judgements() == (ONE, UNSURE, later)


def test_reading_makes_nothing(tmp_path):
    Store(tmp_path / "store").judgements()
    assert not (tmp_path / "store").exists()


def test_a_newer_store_is_refused(tmp_path):
    store = Store(tmp_path)
    store.add_judgements([ONE])
    with sqlite3.connect(tmp_path / "integrator.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(OutputError, match="newer version"):
        store.judgements()


def test_no_store_at_all_is_one_sentence(tmp_path):
    (tmp_path / "store").write_text("not a folder", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path / "store").add_judgements([ONE])
