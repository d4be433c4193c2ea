"""Hostile files read through the command line: one sentence or a warning, within memory and time.

Each file is read by a process of its own; a small one between it and the tests reports its peak, which would
otherwise be mixed with theirs. The ids are the rows of the list of bad inputs. All content is made up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hostile_files as make
import pyarrow.parquet
import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system does not report the peak of a child")

SECONDS = 20
PEAK = 700 * 1024 * 1024
WATCHED = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[2:], capture_output=True, text=True, encoding="utf-8", timeout=float(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([done.returncode, done.stdout, done.stderr, peak]))
"""
OPENED = f'<worksheet xmlns="{make.MAIN}"><sheetData>'.encode()
CLOSED = b"</sheetData></worksheet>"
STRINGS = "xl/sharedStrings.xml"
NAMES = '<row r="1"><c r="A1" t="inlineStr"><is><t>Raison sociale</t></is></c></row>'
ALPHA = '<row r="2"><c r="A2" t="inlineStr"><is><t>Alpha</t></is></c></row>'
Build = Callable[[Path], Path]


def _check(path: Path) -> tuple[int, str, str]:
    """Exit code, output and errors of `integrator check` on one supplier file."""
    command = [sys.executable, "-m", "integrator", "check", "--suppliers", path.name, "--needs", "none"]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(SECONDS), *command],
        cwd=path.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    path.unlink()
    assert done.returncode == 0, done.stderr[-300:]
    code, out, err, peak = json.loads(done.stdout)
    assert peak < PEAK, f"{peak >> 20} MB"
    return code, out, err


def _part(*pieces: bytes, part: str = make.SHEET) -> Build:
    return lambda path: make.streamed(path, part, pieces)


def _sheet(*pieces: bytes) -> Build:
    return _part(OPENED, *pieces, CLOSED)


def _rows(count: int) -> Iterator[bytes]:
    yield OPENED
    for first in range(1, count, 10_000):
        rows = range(first, first + 10_000)
        yield "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in rows).encode()
    yield CLOSED


def _names(pieces: int) -> Iterator[bytes]:
    yield OPENED
    piece = "".join(f"<a??{number}/>" for number in range(100_000)).encode()
    for number in range(pieces):
        yield piece.replace(b"??", f"{number:02d}".encode())


def _many_texts(path: Path) -> Path:
    piece = "".join(f"<si><t>{number:06d}</t></si>" for number in range(100_000)).encode()
    texts = [f'<sst xmlns="{make.MAIN}">'.encode(), *[piece] * 60, b"</sst>"]
    return make.streamed(path, STRINGS, texts)


def _one_text_in_many_cells(path: Path) -> Path:
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 251))
    text = f'<sst xmlns="{make.MAIN}"><si><t>{"x" * 1_000_000}😀</t></si></sst>'
    return make.altered(path, {make.SHEET: OPENED.decode() + rows + CLOSED.decode(), STRINGS: text})


def _listed(count: int, rows: str, parts: int = 1) -> Build:
    """A workbook of many sheets that stand in as many parts, or in fewer."""
    names = [f"xl/worksheets/sheet{n % parts + 1}.xml" for n in range(count)]
    return lambda path: make.with_sheets(path, names, dict.fromkeys(names, rows))


def _merged_ranges(path: Path) -> Path:
    piece = "".join(f'<mergeCell ref="B{row}:C{row}"/>' for row in range(2, 100_002)).encode()
    middle = b"</sheetData><mergeCells>"
    return make.streamed(path, make.SHEET, [OPENED, middle, *[piece] * 40, b"</mergeCells></worksheet>"])


def _ods(*cells: str, rows: int = 1, written: int = 1) -> Build:
    """A table whose last row is repeated by its attribute, and is written so many times."""
    first = make.ods_row(make.ods_cell("Raison sociale")) + make.ods_row(make.ods_cell("Alpha"))
    last = make.ods_row("".join(cells), f'table:number-rows-repeated="{rows}"')
    return lambda path: make.ods(path, first + last * written)


