"""Unknown terms -> a workbook an analyst decides in: one row a term, and every concept to look up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator.own_terms.words import COLUMNS, EDITABLE, PROPOSALS, shown, texts
from integrator.taxonomy.validation.concepts import KINDS
from integrator.taxonomy.validation.labels import LANGUAGES
from integrator.text.fold import fold
from integrator.wording import RIGHT_TO_LEFT
from integrator.workbooks.wrapping import height, lines_of, pixels
from integrator.workbooks.writing import WorkbookWriter, sheet_names

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy import Taxonomy

LIMIT = 1000
"""Terms in one workbook, where no other number is asked for."""
HEADER = 2
"""0-based row of the header; row 0 is the title, row 1 the instructions."""
MILLION = 1e6

_BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 9, "text_wrap": True, "valign": "top"}
_HEAD = {**_BASE, "bold": True, "font_color": "#FFFFFF", "bg_color": "#17324D"}
_LOCKED = {**_BASE, "bottom": 4, "bottom_color": "#C9D2DA", "locked": True}
_MONEY = {**_LOCKED, "num_format": "0.0##"}
_OPEN = {**_LOCKED, "bg_color": "#FFFBE6", "locked": False}
_ARABIC = {**_LOCKED, "reading_order": 2, "align": "right"}
_CONCEPTS = {"concept": 14, "kind": 14, "fr": 44, "en": 44, "ar": 44, "broader": 14}


def write_terms(
    path: Path, terms: pd.DataFrame, taxonomy: Taxonomy, language: str, run_date: str, notice: str = ""
) -> None:
    """Write the workbook; `terms` as in `tables.UNKNOWN_TERMS`, in the order wanted. Values are shown in millions.

    A `notice` stands in the header of the pages.
    """
    said = texts(language)
    created = datetime.date.fromisoformat(run_date) if run_date else None
    first, second = sheet_names([said["sheet"], said["concepts"]])
    with WorkbookWriter(path, said["title"], created, notice, rtl=language in RIGHT_TO_LEFT) as book:
        _write_list(book, first, second, terms, taxonomy, language)
        _write_concepts(book, second, taxonomy, language)


def _write_list(
    book: WorkbookWriter, name: str, concepts: str, terms: pd.DataFrame, taxonomy: Taxonomy, language: str
) -> None:
    said = texts(language)
    sheet = book.sheet(name)
    book.put(sheet, 0, 0, said["title"], {**_BASE, "bold": True, "font_size": 14, "text_wrap": False})
    book.put(sheet, 1, 0, said["help"], {**_BASE, "text_wrap": False, "italic": True})
    for column, (key, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        book.put(sheet, HEADER, column, said[f"col.{key}"], _HEAD)
    sheet.set_row(HEADER, 42)
    rows = [_row(term, taxonomy, language, said) for term in terms.to_dict("records")]
    for number, values in enumerate(rows, start=HEADER + 1):
        for column, key in enumerate(COLUMNS):
            look = _OPEN if key in EDITABLE else _MONEY if key == "value" else _LOCKED
            book.put(sheet, number, column, values.get(key), look)
        sheet.set_row(number, _height(values))
    last = HEADER + max(len(rows), 1)
    _lists(sheet, last, language, concepts, len(taxonomy.concepts))
    sheet.autofilter(HEADER, 0, last, len(COLUMNS) - 1)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
    _page(sheet, HEADER)


def _row(term: Mapping[Any, Any], taxonomy: Taxonomy, language: str, said: Mapping[str, str]) -> dict[str, Any]:
    proposals = dict(zip(PROPOSALS, str(term["proposals"]).split(), strict=False))
    return {
        **{key: term[key] for key in ("term_id", "term", "field", "rows", "needs", "currency", "example")},
        **{key: term[key] or None for key in ("no_value", "other_currency")},
        "state": said[f"state.{term['state']}"],
        "value": term["value"] / MILLION,
        **{key: _proposal(text, taxonomy, language) for key, text in proposals.items()},
        "lang": language if term["language"] == "unknown" else term["language"],
        "type": said["type.alt"],
    }


def _proposal(text: str, taxonomy: Taxonomy, language: str) -> str:
    """The id, by which it comes back, then the name and the likeness."""
    concept, _, likeness = text.partition(":")
    return f"{concept} · {taxonomy.label(concept, language)} · {float(likeness):.0%}"


def _height(values: Mapping[str, Any]) -> float:
    shown_texts = ((str(values.get(name) or ""), width) for name, width in COLUMNS.items())
    return min(height(max(len(lines_of(text, pixels(width))) for text, width in shown_texts)), 409.0)


def _lists(sheet: Any, last: int, language: str, concepts: str, count: int) -> None:
    columns = list(COLUMNS)
    for name in ("decision", "lang", "type", "kind"):
        column = columns.index(name)
        rule = {"validate": "list", "source": shown(name, language)}
        sheet.data_validation(HEADER + 1, column, last, column, rule)
    for name in ("concept", "broader"):
        column = columns.index(name)
        quoted = concepts.replace("'", "''")
        source = f"='{quoted}'!$A$2:$A${count + 1}"
        rule = {"validate": "list", "source": source, "error_type": "information"}  # an id of one's own is none of them
        sheet.data_validation(HEADER + 1, column, last, column, rule)


def _write_concepts(book: WorkbookWriter, name: str, taxonomy: Taxonomy, language: str) -> None:
    said = texts(language)
    sheet = book.sheet(name)
    for column, (key, width) in enumerate(_CONCEPTS.items()):
        sheet.set_column(column, column, width)
        book.put(sheet, 0, column, said[f"concept.{key}"], _HEAD)
    order = sorted(
        taxonomy.concepts.values(), key=lambda c: (KINDS.index(c.kind), fold(taxonomy.label(c.id, language)), c.id)
    )
    for row, concept in enumerate(order, start=1):
        labels = [taxonomy.label(concept.id, lang) for lang in LANGUAGES]
        values = (concept.id, said[f"kind.{concept.kind}"], *labels, concept.broader)
        for column, (key, value) in enumerate(zip(_CONCEPTS, values, strict=True)):
            book.put(sheet, row, column, value, _ARABIC if key == "ar" else _LOCKED)
    sheet.autofilter(0, 0, max(len(order), 1), len(_CONCEPTS) - 1)
    sheet.freeze_panes(1, 0)
    _page(sheet, 0)


def _page(sheet: Any, header: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3: the list is wide
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&R&8 &P / &N")
