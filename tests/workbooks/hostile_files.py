"""Made-up files that attack or break a reader, built byte by byte where no program would write them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLANK_ODS_ROWS = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def zipped(path: Path, parts: Sequence[tuple[str, bytes | str]]) -> Path:
    """A zip archive of the parts, which may repeat a name."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in parts:
            archive.writestr(name, content)
    return path


def workbook_parts() -> dict[str, bytes]:
    """The parts of a small valid workbook: A1 "nom", B1 "ville", A2 "Alpha"."""
    book = openpyxl.Workbook()
    book.active.append(["nom", "ville"])  # type: ignore[union-attr]
    book.active.append(["Alpha", None])  # type: ignore[union-attr]
    memory = io.BytesIO()
    book.save(memory)
    with zipfile.ZipFile(memory) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def altered(path: Path, changes: Mapping[str, bytes | str | None]) -> Path:
    """The small workbook with parts replaced, added, or (None) left out."""
    parts = {**workbook_parts(), **changes}
    return zipped(path, [(name, content) for name, content in parts.items() if content is not None])


def with_rows(path: Path, rows: str, before: str = "", after: str = "") -> Path:
    """The small workbook with other sheet data."""
    xml = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return altered(path, {SHEET: xml})


def with_sheets(path: Path, parts: Sequence[str], rows: Mapping[str, str]) -> Path:
    """The small workbook with as many sheets as `parts` names, each in its part; `rows` holds the sheet data."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, len(parts) + 1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{space}/worksheet" Target="/{part}"/>' for n, part in enumerate(parts, 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return altered(
        path,
        {
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{space}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}">{relations}</Relationships>',
            **{p: f'<worksheet xmlns="{MAIN}"><sheetData>{r}</sheetData></worksheet>' for p, r in rows.items()},
        },
    )


def number(cell: str) -> str:
    """A row with one number in a cell such as `C12`."""
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>'


def ods(path: Path, rows: str, extra: Sequence[tuple[str, str]] = (), head: str = "") -> Path:
    """An .ods of one table named "Feuille" with the given `table:table-row` elements."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    xml = (
        f"<office:document-content {spaces}>{head}<office:body><office:spreadsheet>"
        f'<table:table table:name="Feuille" table:style-name="ta1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = [("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", xml)]
    return zipped(path, [part for part in parts if part[0] not in dict(extra)] + list(extra))


def ods_cell(text: str, attributes: str = "") -> str:
    """A text cell of an .ods."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


def ods_row(cells: str, attributes: str = "") -> str:
    """A row of an .ods."""
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def compound(path: Path, stream: bytes, name: str = "Workbook", chain: Sequence[int] | None = None) -> Path:
    """An OLE compound file with one stream; `chain` overrides its chain of sectors."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    count = len(stream) // 512
    tables = 1
    while tables * 128 < tables + 1 + count:
        tables += 1
    links = list(chain) if chain is not None else [*range(tables + 2, tables + 1 + count), 0xFFFFFFFE]
    table = [0xFFFFFFFD] * tables + [0xFFFFFFFE, *links]
    table += [0xFFFFFFFF] * (tables * 128 - len(table))
    header = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, tables, tables, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0)  # fmt: skip
    header += struct.pack("<109I", *range(tables), *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, tables + 1, len(stream))
    directory += bytes(512 - len(directory))
    path.write_bytes(header + struct.pack(f"<{len(table)}I", *table) + directory + stream)
    return path


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<III", first, size, 0)
    )


def xls_record(kind: int, content: bytes) -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", kind, len(content)) + content


def xls_texts(text: str) -> bytes:
    """The record of the shared texts of an .xls, of which there is one."""
    return xls_record(0xFC, struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode("ascii"))


def xls_stream(
    cells: Sequence[tuple[int, int, str | float | None]],
    password: bool = False,
    names: Sequence[bytes] = (b"Feuille",),
    head: bytes = b"",
    body: bytes = b"",
) -> bytes:
    """A BIFF8 workbook stream with one sheet; rows and columns from 0, None: the first shared text.

    `names`: the sheets listed, all in the same place; `head`, `body`: records before the list and before the cells.
    """

    def begin(kind: int) -> bytes:
        return xls_record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    head = begin(5) + (xls_record(0x2F, bytes(6)) if password else b"") + head
    place = len(head) + sum(12 + len(name) for name in names) + 4
    bound = [xls_record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name) for name in names]
    stream = [head, *bound, xls_record(0x0A, b""), begin(0x10), body]
    for row, column, value in cells:
        where = struct.pack("<HHH", row, column, 0)
        if value is None:
            stream.append(xls_record(0xFD, where + bytes(4)))
        elif isinstance(value, str):
            text = value.encode("utf-16-le")
            stream.append(xls_record(0x204, where + struct.pack("<HB", len(value), 1) + text))
        else:
            stream.append(xls_record(0x203, where + struct.pack("<d", value)))
    return b"".join(stream) + xls_record(0x0A, b"")


def xlsb(
    path: Path,
    cells: Sequence[tuple[int, int, str | float | None]],
    after: bytes = b"",
    shared: str = "",
    names: Sequence[str] = ("Feuille",),
) -> Path:
    """A binary workbook with one sheet; rows and columns from 0, None: the shared text; `after`: more records.

    `names`: the sheets listed, all in the same part.
    """

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = len(content), b""
        while size >= 128:
            length += bytes([size & 0x7F | 0x80])
            size >>= 7
        return head + length + bytes([size]) + content

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    sheet = record(129) + record(148, struct.pack("<IIII", 0, 1, 0, 1)) + record(145)
    for row, column, value in cells:
        sheet += record(0, struct.pack("<I", row) + bytes(13))
        head = struct.pack("<II", column, 0)
        if value is None:
            sheet += record(7, head + bytes(4))
        else:
            held = text(value) if isinstance(value, str) else struct.pack("<d", value)
            sheet += record(6 if isinstance(value, str) else 5, head + held)
    sheet += after + record(146) + record(130)
    listed = [record(156, struct.pack("<II", 0, 1) + text("rId1") + text(name)) for name in names]
    book = record(131) + record(143) + b"".join(listed) + record(144) + record(132)
    texts = record(159, struct.pack("<II", 1, 1)) + record(19, b"\0" + text(shared)) + record(160)
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
        ' Target="worksheets/sheet1.bin"/></Relationships>'
    )
    parts: list[tuple[str, bytes | str]] = [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relation),
        ("xl/worksheets/sheet1.bin", sheet),
        ("xl/sharedStrings.bin", texts),
    ]
    return zipped(path, parts)


def streamed(path: Path, part: str, pieces: Iterable[bytes]) -> Path:
    """The small workbook with one part of any size, packed fast."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in workbook_parts().items():
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w") as stream:
            for piece in pieces:
                stream.write(piece)
    return path


def lying_about_its_size(path: Path, size: int = 3_000_000) -> Path:
    """A workbook whose sheet declares 100 bytes and unfolds to 3 MB, or another size."""
    import zlib

    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{number("A1")}'.encode()
    blanks = [b" " * 1_000_000] * (size // 1_000_000)
    streamed(path, SHEET, [xml, *blanks, b"</sheetData></worksheet>"])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
    crc = struct.pack("<I", zlib.crc32((xml + blanks[0])[:100]))
    for signature, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        start = content.find(signature)
        while start >= 0:
            if content[start + place : start + place + 4] == struct.pack("<I", part.CRC):
                content[start + place : start + place + 12] = crc + struct.pack("<II", part.compress_size, 100)
            start = content.find(signature, start + 4)
    path.write_bytes(content)
    return path
