"""CSV and other delimited text: encoding, delimiter, cells as text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from charset_normalizer import from_bytes

from integrator.workbooks.refusing import refused

ENCODINGS = ["utf_8", "cp1252", "cp1256", "utf_16"]
DELIMITERS = ";,\t|"
_SAMPLE_LINES = 50


def decode(path: Path, shown_as: str, encoding: str = "") -> tuple[str, str]:
    """The text of a file and the encoding used: strict UTF-8 first, then the four of the region."""
    content = path.read_bytes()
    if encoding:
        try:
            return content.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError) as error:
            raise refused(
                shown_as,
                "wrong_encoding",
                f"the file is not {encoding} text",
                "correct `encoding` in the job",
            ) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(content, shown_as), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    best = from_bytes(content, cp_isolation=ENCODINGS[1:]).best()
    if best is None:
        raise refused(
            shown_as,
            "wrong_encoding",
            "the text is neither UTF-8, cp1252, cp1256 nor UTF-16",
            "save it as UTF-8 or set `encoding` in the job",
        )
    return str(best), best.encoding.replace("_", "-")


def _utf16(content: bytes, shown_as: str) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise refused(shown_as, "wrong_encoding", "the UTF-16 text is damaged", "save it as UTF-8") from error


def parse(text: str, shown_as: str, delimiter: str = "") -> tuple[list[list[str]], str]:
    """The cells of a delimited text and the delimiter used ("" for a single column)."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        delimiter, text = delimiter or first.strip()[-1], "\n" + rest
    used = delimiter or _guess(text)
    try:
        csv.field_size_limit(10_000_000)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=used or "\x1f", strict=False)), used
    except (csv.Error, TypeError) as error:
        raise refused(
            shown_as, "damaged_csv", f"the delimited text cannot be read ({error})", "check its quotes"
        ) from error


def _guess(text: str) -> str:
    """The delimiter that gives the same number of cells, above one, on the most lines.

    Quoted text does not count. Title lines and notes are tolerated; ties go by the order of `DELIMITERS`.
    A decimal comma never wins against another delimiter.
    """
    best, best_score = "", 0
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = []
        try:
            for _, cells in zip(range(_SAMPLE_LINES), reader, strict=False):
                widths.append(len(cells))
        except csv.Error:
            continue
        width, lines = max(
            Counter(w for w in widths if w > 1).items(), key=lambda p: (p[1], p[0]), default=(0, 0)
        )
        score = lines * (width - 1) if lines * 2 > sum(1 for w in widths if w) or delimiter != "," else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best
