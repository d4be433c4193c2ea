"""The store only grows."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest

from integrator.errors import OutputError
from integrator.records import AskedPair, Judgement
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


VERSION_1 = """
CREATE TABLE judgements (
    number INTEGER PRIMARY KEY, need_id TEXT NOT NULL, supplier_id TEXT NOT NULL, grade INTEGER,
    reason TEXT NOT NULL, missing TEXT NOT NULL, judged_by TEXT NOT NULL, judged_on TEXT NOT NULL,
    UNIQUE (need_id, supplier_id, grade, reason, judged_by, judged_on)
);
INSERT INTO judgements VALUES (3, 'X1', 'S1', 3, 'procédé', '', 'démo', '2026-01-01');
INSERT INTO judgements VALUES (7, 'X1', 'S2', NULL, '', '', 'démo', '2026-01-01');
PRAGMA user_version = 1;
"""


def _run(path, script):
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def test_a_store_of_version_1_keeps_every_row_and_takes_new_ones(tmp_path):
    _run(tmp_path / "integrator.sqlite", VERSION_1)
    store = Store(tmp_path)
    assert store.judgements() == (ONE, UNSURE)
    later = dataclasses.replace(ONE, decision="yes", run="0123abcd", imported_on="2026-02-01")
    assert store.add_judgements([ONE, later]) == 1
    (*_, last) = store.judgements()
    assert (last.decision, last.run, last.imported_on) == ("yes", "0123abcd", "2026-02-01")


def test_a_migration_that_fails_leaves_the_old_store(tmp_path):
    path = tmp_path / "integrator.sqlite"
    _run(path, VERSION_1 + "CREATE TABLE judgements_1 (in_the_way TEXT);")
    with pytest.raises(OutputError):
        Store(tmp_path).judgements()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("SELECT count(*) FROM judgements").fetchone() == (2,)
    connection.close()


def test_what_fails_half_way_leaves_nothing(tmp_path):
    store = Store(tmp_path)
    store.add_judgements([ONE])
    broken = dataclasses.replace(UNSURE, reason=None)
    with pytest.raises(OutputError):
        store.add_judgements([dataclasses.replace(ONE, grade=4), broken])
    assert store.judgements() == (ONE,)


@pytest.mark.parametrize("change", ["UPDATE judgements SET grade = 0", "DELETE FROM judgements", "DELETE FROM asked"])
def test_nothing_is_changed_or_taken_away(tmp_path, change):
    store = Store(tmp_path)
    store.add_judgements([ONE])
    store.add_asked([AskedPair("X1", "S1", "0123abcd", "", "2026-01-01")])
    with pytest.raises(sqlite3.IntegrityError, match="only added to"):
        _run(tmp_path / "integrator.sqlite", f"{change};")
    assert store.judgements() == (ONE,)


def test_a_reviewer_without_dates_can_come_back_to_what_he_said_first(tmp_path):
    store = Store(tmp_path)
    first = dataclasses.replace(ONE, judged_on="", imported_on="2026-01-01")
    second = dataclasses.replace(first, grade=1, imported_on="2026-01-02")
    again = dataclasses.replace(first, imported_on="2026-01-03")
    assert [store.add_judgements([one]) for one in (first, first, second, second, again)] == [1, 0, 1, 0, 1]
    assert [one.grade for one in store.judgements()] == [3, 1, 3]


def test_a_pair_asked_twice_by_one_run_is_kept_once(tmp_path):
    store = Store(tmp_path)
    assert store.asked() == ()
    pair = AskedPair("X1", "S1", "0123abcd", "", "2026-01-01")
    store.add_asked([pair, dataclasses.replace(pair, reviewer="démo")])
    store.add_asked([dataclasses.replace(pair, asked_on="2026-01-02")])
    assert store.asked() == (pair, dataclasses.replace(pair, reviewer="démo"))
