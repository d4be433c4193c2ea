"""CSV and other delimited text: encoding and cells. A cell is always text: a code keeps its zeros."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from charset_normalizer import from_bytes

from integrator.workbooks.delimiters import guess_delimiter, named_delimiter
from integrator.workbooks.kinds import looks_like_utf16
from integrator.workbooks.limits import MIB, Limits
from integrator.workbooks.refusing import RAISE_LIMITS, refused

REGIONAL_ENCODINGS = ["cp1252", "cp1256"]
_NO_DELIMITER = "\x1f"
_HEAD = 4096
_SAMPLE_LINES = 500
_SAMPLE_BYTES = 50_000
_LONGEST_LINE = 4 * MIB
_MOST_TELLING = 100_000
_RAW_LINE = re.compile(rb"[^\r\n]+")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_TALL = 50


def decode(path: Path, shown_as: str, encoding: str = "") -> tuple[str, str]:
    """The text of a file and the encoding used: strict UTF-8 first, then UTF-16, cp1252 or cp1256.

    A given `encoding` wins over all. Raises `InputRefused` when the bytes are not in it.
    """
    content = path.read_bytes()
    used = encoding or looks_like_utf16(content[:_HEAD])
    if used:
        return _decode_as(content, used, shown_as), used
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    for used in _regional(content):
        try:
            return content.decode(used), used
        except UnicodeDecodeError:
            continue
    raise refused(
        shown_as,
        "wrong_encoding",
        "the text is neither UTF-8, UTF-16, cp1252 nor cp1256",
        "save it as UTF-8, or set `encoding` in the job",
    )


def _regional(content: bytes) -> list[str]:
    """cp1252 and cp1256, the likelier first.

    Judged on the different lines that are not plain ASCII, in a fixed order: the detector gives up on
    a long file of equal lines, and must not depend on the order of the rows.
    """
    telling = sorted(_telling_lines(content))
    sample: list[bytes] = []
    size = 0
    for line in telling[:: max(1, len(telling) // _SAMPLE_LINES)]:
        sample.append(line[:_SAMPLE_BYTES])
        size += len(line)
        if size > _SAMPLE_BYTES:
            break
    best = from_bytes(b"\n".join(sample), cp_isolation=REGIONAL_ENCODINGS).best()
    return sorted(REGIONAL_ENCODINGS, key=lambda name: best is None or name != best.encoding)


def _telling_lines(content: bytes) -> set[bytes]:
    """The different lines that are not plain ASCII; of very many those with low checksums, whatever their order."""
    telling: set[bytes] = set()
    bound = 1 << 32
    for found in _RAW_LINE.finditer(content):
        line = found.group()
        if not line.isascii() and zlib.crc32(line) < bound:
            telling.add(line)
            if len(telling) > _MOST_TELLING:
                bound //= 2
                telling = {kept for kept in telling if zlib.crc32(kept) < bound}
    return telling


def _decode_as(content: bytes, encoding: str, shown_as: str) -> str:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise refused(
            shown_as,
            "wrong_encoding",
            f"the file is not {encoding[:40]} text",
            "save it as UTF-8, or correct `encoding` in the job",
        ) from error


@dataclass
class Lines:
    """The lines of a delimited text, trailing blank ones left out."""

    cells: list[tuple[str, ...]] = field(default_factory=list)
    delimiter: str = ""
    """Empty for a single column."""
    blank_tail: int = 0
    """Blank lines below the last one with a value."""
    tall: int = 0
    """First line (1-based) with a cell of very many lines: two stray quotation marks, perhaps."""


def parse(text: str, shown_as: str, limits: Limits, delimiter: str = "") -> Lines:
    """Cut a text into cells; a given `delimiter` wins.

    A first line "sep=;" says the delimiter and stays as a blank line, so that line numbers hold.
    Raises `InputRefused` for a quote that is never closed or more lines than the limits.
    """
    if delimiter and (len(delimiter) != 1 or delimiter in '\r\n"'):
        message = f"{delimiter[:20]!r} cannot be a delimiter"
        raise refused(shown_as, "wrong_delimiter", message, "correct `delimiter` in the job")
    named, text = named_delimiter(text)
    found = Lines(delimiter=delimiter or named or guess_delimiter(text))
    text, below = _without_blank_tail(text, found.delimiter)
    for cells in _read(text, shown_as, found.delimiter):
        row = len(found.cells) + found.blank_tail + 1
        if row > limits.rows or len(cells) > limits.columns:
            message = f"the table holds more than {limits.rows} rows or {limits.columns} columns"
            raise refused(shown_as, "too_large", message, RAISE_LIMITS)
        if not any(cell.strip() for cell in cells):
            found.blank_tail += 1
            continue
        found.cells.extend([()] * found.blank_tail)
        found.blank_tail = 0
        found.cells.append(tuple(cells))
        if not found.tall and any(cell.count("\n") > _TALL for cell in cells):
            found.tall = row
    found.blank_tail += below
    return found


def _without_blank_tail(text: str, delimiter: str) -> tuple[str, int]:
    """The text down to its last line that says something, and the count of lines below."""
    end = len(text.rstrip(f"\r\n \t{delimiter}"))
    ending = _LINE.match(text, end)
    end = ending.end() if ending else end
    return text[:end], text.count("\n", end) or text.count("\r", end)


def _read(text: str, shown_as: str, delimiter: str) -> Iterator[list[str]]:
    """The records of a text; its end is read again strictly, as an open quote swallows what follows."""
    record: list[str] = []
    begin = 0

    def remembered() -> Iterator[str]:
        nonlocal begin
        for found in _LINE.finditer(text):
            if not record:
                begin = found.start()
            if found.end() - begin > _LONGEST_LINE:
                message = f"row {row + 1} is longer than {_LONGEST_LINE // MIB} MiB"
                raise refused(shown_as, "too_large", message, RAISE_LIMITS)
            record.append(found.group())
            yield found.group()

    used = delimiter or _NO_DELIMITER
    row, last = 0, []
    try:
        for cells in csv.reader(remembered(), delimiter=used):
            row, last = row + 1, record.copy()
            record.clear()
            yield cells
    except (csv.Error, ValueError, TypeError) as error:
        raise _open_quote(shown_as, row + 1) from error
    try:
        list(csv.reader(last, delimiter=used, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise _open_quote(shown_as, row) from error


def _open_quote(shown_as: str, row: int) -> Exception:
    return refused(
        shown_as,
        "damaged_csv",
        f"a quotation mark opened on row {row} is never closed, or a cell there is endless",
        "close or delete the quotation mark, so that the lines below are not swallowed",
    )
