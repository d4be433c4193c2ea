"""The look at a workbook before a parser may open it.

Parsers trust what a workbook declares: a 5 kB file with a cell at XFD1048576 aborts the process, a
1 MB file can unfold to gigabytes. Every part is therefore streamed once, within bounds, following the
cells as the parser will; the same pass notes what deserves a warning.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from integrator.errors import InputRefused
from integrator.workbooks.biff import BrokenRecords, scan_xls, scan_xlsb, scan_xlsb_texts, xlsb_sheets
from integrator.workbooks.compound import BrokenCompound, Compound
from integrator.workbooks.extent import Extent
from integrator.workbooks.kinds import SPREADSHEET_STREAMS, ZIP_FAULTS
from integrator.workbooks.limits import Limits
from integrator.workbooks.markup import DoctypeError, MalformedMarkupError, local, scan_markup
from integrator.workbooks.ods_xml import ContentScan
from integrator.workbooks.outline import Outline, Relations
from integrator.workbooks.parts import Parts
from integrator.workbooks.refusing import SAVE_AGAIN, damaged, protected, refused
from integrator.workbooks.regular_rows import without_regular_rows, without_regular_texts
from integrator.workbooks.shared_texts import StringLengths
from integrator.workbooks.sheet_xml import SheetScan

_WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_BINARY_WORKBOOK = "xl/workbook.bin"
_BINARY_STRINGS = "xl/sharedStrings.bin"


def inspect(path: Path, shown_as: str, kind: str, limits: Limits) -> tuple[Extent, ...]:
    """What the sheets of a workbook hold, in their order; nothing for .xls and .xlsb, only checked.

    Raises `InputRefused` when the workbook is damaged, encrypted, oversized, declares entities, or has
    a cell far away. Nothing is written to disk and no part is expanded whole in memory.
    """
    try:
        if kind == "xls":
            return _inspect_xls(path, shown_as, limits)
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            parts = Parts(archive, shown_as, limits)
            return _INSPECTIONS[kind](parts, shown_as, limits)
    except InputRefused:
        raise
    except DoctypeError as error:
        raise refused(
            shown_as,
            "external_entity",
            "the workbook declares XML entities, which no spreadsheet program writes",
            "do not open it; ask the sender for a fresh export",
        ) from error
    except (*ZIP_FAULTS, BrokenRecords, BrokenCompound) as error:
        raise damaged(shown_as) from error


def _inspect_xls(path: Path, shown_as: str, limits: Limits) -> tuple[Extent, ...]:
    compound = Compound(path.read_bytes())
    for name in compound.streams:
        if name.casefold() in SPREADSHEET_STREAMS:
            scan_xls(compound.read(name), Extent(shown_as, "", limits), StringLengths(shown_as, limits))
    return ()


def _inspect_xlsx(parts: Parts, shown_as: str, limits: Limits) -> tuple[Extent, ...]:
    outline = _outline(parts, _WORKBOOK, shown_as)
    strings = StringLengths(shown_as, limits)
    if _STRINGS in parts:
        scan_markup(without_regular_texts(parts.pieces(_STRINGS), strings), strings.start, strings.text, strings.end)
    extents: list[Extent] = []
    extent = Extent(shown_as, "", limits)
    for name, part in outline:
        extent = extent.next(name)
        scan = SheetScan(extent, strings.lengths)
        left = without_regular_rows(parts.pieces(part), scan, strings.lengths)
        scan_markup(left, scan.start, scan.text)
        scan.close()
        extents.append(extent)
    _inspect_others(parts, {_WORKBOOK, _STRINGS, *(part for _, part in outline)})
    return tuple(extents)


def _inspect_xlsb(parts: Parts, shown_as: str, limits: Limits) -> tuple[Extent, ...]:
    relations = Relations()
    scan_markup(parts.pieces("xl/_rels/workbook.bin.rels"), relations.start)
    sheets = sorted(part for part in relations.targets.values() if "sheets/" in part and part in parts)
    if not sheets:
        raise _no_sheet(shown_as, "")
    _refuse_repeated(sheets, shown_as)
    _refuse_repeated(list(xlsb_sheets(b"".join(parts.pieces(_BINARY_WORKBOOK)))), shown_as)
    strings = StringLengths(shown_as, limits)
    if _BINARY_STRINGS in parts:
        scan_xlsb_texts(b"".join(parts.pieces(_BINARY_STRINGS)), strings)
    extent = Extent(shown_as, "", limits)
    for part in sheets:
        extent = extent.next("")
        scan_xlsb(b"".join(parts.pieces(part)), extent, strings)
    _inspect_others(parts, {"xl/_rels/workbook.bin.rels", _BINARY_WORKBOOK, _BINARY_STRINGS, *sheets})
    return ()


def _inspect_ods(parts: Parts, shown_as: str, limits: Limits) -> tuple[Extent, ...]:
    manifest = "META-INF/manifest.xml"
    if manifest in parts:
        scan_markup(parts.pieces(manifest), lambda name, _: _refuse_encryption(name, shown_as))
    content = ContentScan(shown_as, limits)
    if "content.xml" not in parts:
        raise _no_sheet(shown_as, "")
    scan_markup(parts.pieces("content.xml"), content.start, content.text, content.end)
    _inspect_others(parts, {manifest, "content.xml"})
    return tuple(content.sheets)


_INSPECTIONS: dict[str, Callable[[Parts, str, Limits], tuple[Extent, ...]]] = {
    "xlsx": _inspect_xlsx,
    "xlsm": _inspect_xlsx,
    "xlsb": _inspect_xlsb,
    "ods": _inspect_ods,
}


def _outline(parts: Parts, workbook: str, shown_as: str) -> list[tuple[str, str]]:
    """Name and part of each sheet that the workbook lists."""
    outline, relations = Outline(), Relations()
    scan_markup(parts.pieces(workbook), outline.start)
    if "xl/_rels/workbook.xml.rels" in parts:
        scan_markup(parts.pieces("xl/_rels/workbook.xml.rels"), relations.start)
    sheets = [(name, relations.targets.get(identity, "")) for name, identity in outline.sheets]
    for name, part in sheets:
        if part not in parts:
            raise _no_sheet(shown_as, name)
    _refuse_repeated([part for _, part in sheets], shown_as)
    return sheets


def _refuse_repeated(sheets: Sequence[str], shown_as: str) -> None:
    """A part that stands for several sheets: the parser would hold it over and over."""
    if len({name.casefold() for name in sheets}) < len(sheets):
        raise damaged(shown_as)


def _inspect_others(parts: Parts, done: set[str]) -> None:
    """Bound and search the other parts; one that is not well-formed (a drawing, say) does no harm."""
    known = {name.casefold() for name in done} | {"xl/_rels/workbook.xml.rels"}
    for name in parts.names():
        if name.casefold() in known:
            continue
        pieces = parts.pieces(name)
        first = next(pieces, b"")
        if _looks_like_markup(first):
            try:
                scan_markup(chain([first], pieces))
            except MalformedMarkupError:
                _drain(pieces)
        else:
            _drain(pieces)


def _looks_like_markup(first: bytes) -> bool:
    return first[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _drain(pieces: Iterator[bytes]) -> None:
    for _ in pieces:
        pass


def _refuse_encryption(name: str, shown_as: str) -> None:
    if local(name) == "encryption-data":
        raise protected(shown_as)


def _no_sheet(shown_as: str, sheet: str) -> InputRefused:
    what = f"the sheet {sheet!r} is listed but missing from the file" if sheet else "there is no sheet in it"
    return refused(shown_as, "no_sheet", what, SAVE_AGAIN)
