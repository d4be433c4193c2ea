"""Files that attack or break a reader: each is refused in one sentence, or read with a warning.

The ids are the rows of the list of bad inputs. All content is made up.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import hostile_files as make
import pyarrow.parquet
import pytest

from integrator.errors import InputRefused, Problem
from integrator.workbooks import Book, Limits, read_book

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{make.MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    "</sheetData></worksheet>"
)
A1 = make.number("A1")
TEXT_CELL = '<c r="A{row}" t="s"><v>0</v></c>'
SMALL = Limits(unzipped_bytes=1024 * 1024)


def _bytes(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


def _truncated(path: Path) -> Path:
    make.altered(path, {})
    path.write_bytes(path.read_bytes()[:2000])
    return path


def _one_long_shared_text(path: Path) -> Path:
    rows = "".join(f'<row r="{row}">{TEXT_CELL.format(row=row)}</row>' for row in range(1, 200))
    make.with_rows(path, rows)
    text = f'<sst xmlns="{make.MAIN}"><si><t>{os.urandom(10_000).hex()}</t></si></sst>'
    sheet = f'<worksheet xmlns="{make.MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return make.altered(path, {make.SHEET: sheet, "xl/sharedStrings.xml": text})


def _twice(path: Path) -> Path:
    parts = list(make.workbook_parts().items())
    return make.zipped(path, [*parts, (make.SHEET.upper(), b"<worksheet/>")])


def _shared_texts(path: Path) -> Path:
    text = f'<sst xmlns="{make.MAIN}"><si><t>nom</t></si>{"<si><r><t>x</t></r></si><si/>" * 20}</sst>'
    return make.altered(path, {"xl/sharedStrings.xml": text})


def _ods_cells(*cells: str) -> Callable[[Path], Path]:
    return lambda path: make.ods(path, make.ods_row(make.ods_cell("x")) + make.ods_row("".join(cells)))


def _ods_held(attributes: str, inner: str = "") -> str:
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def _parquet(path: Path, column: pyarrow.Array) -> Path:
    pyarrow.parquet.write_table(pyarrow.table({"nom": column}), path, compression="zstd", store_schema=False)
    return path


def _encrypted_ods(path: Path) -> Path:
    xml = '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    return make.ods(path, "", [("META-INF/manifest.xml", xml), ("content.xml", "\x9c\x01garbage")])


LONG = "x" * 8000
SHARED = [(row, 0, None) for row in range(200)]
TWO_PARTS = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
CELLS = [(0, 0, "nom"), (0, 1, "prix"), (2, 0, "Fès"), (2, 1, 12.5)]

# row, what it is, file name, builder, limits, code, words that the message must hold
REFUSED = [
    ("A1", "empty", "a.xlsx", _bytes(b""), Limits(), "empty_file", "empty"),
    ("A2", "truncated", "a.xlsx", _truncated, Limits(), "damaged_workbook", "damaged or incomplete"),
    ("A2", "zip mark only", "a.xlsx", _bytes(b"PK\x03\x04" + bytes(40)), Limits(), "damaged_workbook", "damaged"),
    ("A3", "HTML", "a.xls", _bytes(b"\n<html><table>"), Limits(), "not_a_workbook", "HTML page"),
    ("A3", "PDF", "a.xlsx", _bytes(b"%PDF-1.7 ..."), Limits(), "not_a_workbook", "PDF document"),
    ("A3", "JSON", "a.csv", _bytes(b'{"nom": 1}'), Limits(), "not_a_workbook", "JSON"),
    ("A3", "binary", "a.csv", _bytes(bytes(range(256)) * 4), Limits(), "not_a_workbook", "binary"),
    ("A3", "another zip", "a.xlsx", lambda p: make.zipped(p, [("x.txt", "x")]), Limits(), "not_a_workbook", "zip"),
    ("A3", "Word", "a.xlsx", lambda p: make.zipped(p, [("word/document.xml", "")]), Limits(), "not_a_workbook", "Word"),
    ("A3", "old Word", "a.xls", lambda p: make.compound(p, b"", "WordDocument"), Limits(), "not_a_workbook", "Word"),
    ("A4", "bare OLE mark", "a.xlsx", _bytes(make.OLE + bytes(600)), Limits(), "protected_workbook", "password"),
    ("A4", "encrypted .xlsx", "a.xlsx", lambda p: make.compound(p, b"", "EncryptedPackage"), Limits(),
     "protected_workbook", "password"),
    ("A4", "encrypted .xls", "a.xls", lambda p: make.compound(p, make.xls_stream([], password=True)), Limits(),
     "protected_workbook", "password"),
    ("A4", "encrypted .ods", "a.ods", _encrypted_ods, Limits(), "protected_workbook", "password"),
    ("A5", "declared size", "a.xlsx", lambda p: make.altered(p, {"xl/media/x": os.urandom(1_100_000)}), SMALL,
     "too_large", "unfolds to"),
    ("A5", "ratio", "a.xlsx", lambda p: make.with_rows(p, A1 + " " * 3_000_000), Limits(), "too_large", "zip bomb"),
    ("A5", "false size", "a.xlsx", make.lying_about_its_size, Limits(), "damaged_workbook", "damaged"),
    ("A5", "false size over the limit", "a.xlsx", make.lying_about_its_size, SMALL, "too_large", "unfolds"),
    ("A5", "one text in many cells", "a.xlsx", _one_long_shared_text, SMALL, "too_large", "texts of the cells"),
    ("A5", "spaces of an .ods", "a.ods",
     lambda p: make.ods(p, make.ods_row(make.ods_cell('<text:s text:c="2000000"/>'))), SMALL,
     "too_large", "texts of the cells"),
    ("A5", "spaces outside of paragraphs", "a.ods", _ods_cells(_ods_held('office:value-type="string"',
        '<text:s text:c="2000000"/>')), SMALL, "too_large", "texts of the cells"),
    ("A5", "formula repeated", "a.ods", _ods_cells(_ods_held(
        f'table:formula="{LONG}" office:value-type="float" office:value="1" table:number-columns-repeated="200"')),
     SMALL, "too_large", "texts of the cells"),
    ("A5", "formula without value repeated", "a.ods", _ods_cells(_ods_held(
        f'table:formula="{LONG}" table:number-columns-repeated="200"')), SMALL, "too_large", "texts of the cells"),
    ("A5", "date repeated", "a.ods", _ods_cells(_ods_held(
        f'office:value-type="date" office:date-value="{LONG}" table:number-columns-repeated="200"')), SMALL,
     "too_large", "texts of the cells"),
    ("A5", "shared text of an .xls", "a.xls",
     lambda p: make.compound(p, make.xls_stream(SHARED, head=make.xls_texts(LONG))), SMALL,
     "too_large", "texts of the cells"),
    ("A5", "text of an .xls that is not there", "a.xls", lambda p: make.compound(p, make.xls_stream(
        [], body=make.xls_record(0x207, b"\xff\xff\0x") * 20)), SMALL, "too_large", "texts of the cells"),
    ("A5", "shared text of an .xlsb", "a.xlsb", lambda p: make.xlsb(p, SHARED, shared=LONG), SMALL,
     "too_large", "texts of the cells"),
    ("A5", "one text in many rows of a Parquet table", "a.parquet",
     lambda p: _parquet(p, pyarrow.array([LONG] * 200).dictionary_encode()), SMALL, "too_large", "unfolds to"),
    ("A5", "one text in many lists of a Parquet table", "a.parquet",
     lambda p: _parquet(p, pyarrow.array([[LONG]] * 200)), SMALL, "too_large", "unfolds to"),
    ("A5", "size of a Parquet table", "a.parquet", lambda p: _parquet(p, pyarrow.array(["x" * 2_000_000])), SMALL,
     "too_large", "unfolds to"),
    ("A6", "list in a Parquet table", "a.parquet", lambda p: _parquet(p, pyarrow.array([[0] * 1000])),
     Limits(cells=100), "too_large", "1000 values"),
    ("A5", "many shared texts", "a.xlsx", _shared_texts, Limits(cells=30), "too_large", "30 different texts"),
    ("A6", "cells of all sheets", "a.xlsx", lambda p: make.with_sheets(p, TWO_PARTS, dict.fromkeys(TWO_PARTS, "".join(
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>x</t></is></c></row>' for r in range(1, 6)))), Limits(cells=8),
     "too_large", "8 cells together"),
    ("A5", "file size", "a.csv", _bytes(b"nom;ville\n" * 50), Limits(file_bytes=100), "too_large", "over the limit"),
    ("A6", "rows", "a.xlsx", lambda p: make.with_rows(p, "".join(make.number(f"A{r}") for r in range(1, 30))),
     Limits(rows=20), "too_large", "more than 20 rows"),
    ("A6", "rows of a CSV", "a.csv", _bytes(b"nom;ville\n" * 50), Limits(rows=20), "too_large", "more than 20 rows"),
    ("A7", "corner cell", "a.xlsx", lambda p: make.with_rows(p, A1 + make.number("XFD1048576")), Limits(),
     "far_cell", "XFD1048576"),
    ("A7", "small letters, spaces, prefix", "a.xlsx",
     lambda p: make.altered(p, {make.SHEET: f"<x:worksheet xmlns:x='{make.MAIN}'><x:sheetData><x:row  r='1048576'><x:c"
                                + " " * 500 + "r='xfd1048576'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"}),
     Limits(), "far_cell", "XFD1048576"),
    ("A7", "overflowing reference", "a.xlsx", lambda p: make.with_rows(p, A1 + make.number("A99999999999")), Limits(),
     "damaged_workbook", "damaged"),
    ("A7", "wide and high", "a.xlsx", lambda p: make.with_rows(p, make.number("ALL1") + make.number("A199999")),
     Limits(), "far_cell", "A199999"),
    ("A7", "corner cell of an .ods", "a.ods", lambda p: make.ods(p, make.ods_row(make.ods_cell("x"))
     + '<table:table-row table:number-rows-repeated="1048570"/>'
     + make.ods_row('<table:table-cell table:number-columns-repeated="16383"/>' + make.ods_cell("x"))), Limits(),
     "far_cell", "XFD1048572"),
    ("A7", "repeats of an .ods", "a.ods", lambda p: make.ods(p, make.ods_row(
        make.ods_cell("x", 'table:number-columns-repeated="16384"'), 'table:number-rows-repeated="1048576"')), Limits(),
     "too_large", "more than"),
    ("A7", "repeated row of an .ods", "a.ods", lambda p: make.ods(p, make.ods_row(
        make.ods_cell("x"), 'table:number-rows-repeated="1048576"')), Limits(), "too_large", "more than"),
    ("A6", "merged ranges", "a.xlsx", lambda p: make.with_rows(
        p, A1, after="<mergeCells>" + '<mergeCell ref="B1:C1"/>' * 30 + "</mergeCells>"), Limits(rows=20),
     "too_large", "20 merged ranges"),
    ("A6", "merged ranges of an .xls", "a.xls", lambda p: make.compound(p, make.xls_stream(
        CELLS, body=make.xls_record(0xE5, b"\x1e\0" + bytes(240)))), Limits(rows=20), "too_large", "20 merged ranges"),
    ("A7", "blank cells before blank cells of an .ods", "a.ods", _ods_cells(
        '<table:table-cell table:number-columns-repeated="1073741824"/><table:table-cell/>'), Limits(),
     "too_large", "hold no value"),
    ("A10", "size that an .xls declares", "a.xls", lambda p: make.compound(p, make.xls_stream(
        CELLS, body=make.xls_record(0x200, b"\0\0\0\0\0\0\1\0\0\0\xff\xff\0\0"))), Limits(),
     "damaged_workbook", "damaged"),
    ("A7", "short row record of an .xlsb", "a.xlsb",
     lambda p: make.xlsb(p, CELLS, after=bytes([52, 4]) + b"\xff\xff\x0f\0" + bytes(2)), Limits(),
     "damaged_workbook", "damaged"),
    ("A11", "endless comment", "a.xlsx", lambda p: make.with_rows(p, f"<!--{os.urandom(700_000).hex()}-->"),
     Limits(), "damaged_workbook", "damaged"),
    ("A7", "corner cell of an .xlsb", "a.xlsb", lambda p: make.xlsb(p, [(0, 0, 1.0), (1048575, 16383, 1.0)]),
     Limits(), "far_cell", "XFD1048576"),
    ("A7", "corner cell of an .xls", "a.xls",
     lambda p: make.compound(p, make.xls_stream([(0, 0, 1.0), (65535, 65535, 1.0)])), Limits(), "far_cell", "65536"),
    ("A11", "entity bomb", "a.xlsx", lambda p: make.altered(p, {make.SHEET: LAUGHS}), Limits(),
     "external_entity", "entities"),
    ("A11", "entity bomb in UTF-16", "a.xlsx", lambda p: make.altered(p, {make.SHEET: LAUGHS.encode("utf-16")}),
     Limits(), "external_entity", "entities"),
    ("A11", "in a part nobody reads", "a.xlsx", lambda p: make.altered(p, {"docProps/extra.xml": LAUGHS}), Limits(),
     "external_entity", "entities"),
    ("A11", "in an .ods", "a.ods", lambda p: make.ods(p, "", [("styles.xml", LAUGHS)]), Limits(),
     "external_entity", "entities"),
    ("A11", "elements inside each other", "a.xlsx", lambda p: make.with_rows(p, "<x>" * 2000 + "</x>" * 2000),
     Limits(), "damaged_workbook", "damaged"),
    ("A11", "names without end", "a.xlsx", lambda p: make.with_rows(p, "".join(f"<a{n}/>" for n in range(20_000))),
     Limits(), "damaged_workbook", "damaged"),
    ("A13", "one part for two sheets", "a.xlsx", lambda p: make.with_sheets(
        p, [make.SHEET, make.SHEET], {make.SHEET: A1}), Limits(), "damaged_workbook", "damaged"),
    ("A13", "one part for two sheets of an .xlsb", "a.xlsb", lambda p: make.xlsb(p, CELLS, names=["S1", "S2"]),
     Limits(), "damaged_workbook", "damaged"),
    ("A13", "one place for two sheets of an .xls", "a.xls",
     lambda p: make.compound(p, make.xls_stream(CELLS, names=[b"S1", b"S2"])), Limits(),
     "damaged_workbook", "damaged"),
    ("A13", "the same part twice", "a.xlsx", _twice, Limits(), "duplicate_part", "twice"),
    ("A14", "sheet part missing", "a.xlsx", lambda p: make.altered(p, {make.SHEET: None}), Limits(),
     "no_sheet", "'Sheet' is listed but missing"),
    ("A14", "no relations", "a.xlsx", lambda p: make.altered(p, {"xl/_rels/workbook.xml.rels": None}), Limits(),
     "no_sheet", "missing"),
    ("A14", ".ods without content", "a.ods", lambda p: make.zipped(p, [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]), Limits(), "no_sheet", "no sheet"),
    ("A18", ".xls whose sectors run in a circle", "a.xls",
     lambda p: make.compound(p, make.xls_stream([]), chain=[3, 4, 2, 5, 6, 7, 8, 9]), Limits(),
     "damaged_workbook", "damaged"),
    ("A18", "malformed .ods", "a.ods", lambda p: make.ods(p, "<table:table-row>"), Limits(),
     "damaged_workbook", "damaged"),
    ("A19", "pickle", "a.parquet", _bytes(b"\x80\x04\x95\x10\0\0\0\0\0\0\0."), Limits(), "not_a_workbook", "pickle"),
    ("C20", "open quotation mark", "a.csv", _bytes(b'nom;ville\n"Alpha;Tanger\nBeta;Rabat\n'), Limits(),
     "damaged_csv", "row 2"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "build", "limits", "code", "words"),
    [pytest.param(*case[2:], id=f"{case[0]} {case[1]}") for case in REFUSED],
)
def test_refused_in_one_sentence(
    tmp_path: Path, name: str, build: Callable[[Path], Path], limits: Limits, code: str, words: str
) -> None:
    path = build(tmp_path / name)
    with pytest.raises(InputRefused) as caught:
        read_book(path, f"envoi/{name}", limits)
    (problem,) = caught.value.problems
    assert (problem.severity, problem.code, problem.file) == ("refused", code, f"envoi/{name}")
    assert words in problem.message
    assert problem.action
    assert str(tmp_path) not in str(caught.value)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def _read(path: Path) -> Book:
    return read_book(path, path.name)


def _warned(book: Book, code: str) -> Problem:
    (found,) = [problem for problem in book.problems if problem.code == code]
    assert found.severity == "warning"
    return found


def test_a3_a_csv_named_xlsx_is_read_with_a_warning(tmp_path: Path) -> None:
    book = _read(_bytes(b"nom;ville\nAlpha;Tanger\n")(tmp_path / "a.xlsx"))
    assert book.kind == "csv"
    assert book.sheets[0].rows == (("nom", "ville"), ("Alpha", "Tanger"))
    assert "delimited text" in _warned(book, "wrong_suffix").message


def test_a8_a_stray_format_at_the_bottom_is_cut_with_a_warning(tmp_path: Path) -> None:
    rows = A1 + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows))
    assert book.sheets[0].rows == ((1.0,),)
    warning = _warned(book, "blank_tail")
    assert (warning.sheet, warning.row) == ("Sheet", 1048576)


def test_a8_a_blank_below_is_no_value(tmp_path: Path) -> None:
    rows = A1 + '<row r="3000"><c r="A3000" t="inlineStr"><is><t xml:space="preserve">  </t></is></c></row>'
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows))
    assert book.sheets[0].rows == ((1.0,),)
    assert _warned(book, "blank_tail").row == 3000


def test_a8_the_blank_lines_that_excel_leaves_below_a_csv(tmp_path: Path) -> None:
    book = _read(_bytes(b"nom;ville\nAlpha;Tanger\n" + b";\n" * 300_000)(tmp_path / "a.csv"))
    assert len(book.sheets[0].rows) == 2
    assert _warned(book, "blank_tail").row == 300_002


def test_long_texts_in_ordinary_numbers_are_no_bomb(tmp_path: Path) -> None:
    """The texts of a row are counted once each, not once for every cell of the row."""
    cells = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>{"x" * 2000}</t></is></c>' for letter in "ABCDEFGHIJ")
    path = make.with_rows(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>')
    book = read_book(path, "a.xlsx", Limits(unzipped_bytes=60_000))
    assert len(book.sheets[0].rows[0]) == 10


def test_a8_a_few_coloured_rows_below_are_nothing_to_say(tmp_path: Path) -> None:
    book = _read(make.with_rows(tmp_path / "a.xlsx", A1 + '<row r="40"><c r="A40" s="0"/></row>'))
    assert book.problems == ()


@pytest.mark.parametrize("said", ["A1", "A1:XFD1048576"], ids=["A9 too small", "A10 too large"])
def test_the_dimension_of_a_sheet_is_not_believed(tmp_path: Path, said: str) -> None:
    rows = A1 + make.number("B2")
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows, before=f'<dimension ref="{said}"/>'))
    assert book.sheets[0].rows == ((1.0, None), (None, 1.0))


def test_a12_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("tres-secret")
    xml = f'<!DOCTYPE x [<!ENTITY a SYSTEM "{secret.as_uri()}">]>' + LAUGHS[LAUGHS.index("<worksheet") :]
    path = make.altered(tmp_path / "a.xlsx", {make.SHEET: xml.replace("&b;", "&a;")})
    with pytest.raises(InputRefused) as caught:
        _read(path)
    assert caught.value.problems[0].code == "external_entity"
    assert "tres-secret" not in str(caught.value)


def test_a13_a_part_named_outside_is_never_written(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    book = _read(make.altered(inner / "a.xlsx", {"../../evil.txt": "x"}))
    assert book.sheets[0].rows[0] == ("nom", "ville")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.xlsx", "inner"]


def test_a15_macros_are_left_with_a_warning(tmp_path: Path) -> None:
    book = _read(make.altered(tmp_path / "a.xlsm", {"xl/vbaProject.bin": b"macro"}))
    assert book.kind == "xlsm"
    assert book.sheets[0].rows[1][0] == "Alpha"
    _warned(book, "macros")


def test_a16_external_links_give_their_stored_value(tmp_path: Path) -> None:
    rows = (
        "<row r='1'><c r='A1' t='str'><f>[1]S!A1</f><v>Tanger</v></c>"
        "<c r='B1'><f>WEBSERVICE(\"http://127.0.0.1:9/\")</f></c></row>"
    )
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows))
    assert book.sheets[0].rows[0][0] == "Tanger"
    assert "1 formula cells" in _warned(book, "no_stored_value").message


@pytest.mark.parametrize(
    ("name", "build"),
    [
        (
            "a.xlsx",
            lambda p: make.with_rows(p, A1 + '<row r="2"><c r="B2"><f>1+1</f><v></v></c><c r="C2"><f>2</f></c></row>'),
        ),
        (
            "a.ods",
            lambda p: make.ods(
                p,
                make.ods_row(make.ods_cell("x"))
                + make.ods_row(
                    '<table:table-cell/><table:table-cell table:formula="of:=1" table:number-columns-repeated="2"/>'
                ),
            ),
        ),
    ],
    ids=["A17 xlsx", "A17 ods"],
)
def test_formulas_never_calculated_are_counted(tmp_path: Path, name: str, build: Callable[[Path], Path]) -> None:
    warning = _warned(_read(build(tmp_path / name)), "no_stored_value")
    assert "2 formula cells" in warning.message
    assert "B2" in warning.message
    assert (warning.sheet, warning.row) == ("Sheet" if name == "a.xlsx" else "Feuille", 2)


def test_error_cells_are_unknown_and_counted(tmp_path: Path) -> None:
    rows = A1 + '<row r="2"><c r="C2" t="e"><v>#N/A</v></c></row>'
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows))
    assert "C2" in _warned(book, "error_cells").message
    assert book.sheets[0].rows == ((1.0, None, None),)


def test_b4_hidden_rows_are_read_with_a_warning(tmp_path: Path) -> None:
    rows = A1 + '<row r="2" hidden="1"><c r="A2"><v>5</v></c></row><row r="3" hidden="1"/>'
    book = _read(make.with_rows(tmp_path / "a.xlsx", rows))
    assert book.sheets[0].rows == ((1.0,), (5.0,))
    assert "1 hidden rows" in _warned(book, "hidden_rows").message


READ = (("nom", "prix"), (None, None), ("Fès", 12.5))


@pytest.mark.parametrize(
    ("kind", "build"),
    [
        ("xls", lambda p: make.compound(p, make.xls_stream(CELLS))),
        ("xlsb", lambda p: make.xlsb(p, CELLS)),
        (
            "ods",
            lambda p: make.ods(
                p,
                make.ods_row(make.ods_cell("nom") + make.ods_cell("prix"))
                + make.ods_row("<table:table-cell/>")
                + make.ods_row(
                    make.ods_cell("Fès") + '<table:table-cell office:value-type="float" office:value="12.5"/>'
                    '<table:table-cell table:number-columns-repeated="16382"/>'
                )
                + make.BLANK_ODS_ROWS,
            ),
        ),
    ],
    ids=["A18 xls", "A18 xlsb", "A18 ods"],
)
def test_other_workbooks_are_read(tmp_path: Path, kind: str, build: Callable[[Path], Path]) -> None:
    book = _read(build(tmp_path / f"a.{kind}"))
    assert book.kind == kind
    assert [sheet.name for sheet in book.sheets] == ["Feuille"]
    assert book.sheets[0].rows == READ
    assert book.problems == ()


@pytest.mark.parametrize("what", ["folder", "missing", "pipe"], ids=lambda what: f"A20 {what}")
def test_what_is_no_file_is_refused(tmp_path: Path, what: str) -> None:
    path = tmp_path / "a.xlsx"
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputRefused) as caught:
        _read(path)
    assert [problem.code for problem in caught.value.problems] == ["unreadable_path"]
