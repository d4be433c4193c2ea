"""Whatever the bytes or the text, it is read, refused or reported: nothing else escapes. All content is made up."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

import hostile_files as make
import pyarrow
import pyarrow.parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.errors import InputRefused
from integrator.normalization.values import read_field, value_fields
from integrator.sources import read_inputs
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
TARGETS = 7
"""How many tests here share the cases: 2,000 in the gate, or as many as `INTEGRATOR_FUZZ` says (`make fuzz`)."""
CASES = -(-int(os.environ.get("INTEGRATOR_FUZZ", "2000")) // TARGETS)
relaxed = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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


VALUE_PIECES = st.sampled_from(
    ["12", "1,234", "2024", "t/an", "MDH", "k€", "env.", ">", "(", ")", ";", "-", "à", "par jour", "visé", "T3",
     "سنة", "٣", "%", "+"]
)  # fmt: skip
VALUE_TEXT = st.text(max_size=30) | st.lists(VALUE_PIECES, max_size=12).map(" ".join)


@relaxed
@given(st.sampled_from(sorted(value_fields("supplier")) + sorted(value_fields("need"))), VALUE_TEXT, VALUE_TEXT)
def test_any_value_cell_is_read_or_reported(name: str, text: str, unit: str) -> None:
    kind = "supplier" if name in value_fields("supplier") else "need"
    found = read_field(kind, name, text, unit)
    assert found.quantities or found.period or found.unread or found.outside
    for value in found.quantities:
        assert value.raw == text
        assert value.low is not None or value.high is not None


@relaxed
@given(
    st.lists(
        st.lists(st.sampled_from(["Nom", "Ville", "Total", "", "Alpha", "12", "Note : x", "Composant"]), max_size=5)
    )
)
def test_any_sheet_is_accounted_for_row_by_row(rows: list[list[str]]) -> None:
    (FOLDER / "any.csv").write_text("\n".join(";".join(row) for row in rows) + "\n", encoding="utf-8")
    try:
        result = read_inputs(["any.csv"], "supplier", FOLDER)
    except InputRefused:
        return
    for count in result.counts:
        aside = {p.row for p in result.problems if p.severity == "set_aside"}
        assert count.rows == count.used + count.set_aside
        assert len(aside - {record.ref.row for record in result.records}) == count.set_aside
