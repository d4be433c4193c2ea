"""What is kept is found again exactly, or not at all; nothing a file holds is run; no folder is a fault."""

from __future__ import annotations

import errno
import io
import os
import stat
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.cache import Cache, Kind, entries, mark, marks, packed, unpacked

KIND = Kind("thing", 3)
ARRAYS = {"a": np.arange(6).reshape(2, 3), "b": np.asarray([0.5, np.nan]), "c": np.zeros(0, dtype=np.uint8)}


def same(arrays):
    """The arrays as they are found: what a room makes of them is its own matter."""
    return dict(arrays)


def equal(one, other):
    return one.keys() == other.keys() and all(
        one[name].dtype == other[name].dtype and np.array_equal(one[name], other[name], equal_nan=name == "b")
        for name in one
    )


def kept(folder):
    found = Cache(folder)
    found.put(KIND, "x", ARRAYS)
    return found, next(folder.glob("thing-*.npz"))


def test_what_was_put_is_found_and_nothing_else(tmp_path):
    found, _ = kept(tmp_path)
    assert equal(found.get(KIND, "x", same), ARRAYS)
    assert found.get(KIND, "y", same) is None
    assert found.get(Kind("other", 3), "x", same) is None
    assert Cache(tmp_path / "elsewhere").get(KIND, "x", same) is None


def test_without_a_folder_nothing_is_kept(tmp_path):
    nowhere = Cache(None)
    nowhere.put(KIND, "x", ARRAYS)
    assert not nowhere
    assert nowhere.get(KIND, "x", same) is None
    assert Cache(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="rights as on POSIX")
def test_only_its_owner_may_read_it(tmp_path):
    folder = tmp_path / "store" / "cache"
    _, path = kept(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@given(st.data())
def test_a_file_with_any_byte_changed_cut_or_added_is_no_entry(data):
    """Where only the archive's own records changed, the arrays may still be found as they were."""
    with tempfile.TemporaryDirectory() as made:
        found, path = kept(Path(made))
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        what = data.draw(st.sampled_from(["change", "cut", "insert", "replace"]))
        if what == "change":
            content[place] ^= data.draw(st.integers(1, 255))
        elif what == "cut":
            del content[place:]
        elif what == "insert":
            content[place:place] = data.draw(st.binary(min_size=1, max_size=9))
        else:
            content = bytearray(data.draw(st.binary(max_size=400)))
        path.write_bytes(content)
        answer = found.get(KIND, "x", same)
        assert answer is None or equal(answer, ARRAYS)
        found.put(KIND, "x", ARRAYS)
        assert equal(found.get(KIND, "x", same), ARRAYS)


class Bomb:
    """Whoever unpickles it says so."""

    went_off = False

    def __reduce__(self):
        return (setattr, (Bomb, "went_off", True))


def written(arrays, compressed=False):
    stream = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(stream, **arrays)
    return stream.getvalue()


def summed(arrays, **more):
    """Arrays under a checksum that is right, as only somebody who means harm writes them."""
    good = {**ARRAYS, **arrays}
    total = entries._checksum(KIND, "x", {name: np.asarray(array) for name, array in good.items()})
    return written({**good, "sum": np.frombuffer(total, dtype=np.uint8)}, **more)


HOSTILE = {
    "objects": lambda: written({**ARRAYS, "sum": np.zeros(32, np.uint8), "evil": np.asarray([Bomb()], dtype=object)}),
    "objects as sum": lambda: written({**ARRAYS, "sum": np.asarray([Bomb()], dtype=object)}),
    "texts": lambda: summed({"a": np.asarray(["x", "y"])}),
    "compressed": lambda: summed({}, compressed=True),
    "bomb": lambda: written({"sum": np.zeros(32, np.uint8), "a": np.zeros(10**7)}, compressed=True),
    "no sum": lambda: written(ARRAYS),
    "of another name": lambda: written(
        {**ARRAYS, "sum": np.frombuffer(entries._checksum(KIND, "y", ARRAYS), dtype=np.uint8)}
    ),
    "a pickle": lambda: b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07nothing\x94.",
    "a single array": lambda: b"\x93NUMPY\x01\x00v\x00{'descr': '<f8', 'fortran_order': False, 'shape': (10,)}",
    "nothing": lambda: b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_no_entry_and_runs_nothing(tmp_path, name):
    found, path = kept(tmp_path)
    path.write_bytes(HOSTILE[name]())
    assert found.get(KIND, "x", same) is None
    assert not Bomb.went_off


def test_a_folder_or_a_pipe_in_the_place_of_a_file_is_no_entry(tmp_path):
    found, path = kept(tmp_path)
    path.unlink()
    path.mkdir()
    assert found.get(KIND, "x", same) is None
    found.put(KIND, "x", ARRAYS)
    assert path.is_dir()
    path.rmdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(path)
        assert found.get(KIND, "x", same) is None


@pytest.mark.parametrize("error", [ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError])
def test_what_cannot_be_unpacked_is_no_entry(tmp_path, error):
    found, _ = kept(tmp_path)

    def fails(arrays):
        raise error

    assert found.get(KIND, "x", fails) is None


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    found = Cache(tmp_path / "file")
    found.put(KIND, "x", ARRAYS)
    assert found.get(KIND, "x", same) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_still_gives_what_it_has(tmp_path):
    found, _ = kept(tmp_path)
    tmp_path.chmod(0o500)
    found.put(KIND, "y", ARRAYS)
    assert equal(found.get(KIND, "x", same), ARRAYS)
    assert found.get(KIND, "y", same) is None
    tmp_path.chmod(0o700)


def test_a_full_disk_leaves_what_was_there_and_no_rubbish(tmp_path, monkeypatch):
    found, path = kept(tmp_path)
    before = path.read_bytes()

    def full(stream, **arrays):
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(entries.np, "savez", full)
    found.put(KIND, "x", {"a": np.ones(3)})
    found.put(KIND, "y", {"a": np.ones(3)})
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_an_interrupted_write_leaves_no_rubbish(tmp_path, monkeypatch):
    def stopped(stream, **arrays):
        raise KeyboardInterrupt

    monkeypatch.setattr(entries.np, "savez", stopped)
    with pytest.raises(KeyboardInterrupt):
        Cache(tmp_path).put(KIND, "x", ARRAYS)
    assert not list(tmp_path.iterdir())


def test_entries_are_bounded_in_number_and_those_used_longest_ago_go(tmp_path):
    found = Cache(tmp_path)
    for number, name in enumerate("abc"):
        found.put(KIND, name, ARRAYS)
        os.utime(tmp_path / f"thing-{name}.npz", (number, number))
    assert found.get(KIND, "a", same)  # used: b is the oldest now
    found.put(Kind("other", 1), "x", ARRAYS)
    found.put(KIND, "d", ARRAYS)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "other-x.npz", "thing-a.npz", "thing-c.npz", "thing-d.npz",
    ]  # fmt: skip


def test_entries_are_bounded_in_size(tmp_path):
    small = Kind("thing", 100, 30_000)
    found = Cache(tmp_path)
    for number, name in enumerate("abcd"):
        found.put(small, name, {"a": np.zeros(10_000, np.uint8)})
        os.utime(tmp_path / f"thing-{name}.npz", (number, number))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= small.size
    assert {"thing-d.npz"} < {path.name for path in tmp_path.iterdir()}
    found.put(small, "large", {"a": np.zeros(40_000, np.uint8)})
    assert found.get(small, "large", same) is None
    assert found.get(small, "d", same)


def test_what_a_killed_run_left_goes_after_a_day_and_files_of_others_stay(tmp_path):
    for name, age in ((".thing-old", 0), (".thing-new", 4_000_000_000), ("thing.txt", 0), ("notes.npz", 0)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (age, age))
    Cache(tmp_path).put(KIND, "x", ARRAYS)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".thing-new", "notes.npz", "thing-x.npz", "thing.txt"]