def _ods_repeated(attributes: str, inner: str = "", times: int = 1) -> str:
    columns = f'table:number-columns-repeated="{times}"'
    return f"<table:table-cell {attributes} {columns}>{inner}</table:table-cell>"


def _xls(cells: list[tuple[int, int, str | float | None]], head: bytes = b"", body: bytes = b"") -> Build:
    return lambda path: make.compound(path, make.xls_stream(cells, head=head, body=body))


def _xls_size(rows: int, columns: int) -> bytes:
    return make.xls_record(0x200, bytes(4) + rows.to_bytes(4, "little") + bytes(2) + columns.to_bytes(2, "little") * 2)


def _parquet(column: Callable[[], pyarrow.Array]) -> Build:
    def write(path: Path) -> Path:
        table = pyarrow.table({"Raison sociale": column()})
        pyarrow.parquet.write_table(table, path, compression="zstd", store_schema=False)
        return path

    return write


def _text(*pieces: bytes) -> Build:
    def write(path: Path) -> Path:
        with path.open("wb") as stream:
            stream.writelines(pieces)
        return path

    return write


def _entities(levels: int, times: int) -> bytes:
    """Each entity is the one before it so many times."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * times}">' for n in range(1, levels + 1))
    text = f'<row r="1"><c r="A1" t="inlineStr"><is><t>&e{levels};</t></is></c></row>'
    return f'<!DOCTYPE x [<!ENTITY e0 "{"ha" * 50_000}">{entities}]>'.encode() + OPENED + text.encode() + CLOSED


HEADINGS = b"Raison sociale;Ville\n"
LINE = b"Alpha;Tanger;" * 40_000
MILLION = b"x" * 1_000_000
NOISE = os.urandom(600_000).hex().encode()  # so that the part does not look like a bomb by its ratio
LONG_FORMULA = f'table:formula="of:={"1+" * 100_000}1"'
SHARED = [(row, column, None) for row in range(5_000) for column in range(20)]

# row, what it is, kind of file, builder, words that the refusal must hold
REFUSED: list[tuple[str, str, str, Build, str]] = [
    ("A5", "a text of 800 MB", "xlsx", _part(*[MILLION] * 800), "unfolds to"),
    ("A5", "300 MB said to be 100 bytes", "xlsx", lambda p: make.lying_about_its_size(p, 300_000_000), "unfolds to"),
    ("A5", "6 million shared texts", "xlsx", _many_texts, "different texts"),
    ("A5", "a shared text of wide letters in 250 cells", "xlsx", _one_text_in_many_cells, "texts of the cells"),
    ("A5", "a shared text of an .xls", "xls", _xls(SHARED, make.xls_texts("x" * 8_000)), "texts of the cells"),
    ("A5", "a shared text of an .xlsb", "xlsb", lambda p: make.xlsb(p, SHARED[::20], shared="x" * 500_000),
     "texts of the cells"),
    ("A5", "a formula of an .ods repeated", "ods", _ods(_ods_repeated(
        f'{LONG_FORMULA} office:value-type="float" office:value="1"', times=1_000), rows=50), "texts of the cells"),
    ("A5", "a billion spaces of an .ods", "ods", _ods(_ods_repeated(
        'office:value-type="string"', '<text:s text:c="1000000000"/>')), "texts of the cells"),
    ("A5", "a text of a Parquet table in 200,000 rows", "parquet", _parquet(lambda: pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 200_000, pyarrow.int32()), pyarrow.array(["x" * 5_000_000]))), "unfolds to"),
    ("A5", "6 million figures in a cell of a Parquet table", "parquet", _parquet(lambda: pyarrow.ListArray.from_arrays(
        [0, 6_000_000], pyarrow.nulls(6_000_000, pyarrow.int8()).fill_null(0))), "6000000 values"),
    ("A6", "14 million rows under 800 MB", "xlsx", _sheet(*[b'<row><c><v>1234567890</v></c></row><row></row>' * 17_500]
                                                          * 1_000), "unfolds to"),
    ("A6", "300,000 rows", "xlsx", lambda p: make.streamed(p, make.SHEET, _rows(300_000)), "more than 200000 rows"),
    ("A6", "one part for 40 sheets", "xlsx", _listed(40, NAMES + ALPHA), "damaged"),
    ("A6", "40 sheets of two cells far apart", "xlsx", _listed(40, NAMES + make.number("X200000"), parts=40),
     "cells together"),
    ("A6", "4 million merged ranges", "xlsx", _merged_ranges, "merged ranges"),
    ("A6", "a CSV of 2 million lines", "csv", _text(HEADINGS, *[b"Alpha;Tanger\n" * 20_000] * 100),
     "more than 200000 rows"),
    ("A6", "a CSV of one line of wide letters", "csv", _text("😀;".encode(), *[LINE] * 100),
     "longer than 4 MiB"),
    ("A6", "a CSV row of 8 million lines", "csv", _text(HEADINGS, *[b'"a\n";' * 80_000] * 100, b"x\n"),
     "longer than 4 MiB"),
    ("A7", "a cell at XFD1048576", "xlsx", lambda p: make.with_rows(p, NAMES + make.number("XFD1048576")),
     "XFD1048576"),
    ("A7", "a cell at IV65536", "xls", _xls([(0, 0, "Raison sociale"), (65_535, 255, 1.0)]), "IV65536"),
    ("A7", "a cell repeated over a sheet", "ods", _ods(make.ods_cell(
        "x", 'table:number-columns-repeated="16384"'), rows=1_048_576), "more than"),
    ("A7", "whole rows of blank cells", "ods", _ods(
        _ods_repeated("", times=16_383), "<table:table-cell/>", written=2_000), "hold no value"),
    ("A10", "a size that no .xls can have", "xls", _xls([(0, 0, "Raison sociale")], body=_xls_size(65_536, 65_535)),
     "damaged"),
    ("A11", "a billion laughs", "xlsx", _part(_entities(9, 10)), "entities"),
    ("A11", "a long entity often", "xlsx", _part(_entities(1, 10_000)), "entities"),
    ("A11", "30 million elements inside each other", "xlsx", _part(
        OPENED, NOISE, *[b"<x>" * 1_000_000] * 30), "damaged"),
    ("A11", "5 million names", "xlsx", lambda p: make.streamed(p, make.SHEET, _names(50)), "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "build", "words"), [pytest.param(*case[2:], id=f"{case[0]} {case[1]}") for case in REFUSED]
)
def test_refused_in_one_sentence(tmp_path: Path, kind: str, build: Build, words: str) -> None:
    code, out, err = _check(build(tmp_path / f"a.{kind}"))
    assert (code, out, err.count("\n")) == (3, "", 1), err[:500]
    assert err.startswith(f"a.{kind}")
    assert words in err


# as above; the words stand in the report
READ: list[tuple[str, str, str, Build, str]] = [
    ("A8", "a stray format in the last row", "xlsx", lambda p: make.with_rows(
        p, NAMES + ALPHA + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'), "goes on down to row 1048576"),
    ("A8", "blank rows down to the end of an .ods", "ods", lambda p: make.ods(p, make.ods_row(
        make.ods_cell("Raison sociale")) + make.ods_row(make.ods_cell("Alpha")) + make.BLANK_ODS_ROWS), ""),
    ("A10", "a size of the whole sheet", "xlsx", lambda p: make.with_rows(
        p, NAMES + ALPHA, before='<dimension ref="A1:XFD1048576"/>'), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "build", "words"), [pytest.param(*case[2:], id=f"{case[0]} {case[1]}") for case in READ]
)
def test_read_all_the_same(tmp_path: Path, kind: str, build: Build, words: str) -> None:
    code, out, err = _check(build(tmp_path / f"a.{kind}"))
    assert (code, err) == (0, "")
    assert "1 rows = 1 used + 0 set aside" in out
    assert words in out
