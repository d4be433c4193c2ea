"""The delimiter of a text, among `;` `,` tab and `|`."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

DELIMITERS = ";\t|,"
_SAMPLE = 200
_NAMED = re.compile(r'"?sep=(.)"?[ ]*(?=\r|\n|$)', re.IGNORECASE)
_NUMBER = re.compile(r"\s*[-+]?\d*\s*")


def named_delimiter(text: str) -> tuple[str, str]:
    """The delimiter that a first line "sep=;" names, if any, and the text with that line blanked."""
    found = _NAMED.match(text)
    return (found.group(1), text[found.end() :]) if found else ("", text)


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts the largest share of the lines into the same number of cells, or "".

    Quoted text does not count; title lines and notes are tolerated. On equal shares the wider cut
    wins, then the order of `DELIMITERS`. A list written in prose ("vis, écrous") or a decimal comma
    is no delimiter: a one-column file stays one column.
    """
    best, best_score = "", (0.0, 0)
    for delimiter in DELIMITERS:
        lines = _sample(text, delimiter)
        widths = Counter(len(line) for line in lines if len(line) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (count / len(lines), width)
        if score > best_score and not _is_prose(lines, width):
            best, best_score = delimiter, score
    return best


def _sample(text: str, delimiter: str) -> list[list[str]]:
    """The first lines that say something, cut at a delimiter."""
    reader = csv.reader(io.StringIO(text[: 1 << 20], newline=""), delimiter=delimiter)
    try:
        return list(islice((cells for cells in reader if any(map(str.strip, cells))), _SAMPLE))
    except csv.Error:
        return []


def _is_prose(lines: list[list[str]], width: int) -> bool:
    """Whether the cuts fall inside sentences or decimal numbers rather than between columns."""
    if len(lines[0]) > 1 and not all(map(_NUMBER.fullmatch, lines[0])):
        return False  # the headings themselves are cut
    cut = [line for line in lines if len(line) > 1]
    if all(_NUMBER.fullmatch(cell) for line in cut for cell in line) and width == 2:
        return True
    return all(cell.startswith((" ", "\xa0")) for line in cut for cell in line[1:] if cell)
