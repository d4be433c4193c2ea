"""The rows that nearly every program writes in one way, counted by a regular expression instead of expat.

Only rows whose every byte is understood are taken out of the stream: numbers, texts and blank cells in
ascending, visible rows. What is left, and any row that is out of bounds, goes through expat as if these
rows were not there, so a formula, an error, a hidden row or damage is found as before. Each run of rows
is accounted for at its place in the stream: the scan knows its last row when the rest arrives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from integrator.workbooks.limits import MIB
from integrator.workbooks.shared_texts import StringLengths, width
from integrator.workbooks.sheet_xml import SheetScan, column_number

_TEXT = rb"(?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f]++|&(?:amp|lt|gt|quot|apos);)"
_CELL = (
    rb'<c r="[A-Z]{1,3}\1"(?: s="[0-9]{1,6}")?(?:'
    rb'/>| t="s"><v>[0-9]{1,7}</v></c>|(?: t="[nb]")?><v>[-+.0-9eE]++</v></c>'
    rb'| t="inlineStr"><is><t(?: xml:space="preserve")?>' + _TEXT + rb"++</t></is></c>)"
)
_ATTRIBUTE = (
    rb"(?: (?:spans|s|customFormat|ht|customHeight|outlineLevel|collapsed|thickTop|thickBot|x14ac:dyDescent)="
    rb'"[^"<>&]*+"| hidden="(?:0|false)")'
)
_RUN = re.compile(rb'(?:<row r="([1-9][0-9]{0,6})"' + _ATTRIBUTE + rb"*+(?:/>|>(?:" + _CELL + rb")*+</row>))++")
_ROW = re.compile(rb'<row r="([0-9]+)"')
_SHARED = re.compile(rb' t="s"><v>([0-9]+)<')
_FILLED = re.compile(rb'<c r="([A-Z]+)[0-9]+"[^<>/]*>')
_TEXTS = re.compile(rb'(?:<si><t(?: xml:space="preserve")?>' + _TEXT + rb"*+</t></si>)++")
_ONE_TEXT = re.compile(r"<si><t[^<>]*>([^<]*)<")
_ENTITY = re.compile(r"&[a-z]+;")

_Take = Callable[[bytes], bool]
"""Accounts for a run of bytes, or answers False and does nothing."""


def without_regular_rows(pieces: Iterable[bytes], scan: SheetScan, strings: Sequence[int]) -> Iterator[bytes]:
    """A worksheet part without its regular rows, each told to `scan` when its turn comes."""

    def take(run: bytes) -> bool:
        return _readable(run) and _take_rows(run, scan, strings)

    return _without(pieces, _RUN, b"<row ", b"</row>", take)


def without_regular_texts(pieces: Iterable[bytes], strings: StringLengths) -> Iterator[bytes]:
    """The part of the shared texts without the plain ones, whose lengths go to `strings` in order."""

    def take(run: bytes) -> bool:
        if not _readable(run):
            return False
        content = run.decode()
        found = _ONE_TEXT.findall(content)
        bare = [_ENTITY.sub("&", text) if "&" in text else text for text in found]
        strings.add(list(map(len, bare)) if width(content) == 1 else [len(text) * width(text) for text in bare])
        return True

    return _without(pieces, _TEXTS, b"<si>", b"</si>", take)


def _without(
    pieces: Iterable[bytes], runs: re.Pattern[bytes], opening: bytes, closing: bytes, take: _Take
) -> Iterator[bytes]:
    """The pieces without the runs that `take` accepted; a run never reaches over the end of a piece.

    A comment or instruction could hide a run: from there on everything is left.
    """
    kept, stream, declaration = b"", iter(pieces), len(b"\xef\xbb\xbf<")
    for piece in stream:
        kept += piece
        if b"<!" in kept or kept.find(b"<?", declaration) >= 0 or len(kept) > MIB:
            break
        declaration = 0
        end = kept.rfind(closing) + len(closing)
        if end >= len(closing):
            yield from _left(kept[:end], runs, opening, take)
            kept = kept[end:]
    yield kept
    yield from stream


def _left(block: bytes, runs: re.Pattern[bytes], opening: bytes, take: _Take) -> Iterator[bytes]:
    start = at = 0
    while (at := block.find(opening, at)) >= 0:
        run = runs.match(block, at)
        if run is None:
            at += 1
            continue
        yield block[start:at]
        start = run.start() if not take(run.group()) else run.end()
        at = run.end()
    yield block[start:]


def _readable(run: bytes) -> bool:
    try:
        return run.isascii() or bool(run.decode())
    except UnicodeDecodeError:
        return False


def _take_rows(run: bytes, scan: SheetScan, strings: Sequence[int]) -> bool:
    """Account for a run of rows; False, and nothing done, when they are not in order or out of bounds."""
    rows = list(map(int, _ROW.findall(run)))
    last = run.rfind(b"</c>")
    filled = int(_ROW.match(run, run.rfind(b"<row ", 0, last)).group(1)) if last >= 0 else 0  # type: ignore[union-attr]
    column = max(map(column_number, {name.decode() for name in _FILLED.findall(run)}), default=0)
    try:
        text = sum(map(strings.__getitem__, map(int, _SHARED.findall(run))))
    except IndexError:
        return False
    return scan.take(rows, filled, column, text, run.count(b"</c>"))
