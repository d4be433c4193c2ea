"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from integrator.workbooks.compound import SIGNATURE, BrokenCompound, Compound
from integrator.workbooks.refusing import damaged, protected, refused

SPREADSHEET_STREAMS = ("workbook", "book")
ZIP_FAULTS = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError, EOFError,
)  # fmt: skip
_HEAD = 4096
_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    *((bytes([0x80, protocol]), "a Python pickle, which is never opened") for protocol in (2, 3, 4, 5)),
)
_OLE_STREAMS = (
    ("worddocument", "a Word document"),
    ("powerpoint document", "a PowerPoint document"),
    ("__properties_version1.0", "an Outlook message"),
)
_ZIP_PARTS = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint document"),
)
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<script")
_SEND = "send an .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .parquet file"
_LINE_CONTROLS = b"\t\n\v\f\r\x1a"
_CONTROLS = bytes(code for code in range(32) if code not in _LINE_CONTROLS)
_MOST_CONTROLS = 0.01


def kind_of(path: Path, shown_as: str) -> str:
    """`xlsx`, `xlsm`, `xlsb`, `ods`, `xls`, `parquet` or `csv` (any text).

    Raises `InputRefused` for an empty file, a protected workbook or any other type, naming it.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise refused(shown_as, "empty_file", "the file is empty (0 bytes)", "ask for it again")
    if head.startswith(SIGNATURE[:4]):
        return _ole_kind(path.read_bytes(), shown_as)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(path, shown_as)
    if head.startswith(b"PAR1"):
        return "parquet"
    for mark, name in _SIGNATURES:
        if head.startswith(mark):
            raise _not_a_table(shown_as, name)
    _refuse_other_text(head, shown_as)
    return "csv"


def _refuse_other_text(head: bytes, shown_as: str) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PAGES):
        raise _not_a_table(shown_as, "an HTML page")
    if text.startswith((b"<?xml", b"<!doctype")):
        raise _not_a_table(shown_as, "an XML document")
    if text.startswith((b"{", b"[{")):
        raise _not_a_table(shown_as, "JSON text")
    if not looks_like_utf16(head) and _share_of_controls(head) > _MOST_CONTROLS:
        raise _not_a_table(shown_as, "a binary file of unknown type")


def looks_like_utf16(head: bytes) -> str:
    """`utf-16` (with its mark), `utf-16-le`, `utf-16-be` or nothing."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = head[: len(head) // 2 * 2]
    zeros = {"utf-16-le": head[1::2].count(0), "utf-16-be": head[0::2].count(0)}
    for encoding, other in (("utf-16-le", "utf-16-be"), ("utf-16-be", "utf-16-le")):
        if zeros[encoding] * 10 >= len(head) // 2 > 0 and not zeros[other]:
            text = head.decode(encoding, "replace")[:-1]
            if all(char.isprintable() or char in "\t\r\n" for char in text):
                return encoding
    return ""


def _share_of_controls(head: bytes) -> float:
    return 1 - len(head.translate(None, _CONTROLS)) / len(head)


def _ole_kind(content: bytes, shown_as: str) -> str:
    workbook = "Workbook".encode("utf-16-le") in content
    try:
        streams = {name.casefold() for name in Compound(content).streams}
    except BrokenCompound as error:
        raise (damaged(shown_as) if workbook else protected(shown_as)) from error
    if "encryptedpackage" in streams:
        raise protected(shown_as)
    if streams.intersection(SPREADSHEET_STREAMS):
        return "xls"
    for stream, name in _OLE_STREAMS:
        if stream in streams:
            raise _not_a_table(shown_as, name)
    raise _not_a_table(shown_as, "an Office document of another kind")


def _zip_kind(path: Path, shown_as: str) -> str:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            names = {name.casefold() for name in archive.namelist()}
            kind = b""
            if "mimetype" in archive.namelist():
                with archive.open("mimetype") as stream:
                    kind = stream.read(100)
    except ZIP_FAULTS as error:
        raise damaged(shown_as) from error
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    for part, name in _ZIP_PARTS:
        if part in names:
            raise _not_a_table(shown_as, name)
    if "[content_types].xml" in names:
        raise damaged(shown_as)
    raise _not_a_table(shown_as, "a zip archive")


def _not_a_table(shown_as: str, name: str) -> Exception:
    return refused(shown_as, "not_a_workbook", f"this is {name}, not a table", _SEND)
