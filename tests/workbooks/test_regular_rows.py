"""Taking the regular rows out before expat finds what expat finds cell by cell."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from integrator.errors import InputRefused
from integrator.workbooks.extent import Extent
from integrator.workbooks.limits import Limits
from integrator.workbooks.markup import MalformedMarkupError, scan_markup
from integrator.workbooks.regular_rows import without_regular_rows, without_regular_texts
from integrator.workbooks.shared_texts import StringLengths
from integrator.workbooks.sheet_xml import SheetScan

STRINGS = [3, 5_000, 0, 7]
LIMITS = Limits(rows=40, columns=30, cells=600, unzipped_bytes=20_000)
CELLS = st.sampled_from(
    [
        '<c r="{at}"/>', '<c r="{at}" s="3"/>', '<c r="{at}"><v>12.5</v></c>', '<c r="{at}" t="n"><v>-1E+5</v></c>',
        '<c r="{at}" t="s"><v>0</v></c>', '<c r="{at}" s="2" t="s"><v>1</v></c>', '<c r="{at}" t="b"><v>1</v></c>',
        '<c r="{at}" t="inlineStr"><is><t>Fès &amp; co</t></is></c>',
        '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c>',
        # what must reach expat:
        '<c r="{at}" t="s"><v>9</v></c>', '<c r="{at}" t="e"><v>#N/A</v></c>', '<c r="{at}"><f>A1</f></c>',
        '<c r="{at}"><f>A1</f><v>4</v></c>', '<c r="{at}"><v></v></c>', "<c><v>1</v></c>", '<c r="C7"><v>1</v></c>',
        '<c r="{at}" t="inlineStr"><is><t>&#0;</t></is></c>', '<c r="{at}"><v>1', "</v></c>", "<!-- ", " -->",
        '<c r="{at}" t="inlineStr"><is><t></t></is></c>', '<c r="{at}"><v>1</v><v>2</v></c>', "</row>", "\n",
    ]
)  # fmt: skip
COLUMNS = st.sampled_from(["A", "B", "C", "Z", "AA", "XFD"])
REGULAR = st.integers(0, 8).flatmap(lambda n: st.lists(CELLS, min_size=n, max_size=n))


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A worksheet part whose rows are mostly well written."""
    row, parts = 0, []
    for cells in draw(st.lists(st.lists(st.tuples(COLUMNS, CELLS), max_size=4), max_size=12)):
        row = row + 1 if draw(st.integers(0, 9)) else draw(st.integers(1, 60))
        tag = draw(
            st.sampled_from([' r="{}"'] * 8 + [' r="{}" hidden="1"', ' r="{}" ht="15" hidden="0"', "", ' r="x"'])
        )
        filled = "".join(cell.format(at=f"{column}{row}") for column, cell in cells)
        parts.append(f"<row{tag.format(row)}>{filled}</row>")
    return f'<worksheet xmlns="m"><sheetData>{"".join(parts)}</sheetData></worksheet>'.encode()


def seen(part: bytes, size: int, shortcut: bool) -> object:
    """What the guard makes of the part: the extent, or the refusal."""
    extent = Extent("f", "s", LIMITS)
    scan = SheetScan(extent, STRINGS)
    pieces = [part[at : at + size] for at in range(0, len(part), size)]
    try:
        scan_markup(without_regular_rows(pieces, scan, STRINGS) if shortcut else pieces, scan.start, scan.text)
        scan.close()
    except MalformedMarkupError:
        return "malformed"
    except InputRefused as error:
        return error.problems
    return dataclasses.asdict(extent)


@given(sheets(), st.sampled_from([37, 400, 100_000]))
@example(
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>',
    100_000,
)
def test_the_extent_is_that_of_expat(part, size):
    assert seen(part, size, shortcut=True) == seen(part, size, shortcut=False)


def test_most_rows_do_not_reach_expat():
    rows = "".join(f'<row r="{r}" spans="1:2"><c r="A{r}" t="s"><v>0</v></c><c r="B{r}"/></row>' for r in range(1, 30))
    extent = Extent("f", "s", LIMITS)
    left = b"".join(
        without_regular_rows([f"<sheetData>{rows}</sheetData>".encode()], SheetScan(extent, STRINGS), STRINGS)
    )
    assert left == b"<sheetData></sheetData>"
    assert (extent.rows, extent.columns, extent.cells, extent.text) == (29, 1, 29, 87)


TEXTS = st.sampled_from(
    ["<si><t>Fès</t></si>", '<si><t xml:space="preserve"> a &amp; b</t></si>', "<si><t></t></si>", "<si><t/></si>",
     "<si><r><t>a</t></r><r><t>bc</t></r></si>", "<si><t>&#233;t</t></si>", "<si><t>فاس</t></si>",
     "<si><r><t>😀</t></r> </si>", "<!-- x -->", "\n", "<si/>"]
)  # fmt: skip


@given(st.lists(TEXTS, max_size=12).map("".join), st.sampled_from([11, 50, 10_000]))
def test_the_lengths_of_shared_texts_are_those_of_expat(texts, size):
    part = f'<sst xmlns="m">{texts}</sst>'.encode()
    pieces = [part[at : at + size] for at in range(0, len(part), size)]
    found = []
    for shortcut in (True, False):
        strings = StringLengths("f", LIMITS)
        scan_markup(
            without_regular_texts(pieces, strings) if shortcut else pieces, strings.start, strings.text, strings.end
        )
        found.append(strings.lengths)
    assert found[0] == found[1]


@pytest.mark.parametrize("text", [b"\xff", b"\xc3"])
def test_text_that_is_not_utf8_reaches_expat(text):
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"
    assert seen(b"<sheetData>" + row + b"</sheetData>", 10_000, shortcut=True) == "malformed"
