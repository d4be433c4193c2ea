"""Delimited text: encoding, delimiter, and cells that stay as written. All content is made up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrator.data import read
from integrator.errors import InputRefused
from integrator.workbooks import Book, read_book
from integrator.workbooks.delimited import _telling_lines

CASES = Path(__file__).with_name("delimited_cases.csv")


def _plain(text: str) -> str:
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\,", ",")


def _cases() -> Iterator[object]:
    lines = CASES.read_text(encoding="utf-8").replace("\\,", "\x01").splitlines(keepends=True)
    for case in read(lines, CASES.name):
        text, delimiter, last = (_plain(case[key].replace("\x01", ",")) for key in ("text", "delimiter", "last"))
        yield pytest.param(text, delimiter, tuple(re.split(" / ", last)), id=f"C20 {case['name']}")


def _write(path: Path, content: bytes, encoding: str = "", delimiter: str = "") -> Book:
    path.write_bytes(content)
    return read_book(path, path.name, encoding=encoding, delimiter=delimiter)


@pytest.mark.parametrize(("text", "delimiter", "last"), list(_cases()))
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_the_table_is_found(tmp_path: Path, text: str, delimiter: str, last: tuple[str, ...], ending: str) -> None:
    book = _write(tmp_path / "a.csv", text.replace("\n", ending).encode())
    assert book.delimiter == delimiter
    (sheet,) = book.sheets
    assert tuple(cell.replace("\r\n", "\n") for cell in map(str, sheet.rows[-1])) == last
    assert book.problems == ()


TABLES = {
    "cp1252": "Société;Fès\nCâblerie générale;Béni Mellal\n",
    "cp1256": "المورد;المدينة\nشركة الكابلات;طنجة\n",
}


@pytest.mark.parametrize(
    ("text", "written", "said"),
    [
        (TABLES["cp1252"], "utf-8", "utf-8"),
        (TABLES["cp1256"], "utf-8-sig", "utf-8"),
        (TABLES["cp1252"], "cp1252", "cp1252"),
        ("Société;Fès", "cp1252", "cp1252"),
        ("é", "cp1252", "cp1252"),
        (TABLES["cp1256"], "cp1256", "cp1256"),
        ("Société;المورد\nFès;فاس\n", "cp1256", "cp1256"),
        (TABLES["cp1252"], "utf-16", "utf-16"),
        (TABLES["cp1256"], "utf-16", "utf-16"),
        (TABLES["cp1252"], "utf-16-le", "utf-16-le"),
        (TABLES["cp1256"], "utf-16-be", "utf-16-be"),
    ],
    ids=lambda value: f"C19 {value}" if len(value) < 12 else None,
)
def test_the_encoding_is_found_and_said(tmp_path: Path, text: str, written: str, said: str) -> None:
    book = _write(tmp_path / "a.csv", text.encode(written))
    assert book.encoding == said
    assert book.sheets[0].rows == tuple(tuple(line.split(";")) for line in text.splitlines())
    assert [problem.code for problem in book.problems] == ([] if said == "utf-8" else ["encoding"])


def test_c19_a_given_encoding_wins(tmp_path: Path) -> None:
    content = "Société;Fès\n".encode("cp850")
    assert _write(tmp_path / "a.csv", content).sheets[0].rows != (("Société", "Fès"),)
    book = _write(tmp_path / "a.csv", content, encoding="cp850")
    assert book.sheets[0].rows == (("Société", "Fès"),)
    assert book.encoding == "cp850"


def test_c19_the_order_of_very_many_lines_does_not_count() -> None:
    lines = [f"é{number:06d}" for number in range(150_000)]
    found = [_telling_lines("\n".join(order).encode("cp1252")) for order in (lines, lines[::-1])]
    assert found[0] == found[1]
    assert 50_000 < len(found[0]) <= 100_000


def test_c20_a_given_delimiter_wins(tmp_path: Path) -> None:
    book = _write(tmp_path / "a.csv", b"sep=;\na;b|c\n", delimiter="|")
    assert book.sheets[0].rows == ((), ("a;b", "c"))
    assert book.delimiter == "|"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "code"),
    [("ascii", "", "wrong_encoding"), ("no-such", "", "wrong_encoding"), ("", ";;", "wrong_delimiter")],
)
def test_a_setting_that_cannot_be_is_refused(tmp_path: Path, encoding: str, delimiter: str, code: str) -> None:
    with pytest.raises(InputRefused) as caught:
        _write(tmp_path / "a.csv", "Société;Fès\n".encode(), encoding, delimiter)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    book = _write(tmp_path / "a.csv", b"sep=;\n\nnom;ville\n\nAlpha;Tanger\n;\n")
    assert book.sheets[0].rows == ((), (), ("nom", "ville"), (), ("Alpha", "Tanger"))


def test_two_stray_quotation_marks_are_pointed_at(tmp_path: Path) -> None:
    lines = b'nom;ville\n"Alpha;Tanger\n' + b"Beta;Rabat\n" * 80 + b'Gamma";Fes\n'
    (problem,) = _write(tmp_path / "a.csv", lines).problems
    assert (problem.code, problem.severity, problem.row) == ("tall_cell", "warning", 2)


def test_nul_characters_are_left_out_and_counted(tmp_path: Path) -> None:
    book = _write(tmp_path / "a.csv", b"nom;ville\nAl\0pha;Tanger\n" + b"Beta;Rabat\n" * 30)
    assert book.sheets[0].rows[1] == ("Alpha", "Tanger")
    assert [problem.code for problem in book.problems] == ["control_characters"]


def test_c19_a_long_file_of_equal_lines_is_read_like_a_short_one(tmp_path: Path) -> None:
    book = _write(tmp_path / "a.csv", "Société;Fès;été\n".encode("cp1252") * 20_000)
    assert (book.encoding, book.sheets[0].rows[-1]) == ("cp1252", ("Société", "Fès", "été"))


def test_a6_an_endless_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as caught:
        _write(tmp_path / "a.csv", b"a;b\n" + b"x;" * 3_000_000)
    assert [problem.code for problem in caught.value.problems] == ["too_large"]
