"""The market of a need by its tariff code: what is imported, and where the country stands in the product space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets.valued.lines import figure_line
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.project_sheets.valuations import Valued
    from integrator.wording import Wording

FIGURES = ("import_value", "rca", "density", "outlook_gain")


def has_market(valued: Valued) -> bool:
    """Whether the trade file says anything of the code."""
    return bool(valued.known(*FIGURES))


def write_market(page: Page, content: SheetContent, words: Wording) -> None:
    """The four figures."""
    for name in FIGURES:
        figure_line(page, content.valued, name, words)
    page.note(words("worth.market.note"))


def lacking_market(valued: Valued, words: Wording) -> str:
    """That no trade file was given, or what it does not say."""
    missing = valued.missing(*FIGURES)
    if missing == ["trade_file"]:
        return words("worth.market.no_file")
    return words("worth.missing", inputs=names(words.language).inputs(missing)) if missing else ""
