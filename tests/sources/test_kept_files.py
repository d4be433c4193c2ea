"""A file taken from the cache is the file read again, down to the order of its cells; any change reads it anew.

All content is made up, but for the shipped files of `data/`.
"""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import test_unclean_tables as unclean
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.cache import Cache
from integrator.errors import InputRefused, Problem
from integrator.records import ColumnMapping
from integrator.sources import Mappings, kept, one_file, read_inputs
from integrator.sources.mappings import layout
from integrator.sources.one_file import FileResult, Options
from integrator.workbooks import InputFile, Limits

ROOT = Path(__file__).parents[2]
SHIPPED = [(kind, path) for kind in ("supplier", "need") for path in sorted((ROOT / "data" / f"{kind}s").iterdir())]


@pytest.fixture(autouse=True)
def every_file_is_kept(monkeypatch):
    monkeypatch.setattr(kept, "WORTH_KEEPING", 0)


@pytest.fixture
def opened(monkeypatch):
    """Names of the files that were really opened and parsed, in turn."""
    names = []

    def spy(path, shown_as, *more):
        names.append(shown_as)
        return read_book(path, shown_as, *more)

    read_book = one_file.read_book
    monkeypatch.setattr(one_file, "read_book", spy)
    return names


def told(result: FileResult) -> list[object]:
    """All that a result holds, mappings as lists, so that their order counts."""
    rows = [
        (one.kind, one.ref, list(one.values.items()), list(one.cells.items()), list(one.extras.items()),
         list(one.units.items()), list(one.decimals.items()), one.continues)
        for one in result.records
    ]  # fmt: skip
    return [rows, result.problems, result.counts, result.mapped]


def read_twice(path, kind, folder, options=None):
    """What is read without a cache, with a cold one and with a warm one; whether the last was kept."""
    options, file = options or Options(), InputFile(path.name, path)
    fresh = one_file.read_file(file, kind, options)
    cold, found = kept.read_or_kept(file, kind, options, Cache(folder))
    assert not found
    warm, found = kept.read_or_kept(file, kind, options, Cache(folder))
    assert told(fresh) == told(cold) == told(warm)
    return found


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=[path.name for _, path in SHIPPED])
def test_a_shipped_file_is_kept_as_it_was_read(tmp_path, kind, path):
    assert read_twice(path, kind, tmp_path, Options(include_hidden=True))


@pytest.mark.parametrize("case", list(unclean._cases()))
def test_a_sheet_that_is_no_clean_table_is_kept_as_it_was_read(tmp_path, case):
    path = tmp_path / "a.xlsx"
    unclean._workbook(path, unclean._cells(case["sheet"]), case["merges"])
    assert read_twice(path, case["kind"], tmp_path / "cache") is not bool(case["refused"])


CELLS = st.sampled_from(
    [
        "",
        "Alpha",
        "12",
        "12,5 MDH",
        "1.234",
        "total",
        "n/a",
        "x\ny",
        "+212 661-234567",
        "a@b.ma",
        "N1",
        "é" * 9,
        "=1+1",
        "-",
    ]
)
HEADINGS = st.sampled_from(
    [
        "Société",
        "Ville",
        "CA (MMAD)",
        "CA (2023)",
        "Effectif",
        "Produits",
        "Inconnu",
        "Inconnu ",
        "Composant",
        "Beta",
        "",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    kind=st.sampled_from(["supplier", "need", "judgement", "bom", "value"]),
    table=st.integers(1, 6).flatmap(
        lambda width: st.tuples(
            st.lists(HEADINGS, min_size=width, max_size=width),
            st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6),
        )
    ),
    merges=st.lists(st.sampled_from(["A2:A3", "A2:A4", "B3:B5", "B1:C1", "A4:B4"]), unique=True, max_size=2),
)
def test_any_table_is_kept_as_it_was_read(tmp_path_factory, kind, table, merges):
    folder = tmp_path_factory.mktemp("any")
    first, rows = table
    unclean._workbook(folder / "a.xlsx", [first, *rows], " ".join(merges))
    try:
        read_twice(folder / "a.xlsx", kind, folder / "cache")
    except InputRefused:
        pytest.fail("a sound workbook was refused as a file")