def test_two_runs_at_once_do_not_disturb_each_other(tmp_path):
    faults = []

    def work(own):
        mine = Cache(tmp_path)
        for number in range(30):
            name = f"{(number + own) % 5}"
            arrays = {"a": np.full(500, int(name))}
            answer = mine.get(KIND, name, same)
            if answer is not None and not equal(answer, arrays):
                faults.append(name)
            mine.put(KIND, name, arrays)

    threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert all(path.name.startswith("thing-") for path in tmp_path.iterdir())


def test_objects_are_never_kept(tmp_path):
    with pytest.raises(TypeError):
        Cache(tmp_path).put(KIND, "x", {"a": np.asarray([Bomb()], dtype=object)})


@given(st.lists(st.text(max_size=6)))
def test_texts_come_back_as_they_were(texts):
    assert unpacked(packed(texts)) == texts


def test_half_a_surrogate_is_a_text_too():
    assert unpacked(packed(["a\ud800", "\0", ""])) == ["a\ud800", "\0", ""]


@pytest.mark.parametrize("ends", [[1, 2], [9], [-1, 3], [3, 1, 4]])
def test_ends_that_do_not_fit_are_refused(ends):
    with pytest.raises(ValueError, match="ends"):
        unpacked({"texts": np.frombuffer(b"abc", np.uint8), "texts_ends": np.asarray(ends)})


@given(st.lists(st.lists(st.text("ab\0", max_size=3), max_size=3), min_size=2, max_size=2, unique_by=tuple))
def test_other_texts_have_another_mark(pair):
    one, other = pair
    assert mark(one) != mark(other)
    assert mark(one) == mark(tuple(one))


def test_a_mark_tells_apart_what_it_is_made_of(monkeypatch):
    parts = ["ab", b"ab", ["ab"], ["a", "b"], np.asarray([1, 2]), np.asarray([1.0, 2.0]), np.asarray([[1, 2]])]
    assert len({mark(part) for part in parts if not isinstance(part, bytes)}) == len(parts) - 1
    assert mark("a", "b") != mark("ab")
    before = mark("a")
    monkeypatch.setattr(marks, "_program", lambda: b"another version")
    assert mark("a") != before
