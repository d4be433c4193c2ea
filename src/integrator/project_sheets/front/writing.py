"""Page one from its band to its last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.front.acceptance import write_acceptance
from integrator.project_sheets.front.closing import write_closing
from integrator.project_sheets.front.leaders import write_leaders
from integrator.project_sheets.page import COLUMNS, Cell, clipped
from integrator.project_sheets.valued.cards import write_cards

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.page import Page
    from integrator.wording import Wording

_LONGEST_TITLE = 120
_GAP = 5.0
_ABOUT = {"contact_maker": 4, "qualify_sibling": 3, "study_conversion": 2}
"""Grade of the actors that a next action is about."""
_MOST_NAMED = 2
_LONGEST_NAME = 48


def write_front(page: Page, content: SheetContent, portfolio: str, date: str, words: Wording) -> None:
    """Band, cards, tests, first actors, next action, what is missing; the sections begin on the next page."""
    _band(page, content, date, words)
    page.freeze()
    page.back_to(portfolio, words("sheet.back"))
    _cards(page, content, words)
    _banners(page, content, words)
    _source(page, content, words)
    page.gap(_GAP)
    write_acceptance(page, content.valued, content.need, words)
    page.gap(_GAP)
    write_leaders(page, content, words)
    page.gap(_GAP)
    _action(page, content, words)
    page.gap(_GAP)
    write_closing(page, content, words)
    page.note(words("sheet.disclaimer"))
    page.turn()


def _band(page: Page, content: SheetContent, date: str, words: Wording) -> None:
    opportunity, status = content.opportunity, content.status
    page.line([Cell(COLUMNS, f"{words('sheet.kind')}  ·  {opportunity['sheet_id']}", theme.BAND_KIND)], least=18)
    title = words("sheet.title", component=phrases.short(phrases.component(content.need, words), _LONGEST_TITLE))
    page.line([Cell(COLUMNS, title, theme.BAND_TITLE)], least=28)
    stands = words.known(f"status.{status['status']}") if status and status["status"] else ""
    parts = (
        words("front.buyer", buyer=clipped(phrases.buyer(content.need, words), 6, 1)),
        clipped(phrases.family(content, words), 6, 1),
        words("front.stands", status=stands) if stands else "",
        date,
    )
    page.line([Cell(COLUMNS, "   |   ".join(part for part in parts if part), theme.BAND_SUB)], least=16)


def _cards(page: Page, content: SheetContent, words: Wording) -> None:
    need, opportunity = content.need, content.opportunity
    unknown = words("sheet.card.unknown")
    able = sum(opportunity[f"actors_{level}"] for level in (4, 3, 2))
    counts = "  ·  ".join(
        words.told(words(f"grade.{level}"), str(opportunity[f"actors_{level}"]))
        for level in (4, 3, 2)
        if opportunity[f"actors_{level}"]
    )
    volume = phrases.volume(opportunity, need, words) or unknown
    cards = (
        ("sheet.card.imports", phrases.origin(need, words), need["hs_code"] and words("front.hs", code=need["hs_code"]),
         bool(need["import_country"])),
        ("sheet.card.volume", volume, phrases.volume_kind(need, words), need["volume_basis"] == "demand"),
        ("front.able", words.number(able), counts or words("grade.none"), opportunity["outlook"] == "actors"),
    )  # fmt: skip
    page.line([Cell(4, words(key), theme.CARD_LABEL) for key, _, _, _ in cards], least=14)
    page.line(
        [Cell(4, clipped(value, 4, 2, size=11), _card_value(value, good)) for _, value, _, good in cards], least=22
    )
    page.line([Cell(4, clipped(text, 4, 1, size=8), theme.CARD_NOTE) for _, _, text, _ in cards], least=13)
    write_cards(page, content, words)


def _card_value(value: str, good: bool) -> theme.Style:
    """Long values in smaller letters; the signal colour marks what is weak or unknown, italics an estimate."""
    size = 14 if len(value) <= 16 else 11 if len(value) <= 40 else 9
    return {**(theme.CARD_VALUE if good else theme.CARD_SIGNAL), "font_size": size, "italic": value.startswith("≈")}


def _banners(page: Page, content: SheetContent, words: Wording) -> None:
    need, opportunity = content.need, content.opportunity
    for key, shown in (
        ("sheet.banner.none", opportunity["outlook"] == "none" and need["aggregate"] != "yes"),
        ("sheet.banner.aggregate", need["aggregate"] == "yes"),
        ("sheet.banner.unsourced", not need["source_url"]),
    ):
        if shown:
            page.gap(3)
            page.line([Cell(COLUMNS, words(key), theme.BANNER)], least=16)


def _source(page: Page, content: SheetContent, words: Wording) -> None:
    """Where the need was read, so that page one is never without a source."""
    need = content.need
    title = need["source_title"] or need["source_url"]
    if title:
        source = ", ".join(part for part in (title, need["source_date"]) if part)
        page.line([Cell(COLUMNS, clipped(words("front.source", source=source), COLUMNS, 1, size=8), theme.SMALL)])


def _what_next(content: SheetContent, words: Wording) -> str:
    """The action with the actors it is about; a need without a source is to be confirmed before anyone is asked."""
    code = content.opportunity["next_action"]
    action = words(f"action.{code}")
    level = _ABOUT.get(code)
    named = [actor for actor in content.actors if actor.match["grade"] == level][:_MOST_NAMED]
    names = [phrases.short(actor.supplier["name"], _LONGEST_NAME) for actor in named]
    if names:
        action = words("front.action", action=action, names=words.listed(names))
    if content.need["source_url"]:
        return action
    return words("front.confirm_first", action=action)


def _action(page: Page, content: SheetContent, words: Wording) -> None:
    """What to do next, who does it and until when; cells to fill in where nobody has said."""
    status = content.status or {}
    heads = (words("brief.action"), words("next.owner"), words("next.date"))
    page.line([Cell(span, text, theme.FRONT_HEAD) for span, text in zip((6, 3, 3), heads, strict=True)], least=16)
    said = [clipped(str(status.get(name) or ""), 3, 3, bold=True) for name in ("owner", "due")]
    looks = [theme.BRIEF if text else theme.FILL_IN for text in said]
    cells = zip((6, 3, 3), (_what_next(content, words), *said), (theme.BRIEF, *looks), strict=True)
    page.line([Cell(*cell) for cell in cells], least=18)
