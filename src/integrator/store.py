"""What outlives a run: decisions of people, in one SQLite file that is only ever added to."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from integrator.errors import OutputError
from integrator.records import AskedPair, ColumnMapping, IdentityDecision, Judgement, ProjectStatus

SCHEMA_VERSION = 2
"""2: judgements tell decision, run and day of import, and one may be given again; what was asked is kept."""
_FILE = "integrator.sqlite"
MOST_BYTES = 2_000_000_000
"""A larger file is no store of ours: it is not opened."""
_JUDGEMENT = (
    "need_id", "supplier_id", "grade", "reason", "missing", "judged_by", "judged_on", "decision", "run", "imported_on",
)  # fmt: skip
"""Columns of the judgements, as in `Judgement`."""
_ASKED = ("need_id", "supplier_id", "run", "reviewer", "asked_on")
"""Columns of what was asked, as in `AskedPair`."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgements (
    number INTEGER PRIMARY KEY, need_id TEXT NOT NULL, supplier_id TEXT NOT NULL, grade INTEGER,
    reason TEXT NOT NULL, missing TEXT NOT NULL, judged_by TEXT NOT NULL, judged_on TEXT NOT NULL,
    decision TEXT NOT NULL DEFAULT '', run TEXT NOT NULL DEFAULT '', imported_on TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS asked (
    number INTEGER PRIMARY KEY, need_id TEXT NOT NULL, supplier_id TEXT NOT NULL, run TEXT NOT NULL,
    reviewer TEXT NOT NULL, asked_on TEXT NOT NULL, UNIQUE (need_id, supplier_id, run, reviewer)
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
_TABLES = set(re.findall(r"IF NOT EXISTS (\w+)", _SCHEMA))
_GUARDS = tuple(
    f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
    f" BEGIN SELECT RAISE(ABORT, 'what was said is only added to'); END"
    for table in ("judgements", "asked")
    for verb in ("UPDATE", "DELETE")
)
_STATUS = ("sheet_id", "status", "reason", "stated_on", "owner", "due", "stated_by")
"""Columns of the statuses, as in `ProjectStatus`."""


class Store:
    """Judgements, statuses, identities and headings decided so far; a later one never erases an earlier one."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE

    def add_judgements(self, judgements: Iterable[Judgement]) -> int:
        """Append judgements, all or none, except those that repeat word for word. Returns how many were new.

        One with a date repeats any of its date; one without a date only the latest of its reviewer on the pair, so that
        a reviewer can come back to what he said first.
        """
        with self._open(create=True) as connection:
            new = 0
            for one in judgements:
                if _is_new(connection, one):
                    _insert(connection, one)
                    new += 1
            return new

    def judgements(self) -> tuple[Judgement, ...]:
        """Every judgement in the order given; none when the store does not exist yet."""
        return tuple(Judgement(*row) for row in self._rows("judgements", _JUDGEMENT))

    def add_asked(self, pairs: Iterable[AskedPair]) -> None:
        """Append pairs that a workbook asks about; the same pair of a run for the same reviewer is kept once."""
        with self._open(create=True) as connection:
            connection.executemany(
                f"INSERT OR IGNORE INTO asked ({', '.join(_ASKED)}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 (our own names)
                [tuple(getattr(one, name) for name in _ASKED) for one in pairs],
            )

    def asked(self) -> tuple[AskedPair, ...]:
        """Every pair asked about, in the order asked; none when the store does not exist yet."""
        return tuple(AskedPair(*row) for row in self._rows("asked", _ASKED))

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

    def _rows(self, table: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with self._open(create=False) as connection:
            return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY number").fetchall()  # noqa: S608 (our own names)

    @contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        """One transaction: what happens inside is kept as a whole, or not at all when it fails."""
        try:
            self._look(create)
            with closing(sqlite3.connect(self._path, isolation_level=None)) as connection:
                self._bring_up_to_date(connection)
                with _transaction(connection, writes=create):
                    yield connection
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"{self._path}: the store cannot be opened ({error}): check the path.") from error

    def _look(self, create: bool) -> None:
        """Refuse what is no store before SQLite opens it; a new one is for its owner only, as is a new folder."""
        if self._path.is_symlink():
            raise OutputError(f"{self._path}: is a link: keep the store itself there, or name its folder in the job.")
        if self._path.exists() and (size := self._path.stat().st_size) > MOST_BYTES:
            raise OutputError(f"{self._path}: {size} bytes are too many for a store: name the folder of another.")
        if create:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        """Give an older store, or an empty file, the tables of this version, with every row that it has.

        Raises `OutputError` for the store of a newer version, which is left as it is.
        """
        if _version(connection) > SCHEMA_VERSION:
            raise OutputError(f"{self._path}: the store was written by a newer version: update integrator.")
        if _version(connection) == SCHEMA_VERSION and _tables(connection) >= _TABLES:
            return
        with _transaction(connection, writes=True):
            if _version(connection) == 1 and "judgements" in _tables(connection):
                _to_version_2(connection)  # the version is asked again: another process may have been faster
            for statement in filter(str.strip, _SCHEMA.split(";")):
                connection.execute(statement)
            for statement in _GUARDS:
                connection.execute(statement)
            _widen_statuses(connection)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection, *, writes: bool) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _to_version_2(connection: sqlite3.Connection) -> None:
    """Judgements get the columns of version 2 and lose the rule that forbade to say the same again."""
    old = ", ".join(("number", *_JUDGEMENT[:7]))
    connection.execute("ALTER TABLE judgements RENAME TO judgements_1")
    connection.execute(_SCHEMA.split(";")[0])
    connection.execute(f"INSERT INTO judgements ({old}) SELECT {old} FROM judgements_1")  # noqa: S608 (our own names)
    connection.execute("DROP TABLE judgements_1")


def _widen_statuses(connection: sqlite3.Connection) -> None:
    """Give a table of statuses made by an earlier version the columns that it lacks; its rows have them blank."""
    there = {row[1] for row in connection.execute("PRAGMA table_info(statuses)")}
    for name in _STATUS:
        if name not in there:
            connection.execute(f"ALTER TABLE statuses ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")


def _insert(connection: sqlite3.Connection, one: Judgement) -> None:
    marks = ", ".join("?" * len(_JUDGEMENT))
    connection.execute(
        f"INSERT INTO judgements ({', '.join(_JUDGEMENT)}) VALUES ({marks})",  # noqa: S608 (our own names)
        [getattr(one, name) for name in _JUDGEMENT],
    )


def _is_new(connection: sqlite3.Connection, one: Judgement) -> bool:
    """Whether its reviewer has not said this of the pair already, see `Store.add_judgements`."""
    rows = connection.execute(
        f"SELECT {', '.join(_JUDGEMENT)} FROM judgements WHERE need_id = ? AND supplier_id = ? ORDER BY number",  # noqa: S608 (our own names)
        (one.need_id, one.supplier_id),
    )
    before = [earlier for row in rows if (earlier := Judgement(*row)).judged_by == one.judged_by]
    return one not in (before if one.judged_on else before[-1:])
