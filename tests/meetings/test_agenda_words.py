"""The texts of the agenda: complete in three languages, with the same values filled in, and all in use."""

from __future__ import annotations

from pathlib import Path
from string import Formatter

import pytest

from integrator import data, meetings

ROWS = data.rows("wording/agenda.csv")
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(meetings.__file__).parent.glob("*.py"))
MEANT = ("meetings.col.", "agenda.asked.", "agenda.priority.", "agenda.col.", "agenda.why.", "agenda.unread.")
"""Read from lists, or named by a code."""


@pytest.mark.parametrize("row", ROWS, ids=[row["key"] for row in ROWS])
def test_complete_in_three_languages(row):
    fields = [{name for _, name, _, _ in Formatter().parse(row[one]) if name} for one in ("fr", "en", "ar")]
    assert all(row[one] for one in ("fr", "en", "ar"))
    assert fields[0] == fields[1] == fields[2]


def test_every_text_is_used():
    unused = []
    for key in (row["key"] for row in ROWS if not row["key"].startswith(MEANT)):
        parts = key.split(".")
        tails = [".".join(parts[i:]) for i in range(len(parts))]
        if not any(f'"{tail}"' in SOURCE for tail in tails):
            unused.append(key)
    assert unused == []