FIRST, SECOND = "name;city\nAlpha;Fès\nBeta;Salé\n", "name;city\nGamma;Fès\n"


@pytest.fixture
def two(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(FIRST, encoding="utf-8")
    (folder / "b.csv").write_text(SECOND, encoding="utf-8")
    return folder


def ask(folder, **more):
    found = read_inputs(["in"], "supplier", folder.parent, cache_folder=folder.parent / "cache", **more)
    plain = read_inputs(["in"], "supplier", folder.parent, **more)
    assert dataclasses.replace(found, unchanged=()) == plain
    return found


def test_a_changed_file_reads_only_that_file_again(two, opened):
    def names():
        opened.clear()
        found = read_inputs(["in"], "supplier", two.parent, cache_folder=two.parent / "cache")
        assert set(found.unchanged).isdisjoint(opened)
        return list(opened)

    assert names() == ["in/a.csv", "in/b.csv"]
    assert names() == []
    (two / "b.csv").write_text(SECOND + "Delta;Taza\n", encoding="utf-8")
    assert names() == ["in/b.csv"]
    assert names() == []
    (two / "c.csv").write_text("name\nEpsilon\n", encoding="utf-8")
    assert names() == ["in/c.csv"]
    (two / "a.csv").unlink()
    assert names() == []


def test_a_cell_edited_in_a_file_of_the_same_size_and_time_is_read(two):
    ask(two)
    status = (two / "a.csv").stat()
    (two / "a.csv").write_text(FIRST.replace("Alpha", "Alphb"), encoding="utf-8")
    os.utime(two / "a.csv", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (two / "a.csv").stat().st_size == status.st_size
    found = ask(two)
    assert "Alphb" in {record.get("name") for record in found.records}
    assert found.unchanged == ("in/b.csv",)


def test_a_file_under_another_name_has_addresses_of_its_own(two):
    ask(two)
    (two / "a.csv").rename(two / "z.csv")
    assert {record.ref.file for record in ask(two).records} == {"in/z.csv", "in/b.csv"}


@pytest.mark.parametrize(
    "options",
    [
        {"include_hidden": True}, {"limits": Limits(rows=1000)}, {"encoding": "utf-8"}, {"delimiter": ";"},
        {"header_rows": {"in/a.csv": 1}},
    ],
    ids=lambda options: next(iter(options)),
)  # fmt: skip
def test_files_read_in_another_way_are_read_again(two, options):
    ask(two)
    unchanged = ask(two, **options).unchanged
    assert unchanged == (("in/b.csv",) if "header_rows" in options else ())
    assert ask(two, **options).unchanged == ("in/a.csv", "in/b.csv")
    assert ask(two).unchanged == ("in/a.csv", "in/b.csv"), "what was kept before is still there"


def test_a_confirmed_heading_is_followed_at_once(two):
    (two / "a.csv").write_text("name;Siège\nAlpha;Fès\n", encoding="utf-8")
    ask(two)
    assert ask(two).unchanged
    confirmed = ColumnMapping("supplier", layout(["name", "Siège"]), "Siège", "city")
    for mappings in (Mappings({}, [confirmed]), Mappings({"Siège": "city"})):
        for unchanged in ((), ("in/a.csv", "in/b.csv")):
            found = ask(two, mappings=mappings)
            assert found.unchanged == unchanged
            assert next(r for r in found.records if r.get("name") == "Alpha").get("city") == "Fès"
            assert [one.field for one in found.mapped] == ["city"]
    withdrawn = dataclasses.replace(confirmed, field="")
    assert ask(two, mappings=Mappings({}, [confirmed, withdrawn])).unchanged == ()
    other = dataclasses.replace(confirmed, kind="need")
    assert ask(two, mappings=Mappings({}, [other])).unchanged == ("in/a.csv", "in/b.csv")


def test_another_program_reads_everything_again(two, monkeypatch):
    from integrator.cache import marks

    ask(two)
    monkeypatch.setattr(marks, "_program", lambda: b"another version")
    assert ask(two).unchanged == ()


def test_duplicates_across_files_are_found_whichever_file_was_kept(two):
    ask(two)
    (two / "b.csv").write_text(SECOND + "Alpha;Fès\n", encoding="utf-8")
    found = ask(two)
    assert found.unchanged == ("in/a.csv",)
    assert [problem.code for problem in found.problems if problem.severity == "set_aside"] == ["repeated_row"]


def test_a_refused_file_is_refused_every_time(two):
    (two / "a.csv").write_text("Raison sociale;Nom de l'entreprise;Ville\nAlpha;Alpha;Fès\n", encoding="utf-8")
    said = []
    for _ in range(2):
        with pytest.raises(InputRefused) as error:
            ask(two)
        said.append(str(error.value))
    assert said[0] == said[1]
    (two / "a.csv").unlink()
    (two / "a.xlsx").write_bytes(b"PK\3\4 no workbook")
    with pytest.raises(InputRefused):
        ask(two)


def test_a_file_that_is_written_to_while_it_is_read_is_not_kept(two, monkeypatch):
    def slow(path, shown_as, *more):
        book = read_book(path, shown_as, *more)
        path.write_text(FIRST + "Late;Taza\n", encoding="utf-8")
        return book

    read_book = one_file.read_book
    with monkeypatch.context() as patch:
        patch.setattr(one_file, "read_book", slow)
        read_inputs(["in/a.csv"], "supplier", two.parent, cache_folder=two.parent / "cache")
    assert "Late" in {record.get("name") for record in ask(two).records}


def test_a_small_file_is_not_kept(two, monkeypatch):
    monkeypatch.setattr(kept, "WORTH_KEEPING", 10_000)
    assert ask(two).unchanged == ask(two).unchanged == ()
    assert not (two.parent / "cache").exists()


def test_a_message_that_would_be_masked_once_more_is_not_kept():
    """The second number is no telephone number while the first stands before it."""
    problem = Problem("a.csv", "", 2, "", "x", "note", "+212661234567+33661234567", "")
    assert dataclasses.replace(problem) != problem, "else this tests nothing"
    assert kept._packed(FileResult((), (problem,), (), ())) is None


def test_a_hidden_sheet_is_kept_as_hidden(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.active.append(["Alpha"])
    hidden = book.create_sheet("Caché")
    hidden.append(["name"])
    hidden.append(["Beta"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    for include, names in ((False, {"Alpha"}), (True, {"Alpha", "Beta"})):
        assert read_twice(tmp_path / "a.xlsx", "supplier", tmp_path / "cache", Options(include_hidden=include))
        found = read_inputs(["a.xlsx"], "supplier", tmp_path, include_hidden=include, cache_folder=tmp_path / "cache")
        assert {record.get("name") for record in found.records} == names


@pytest.mark.parametrize(
    "wrong",
    [
        {"rows": np.zeros((9, 4), dtype=np.int64)}, {"rows": np.asarray([[7, 0, 2, 0]])}, {"rows": np.zeros(3)},
        {"said": np.asarray([10**6], dtype=np.int32)}, {"said": np.zeros(0, dtype=np.int32)},
        {"beside": np.frombuffer(b"{}", np.uint8)}, {"beside": np.frombuffer(b"no json", np.uint8)},
        {"texts_ends": np.asarray([5, 4])},
    ],
    ids=str,
)  # fmt: skip
def test_an_entry_that_does_not_fit_itself_is_read_anew(two, wrong):
    """Under a checksum that is right, as only somebody who means harm writes it."""
    ask(two)
    for path in (two.parent / "cache").iterdir():
        name = path.stem.removeprefix("file-")
        arrays = Cache(path.parent).get(kept.KIND, name, dict)
        Cache(path.parent).put(kept.KIND, name, {**arrays, **wrong})
    assert ask(two).unchanged == ()
    assert ask(two).unchanged == ("in/a.csv", "in/b.csv")
