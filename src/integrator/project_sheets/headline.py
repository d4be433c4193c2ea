"""The top of a sheet: what it is about, its figures, warnings, and the whole in brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.content import LEADING
from integrator.project_sheets.page import COLUMNS, Cell, Page
from integrator.project_sheets.valued.cards import write_cards

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.wording import Wording

_LONGEST_TITLE = 180


def write_headline(page: Page, content: SheetContent, portfolio: str, date: str, words: Wording) -> None:
    """Band, link back, cards, banners, brief."""
    need, opportunity = content.need, content.opportunity
    page.line([Cell(COLUMNS, f"{words('sheet.kind')}  ·  {opportunity['sheet_id']}", theme.BAND_KIND)], least=18)
    title = words("sheet.title", component=phrases.short(phrases.component(need, words), _LONGEST_TITLE))
    page.line([Cell(COLUMNS, title, theme.BAND_TITLE)], least=28)
    parts = (words("sheet.subtitle"), phrases.family(content, words), date)
    page.line([Cell(COLUMNS, "  |  ".join(part for part in parts if part), theme.BAND_SUB)], least=16)
    page.back_to(portfolio, words("sheet.back"))
    _cards(page, content, words)
    for key, shown in (
        ("sheet.banner.none", opportunity["outlook"] == "none" and need["aggregate"] != "yes"),
        ("sheet.banner.aggregate", need["aggregate"] == "yes"),
        ("sheet.banner.unsourced", not need["source_url"]),
    ):
        if shown:
            page.gap(4)
            page.line([Cell(COLUMNS, words(key), theme.BANNER)], least=18)
    _brief(page, content, words)


def _cards(page: Page, content: SheetContent, words: Wording) -> None:
    need, opportunity = content.need, content.opportunity
    unknown = words("sheet.card.unknown")
    counts = "  ·  ".join(str(opportunity[f"actors_{level}"]) for level in (4, 3, 2))
    best = words("sheet.card.best", grade=phrases.grade(opportunity["best_grade"], words))
    volume = phrases.volume(opportunity, need, words) or unknown
    cards = (
        ("sheet.card.imports", need["imported_from"] or unknown, "", bool(need["import_country"])),
        ("sheet.card.volume", volume, phrases.volume_kind(need, words), need["volume_basis"] == "demand"),
        ("sheet.card.actors", counts, best, opportunity["outlook"] == "actors"),
    )
    page.line([Cell(4, words(key), theme.CARD_LABEL) for key, _, _, _ in cards], least=15)
    page.line([Cell(4, phrases.short(value, 120), _card_value(value, good)) for _, value, _, good in cards], least=26)
    page.line([Cell(4, text, theme.CARD_NOTE) for _, _, text, _ in cards], least=15)
    write_cards(page, content, words)


def _card_value(value: str, good: bool) -> theme.Style:
    """Long values in smaller letters; the signal colour marks what is weak or unknown, italics an estimate."""
    size = 15 if len(value) <= 16 else 11 if len(value) <= 40 else 9
    return {**(theme.CARD_VALUE if good else theme.CARD_SIGNAL), "font_size": size, "italic": value.startswith("≈")}


def _brief(page: Page, content: SheetContent, words: Wording) -> None:
    """What a reader takes away: who, and what next."""
    page.gap(6)
    named = [
        f"{number}. {actor.supplier['name']} ({phrases.grade(actor.match['grade'], words)})"
        for number, actor in enumerate(content.actors[:LEADING], start=1)
        if actor.match["grade"] >= 1
    ]
    label = "brief.nearest" if content.opportunity["outlook"] == "none" else "brief.actors"
    _brief_line(page, words(label), "   ".join(named) or words("grade.none"))
    _brief_line(page, words("brief.action"), words(f"action.{content.opportunity['next_action']}"))


def _brief_line(page: Page, label: str, text: str) -> None:
    page.line([Cell(3, label, theme.BRIEF_LABEL), Cell(9, text, theme.BRIEF)], least=15)
