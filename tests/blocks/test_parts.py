"""Made-up tables that lie in parts on disk."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from integrator.parts import PartedTables, Parts, beside, in_parts, of_needs, rows_of

FRAME = pd.DataFrame(
    {
        "need_id": ["a", "a", "b", "c"],
        "text": pd.Series(["é", "", "م", "x\ny"]).astype(str),
        "number": [1 / 3, np.nan, -0.0, np.inf],
        "whole": pd.array([1, None, 3, 4], dtype="Int64"),
    }
)


@pytest.fixture
def parted(tmp_path) -> PartedTables:
    parts = Parts(tmp_path)
    for number, rows in ((1, slice(2, 4)), (0, slice(0, 2))):
        parts.add("wide", number, FRAME.iloc[rows].reset_index(drop=True))
    return PartedTables({"held": FRAME}, parts, ["wide"])


def test_what_is_read_is_what_was_kept(parted):
    pd.testing.assert_frame_equal(parted["wide"], FRAME, check_exact=True)
    assert np.signbit(parted["wide"]["number"][2])
    pd.testing.assert_frame_equal(pd.concat(in_parts(parted, "wide"), ignore_index=True), FRAME)
    assert [*parted], len(parted) == (["held", "wide"], 2)
    assert rows_of(parted, "wide") == rows_of(parted, "held") == 4


@pytest.mark.parametrize("needs", [["a"], ["c", "a"], ["b"], [], ["none"]])
def test_rows_of_needs_are_the_same_from_disk(parted, needs):
    plain = of_needs({"wide": FRAME}, "wide", needs)
    pd.testing.assert_frame_equal(of_needs(parted, "wide", needs), plain, check_exact=True)
    pd.testing.assert_frame_equal(of_needs(parted, "held", needs), plain, check_exact=True)


def test_other_tables_stand_beside(parted):
    both = beside(parted, {"more": FRAME, "wide": FRAME.iloc[:1]})
    assert set(both) == {"held", "wide", "more"}
    assert len(both["wide"]) == 1
    assert set(beside({"a": FRAME}, {"b": FRAME})) == {"a", "b"}


def test_the_folder_is_private_and_goes_when_it_is_closed(tmp_path):
    parts = Parts(tmp_path)
    parts.add("wide", 0, FRAME)
    assert parts.folder.stat().st_mode & 0o077 == 0
    parts.close()
    parts.close()
    assert not parts.folder.exists()


def test_a_copy_of_the_process_leaves_the_folder(tmp_path, monkeypatch):
    parts = Parts(tmp_path)
    folder, here = Path(parts.folder), os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    del parts
    assert folder.exists()
