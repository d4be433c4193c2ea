"""Gross and net value of a need, side by side and never one for the other, with every input behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.calculator import write_calculator
from integrator.project_sheets.page import Cell
from integrator.project_sheets.value_chart import write_value_chart
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.lines import (
    figure_line,
    head,
    kind_text,
    known_lines,
    lacking_line,
    not_stated_lines,
)
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

FIGURES = (
    "gross_import_replaced", "domestic_share", "net_domestic_value", "net_domestic_value_certain", "remaining_imports",
)  # fmt: skip
_SPANS = (4, 3, 2, 3)


def write_value(page: Page, content: SheetContent, words: Wording) -> None:
    """The figures, the amount that a source quotes, the inputs stated and not stated, and what lacks."""
    valued = content.valued
    page.section(words("section.value"))
    calculated = write_calculator(page, content, words)
    if calculated.lines:
        figure_line(page, valued, "net_domestic_value_certain", words, lacking=False)
        lacking_line(page, valued.missing(*FIGURES), words)
        write_value_chart(page, content, calculated, words)
    else:
        known_lines(page, valued, FIGURES, words)
    quoted = phrases.quoted(content.opportunity, words)
    if quoted:
        page.line([Cell(4, words("value.quoted"), theme.LABEL), Cell(8, quoted, theme.TEXT)])
    inputs = _inputs(valued)
    if not any(one["kind"] == "stated" for one in inputs):
        not_stated_lines(page, valued, FIGURES, words)
    else:
        page.gap(3)
        head(page, _SPANS, ("input", "value", "kind", "source"), words)
        for one in inputs:
            _input(page, one, words)
    if valued.figures:
        page.note(words("worth.explain", need=content.need["need_id"]))


def _inputs(valued: Valued) -> list[Row]:
    """The inputs of all figures of the value, each once; a figure that another rests on stands above."""
    found: dict[tuple[object, ...], Row] = {}
    for name in FIGURES:
        for one in valued.inputs.get(name, ()):
            key = tuple(one[column] for column in ("input", "low", "point", "high", "unit", "kind", "source", "cell"))
            if one["input"] not in FIGURES or one["kind"] != "derived":
                found.setdefault(key, one)
    return list(found.values())


def _input(page: Page, one: Row, words: Wording) -> None:
    is_stated = one["kind"] in ("stated", "derived")
    look = theme.FACT if is_stated else {**theme.FACT, "italic": True}
    value = amount(one, is_estimated=not is_stated)
    title = "" if str(one["cell"]).startswith(str(one["source"])) else one["source"]  # no source but the file itself
    source = ", ".join(part for part in (title, one["date"], one["cell"]) if part)
    values = (names(words.language).input(one["input"]), amount_text(value, words), kind_text(one, words), source)
    looks = (theme.FACT_LABEL, look, look, theme.FACT_LABEL)
    page.line([Cell(span, text, one_) for span, text, one_ in zip(_SPANS, values, looks, strict=True)], least=11)
