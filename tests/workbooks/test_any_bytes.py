"""Whatever the bytes, a file is read or refused: nothing else escapes. All content is made up."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

import hostile_files as make
import pyarrow
import pyarrow.parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.errors import InputRefused
from integrator.workbooks import Book, Limits, read_book

SMALL = Limits(file_bytes=2**20, unzipped_bytes=2**22, rows=5_000, columns=100, cells=100_000)
CELLS = [(0, 0, "nom"), (0, 1, "prix"), (2, 0, "Fès"), (2, 1, 12.5)]
FOLDER = Path(tempfile.mkdtemp(prefix="any-bytes-"))


def _originals() -> dict[str, bytes]:
    table = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"a": ["x", None] * 20, "b": [1.5, 2.0] * 20}), table)
    rows = make.ods_row(make.ods_cell("nom") + make.ods_cell("x", 'table:number-columns-repeated="3"'))
    return {
        "xlsx": make.altered(FOLDER / "o.xlsx", {}).read_bytes(),
        "ods": make.ods(FOLDER / "o.ods", rows + make.BLANK_ODS_ROWS).read_bytes(),
        "xlsb": make.xlsb(FOLDER / "o.xlsb", CELLS).read_bytes(),
        "xls": make.compound(FOLDER / "o.xls", make.xls_stream(CELLS)).read_bytes(),
        "csv": 'sep=;\nnom;ville\n"Alpha;x";Fès\n'.encode("cp1252"),
        "parquet": table.getvalue(),
    }


ORIGINALS = _originals()
TABLE_TEXT = st.text(alphabet=st.sampled_from('ab1;,\t|"\n\r =é\0'), max_size=60)
EDITS = st.lists(st.tuples(st.integers(0, 2**20), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6)
relaxed = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _must_read_or_refuse(content: bytes) -> None:
    path = FOLDER / "any"
    path.write_bytes(content)
    try:
        book = read_book(path, "any", SMALL)
    except InputRefused as error:
        (problem,) = error.problems
        assert problem.severity == "refused"
        assert problem.message
        assert problem.action
    else:
        assert isinstance(book, Book)
        assert all(len(sheet.rows) <= SMALL.rows for sheet in book.sheets)


def _edited(content: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    changed = bytearray(content)
    for place, piece in edits:
        start = place % len(changed)
        changed[start : start + len(piece)] = piece
    return bytes(changed)


@relaxed
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", make.OLE, b"PAR1", b"\xff\xfe", b"a;b\n"]))
def test_random_bytes(content: bytes, head: bytes) -> None:
    _must_read_or_refuse(head + content)


@relaxed
@given(
    st.text(alphabet=st.sampled_from('ab1;,\t|"\n\r =é\0'), max_size=60),
    st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_random_tables(text: str, encoding: str) -> None:
    _must_read_or_refuse(text.encode(encoding))


@relaxed
@given(st.sampled_from(sorted(ORIGINALS)), EDITS)
def test_files_with_a_few_wrong_bytes(kind: str, edits: list[tuple[int, bytes]]) -> None:
    _must_read_or_refuse(_edited(ORIGINALS[kind], edits))


@relaxed
@given(st.sampled_from(sorted(ORIGINALS)), st.integers(0, 2**20))
def test_files_cut_short(kind: str, length: int) -> None:
    _must_read_or_refuse(ORIGINALS[kind][: length % len(ORIGINALS[kind])])


@relaxed
@given(st.sampled_from(["xlsx", "ods", "xlsb"]), st.integers(0, 50), EDITS)
def test_workbooks_whose_parts_have_wrong_bytes(kind: str, which: int, edits: list[tuple[int, bytes]]) -> None:
    """The archive stays valid, so that the damage reaches the reading of the parts."""
    with zipfile.ZipFile(io.BytesIO(ORIGINALS[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(name for name, content in parts.items() if content and name != "mimetype")
    chosen = names[which % len(names)]
    parts[chosen] = _edited(parts[chosen], edits)
    _must_read_or_refuse(make.zipped(FOLDER / "parts", list(parts.items())).read_bytes())
