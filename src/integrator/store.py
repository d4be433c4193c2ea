"""What outlives a run: decisions of people, in one SQLite file that is only ever added to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from integrator.errors import OutputError
from integrator.records import ColumnMapping, IdentityDecision, Judgement, ProjectStatus

SCHEMA_VERSION = 1
_FILE = "integrator.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgements (
    number INTEGER PRIMARY KEY, need_id TEXT NOT NULL, supplier_id TEXT NOT NULL, grade INTEGER,
    reason TEXT NOT NULL, missing TEXT NOT NULL, judged_by TEXT NOT NULL, judged_on TEXT NOT NULL,
    UNIQUE (need_id, supplier_id, grade, reason, judged_by, judged_on)
);
CREATE TABLE IF NOT EXISTS statuses (
    number INTEGER PRIMARY KEY, sheet_id TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL,
    stated_on TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS identities (
    number INTEGER PRIMARY KEY, supplier_id TEXT NOT NULL, other_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')), decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS mappings (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, layout TEXT NOT NULL, heading TEXT NOT NULL, field TEXT NOT NULL
);
"""
_STATUS = ("sheet_id", "status", "reason", "stated_on", "owner", "due", "stated_by")
"""Columns of the statuses, as in `ProjectStatus`."""


class Store:
    """Judgements, statuses, identities and headings decided so far; a later one never erases an earlier one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Append judgements, except those already there word for word. Returns how many were new."""
        with self._open(create=True) as connection:
            before = _count(connection)
            for one in judgements:
                if not _stands(connection, one):
                    connection.execute(
                        "INSERT INTO judgements (need_id, supplier_id, grade, reason, missing, judged_by, judged_on)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        _values(one),
                    )
            return _count(connection) - before

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement in the order given; none when the store does not exist yet."""
        if not self._path.exists():
            return ()
        with self._open(create=False) as connection:
            rows = connection.execute(
                "SELECT need_id, supplier_id, grade, reason, missing, judged_by, judged_on FROM judgements"
                " ORDER BY number"
            )
            return tuple(Judgement(*row) for row in rows)

    def add_identity_decision(self, decision: IdentityDecision) -> None:
        """Append what a person decided of two supplier rows; the latest decision on a pair holds."""
        row = (*sorted((decision.supplier_id, decision.other_id)), decision.verdict, decision.decided_by,
               decision.decided_on, decision.reason)  # fmt: skip
        with self._open(create=True) as connection:
            connection.execute(
                "INSERT INTO identities (supplier_id, other_id, verdict, decided_by, decided_on, reason)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )

    def identity_decisions(self) -> tuple[IdentityDecision, ...]:
        """Every decision in the order given; none when the store does not exist yet."""
        if not self._path.exists():
            return ()
        with self._open(create=False) as connection:
            rows = connection.execute(
                "SELECT supplier_id, other_id, verdict, decided_by, decided_on, reason FROM identities ORDER BY number"
            )
            return tuple(IdentityDecision(*row) for row in rows)

    def add_mappings(self, mappings: Iterable[ColumnMapping]) -> None:
        """Append confirmed headings; the latest confirmation of a heading of a layout holds."""
        with self._open(create=True) as connection:
            connection.executemany(
                "INSERT INTO mappings (kind, layout, heading, field) VALUES (?, ?, ?, ?)",
                [(one.kind, one.layout, one.heading, one.field) for one in mappings],
            )

    def mappings(self) -> tuple[ColumnMapping, ...]:
        """Every confirmed heading in the order given; none when the store does not exist yet."""
        if not self._path.exists():
            return ()
        with self._open(create=False) as connection:
            rows = connection.execute("SELECT kind, layout, heading, field FROM mappings ORDER BY number")
            return tuple(ColumnMapping(*row) for row in rows)

    def add_statuses(self, statuses: Iterable[ProjectStatus]) -> int:
        """Append statuses, all or none, except those that repeat the latest of their sheet word for word.

        Returns how many are new.
        """
        with self._open(create=True) as connection:
            new = 0
            for one in statuses:
                row = tuple(getattr(one, name) for name in _STATUS)
                latest = connection.execute(
                    "SELECT sheet_id, status, reason, stated_on, owner, due, stated_by FROM statuses"
                    " WHERE sheet_id = ? ORDER BY number DESC LIMIT 1",
                    row[:1],
                ).fetchone()
                if latest != row:
                    connection.execute(
                        "INSERT INTO statuses (sheet_id, status, reason, stated_on, owner, due, stated_by)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        row,
                    )
                    new += 1
            return new

    def statuses(self) -> tuple[ProjectStatus, ...]:
        """Every status in the order given; the last of a sheet is where it stands."""
        if not self._path.exists():
            return ()
        with self._open(create=False) as connection:
            rows = connection.execute(
                "SELECT sheet_id, status, reason, stated_on, owner, due, stated_by FROM statuses ORDER BY number"
            )
            return tuple(ProjectStatus(*row) for row in rows)

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._path)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, SCHEMA_VERSION):
                raise OutputError(f"{self._path}: the store was written by a newer version: update integrator.")
            connection.executescript(_SCHEMA)
            _widen_statuses(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"{self._path}: the store cannot be opened ({error}): check the path.") from error
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _widen_statuses(connection: sqlite3.Connection) -> None:
    """Give a table of statuses made by an earlier version the columns that it lacks; its rows have them blank."""
    there = {row[1] for row in connection.execute("PRAGMA table_info(statuses)")}
    for name in _STATUS:
        if name not in there:
            connection.execute(f"ALTER TABLE statuses ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")


def _values(one: Judgement) -> tuple[object, ...]:
    return (one.need_id, one.supplier_id, one.grade, one.reason, one.missing, one.judged_by, one.judged_on)


def _stands(connection: sqlite3.Connection, one: Judgement) -> bool:
    """Whether the same words are there already (NULL grades count as equal, which UNIQUE does not)."""
    query = (
        "SELECT 1 FROM judgements WHERE need_id = ? AND supplier_id = ? AND grade IS ? AND reason = ?"
        " AND missing = ? AND judged_by = ? AND judged_on = ?"
    )
    return connection.execute(query, _values(one)).fetchone() is not None


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM judgements").fetchone()[0])
