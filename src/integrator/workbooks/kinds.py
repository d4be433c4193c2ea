"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path

from integrator.workbooks.refusing import refused

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_STREAMS = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_HEAD = 4096
_REFUSED_KINDS = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x80\x04\x95", "a Python pickle"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_SEND = "send an .xlsx, .xlsm, .xls, .xlsb, .ods, .csv or .parquet file"


def kind_of(path: Path, shown_as: str) -> str:
    """`xlsx`, `xlsm`, `xlsb`, `ods`, `xls`, `parquet` or `csv` (any text).

    Raises `InputRefused` for an empty file, a protected workbook or any other type, naming it.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise refused(shown_as, "empty_file", "the file is empty (0 bytes)", "ask for it again")
    if head.startswith(_OLE):
        return _ole_kind(path, shown_as)
    if head.startswith(b"PK"):
        return _zip_kind(path, shown_as)
    if head.startswith(b"PAR1"):
        return "parquet"
    for mark, name in _REFUSED_KINDS:
        if head.startswith(mark):
            raise refused(shown_as, "not_a_workbook", f"this is {name}, not a table", _SEND)
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise refused(shown_as, "not_a_workbook", "this is an HTML or XML page, not a table", _SEND)
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(shown_as, "not_a_workbook", "this is a binary file of unknown type", _SEND)
    return "csv"


def _ole_kind(path: Path, shown_as: str) -> str:
    content = path.read_bytes()
    if _ENCRYPTED_STREAM not in content and any(stream in content for stream in _BIFF_STREAMS):
        return "xls"
    raise refused(
        shown_as,
        "protected_workbook",
        "the workbook is protected by a password, or is not a workbook",
        "remove the password in Excel and send it again",
    )


def _zip_kind(path: Path, shown_as: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError) as error:
        raise refused(
            shown_as,
            "damaged_workbook",
            "the workbook is damaged or incomplete",
            "open and save it again in Excel",
        ) from error
    if b"opendocument.spreadsheet" in kind:
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "xl/workbook.xml" in names:
        return "xlsm" if "xl/vbaProject.bin" in names else "xlsx"
    raise refused(shown_as, "not_a_workbook", "this is a zip archive, not a workbook", _SEND)
