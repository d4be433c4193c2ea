"""Made-up files that attack or break a reader, built byte by byte where no program would write them."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Mapping, Sequence
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
    links = list(chain) if chain is not None else [*range(3, 2 + count), 0xFFFFFFFE]
    table = [0xFFFFFFFD, 0xFFFFFFFE, *links]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
        0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)  # fmt: skip
    header += struct.pack("<108I", *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, 2, len(stream))
    directory += bytes(512 - len(directory))
    path.write_bytes(header + struct.pack("<128I", *table) + directory + stream)
    return path


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<III", first, size, 0)
    )


def xls_stream(cells: Sequence[tuple[int, int, str | float]], password: bool = False) -> bytes:
    """A BIFF8 workbook stream with one sheet "Feuille"; rows and columns from 0."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def begin(kind: int) -> bytes:
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    lock = record(0x2F, bytes(6)) if password else b""
    name = b"Feuille"
    place = len(begin(5)) + len(lock) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name
    stream = begin(5) + lock + record(0x85, bound) + record(0x0A, b"") + begin(0x10)
    for row, column, value in cells:
        head = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            stream += record(0x204, head + struct.pack("<HB", len(value), 1) + text)
        else:
            stream += record(0x203, head + struct.pack("<d", value))
    return stream + record(0x0A, b"")


def xlsb(path: Path, cells: Sequence[tuple[int, int, str | float]], after: bytes = b"") -> Path:
    """A binary workbook with one sheet "Feuille"; rows and columns from 0; `after`: more records."""

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(content)
        return head + (bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])) + content

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    sheet = record(129) + record(148, struct.pack("<IIII", 0, 1, 0, 1)) + record(145)
    for row, column, value in cells:
        sheet += record(0, struct.pack("<I", row) + bytes(13))
        head = struct.pack("<II", column, 0)
        sheet += record(6, head + text(value)) if isinstance(value, str) else record(5, head + struct.pack("<d", value))
    sheet += after + record(146) + record(130)
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Feuille"))
    book += record(144) + record(132)
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
    ]
    return zipped(path, parts)


def lying_about_its_size(path: Path) -> Path:
    """A workbook whose sheet declares 100 bytes and unfolds to 3 MB."""
    import zlib

    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{number("A1")}'.encode() + b" " * 3_000_000
    altered(path, {SHEET: xml + b"</sheetData></worksheet>"})
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
    crc = struct.pack("<I", zlib.crc32(xml[:100]))
    for signature, place in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        start = content.find(signature)
        while start >= 0:
            if content[start + place : start + place + 4] == struct.pack("<I", part.CRC):
                content[start + place : start + place + 12] = crc + struct.pack("<II", part.compress_size, 100)
            start = content.find(signature, start + 4)
    path.write_bytes(content)
    return path
