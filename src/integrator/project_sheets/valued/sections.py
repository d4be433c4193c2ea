"""The sections of a valuation on a sheet: what is known at its length, all that is not in one short table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets import theme
from integrator.project_sheets.page import COLUMNS, Cell, Page
from integrator.project_sheets.valued.capacity import has_capacity, write_capacity
from integrator.project_sheets.valued.employment import has_jobs, lacking_jobs, write_jobs
from integrator.project_sheets.valued.making import COSTS, has_making, write_making
from integrator.project_sheets.valued.market import has_market, lacking_market, write_market
from integrator.project_sheets.valued.names import names
from integrator.project_sheets.valued.origins import has_origins, write_origins
from integrator.project_sheets.valued.rates import has_rates, write_rates
from integrator.project_sheets.valued.support import has_support, lacking_support, write_support
from integrator.project_sheets.valued.teams import has_teams, write_teams
from integrator.project_sheets.valued.upstream import has_upstream, lacking_upstream, write_upstream

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.valuations import Valued
    from integrator.wording import Wording


class Section(NamedTuple):
    """One section: whether it has anything to say, how it says it, and what lacks when it has not."""

    name: str
    is_known: Callable[[Valued], bool]
    write: Callable[[Page, SheetContent, Wording], None]
    lacking: Callable[[Valued, Wording], str]


def _inputs(*tokens: str) -> Callable[[Valued, Wording], str]:
    """A section that lacks the same inputs whatever the need."""

    def lacking(valued: Valued, words: Wording) -> str:
        return words("worth.missing", inputs=names(words.language).inputs(tokens))

    return lacking


def _text(key: str) -> Callable[[Valued, Wording], str]:
    def lacking(valued: Valued, words: Wording) -> str:
        return words(key)

    return lacking


def _of_making(valued: Valued, words: Wording) -> str:
    missing = names(words.language).inputs(valued.missing(*COSTS))
    return words("worth.missing", inputs=missing) if missing else words("worth.unknown")


SECTIONS = (
    Section("rates", has_rates, write_rates, _inputs("unit_price", "bom")),
    Section("making", has_making, write_making, _of_making),
    Section("origins", has_origins, write_origins, _inputs("bom")),
    Section("capacity", has_capacity, write_capacity, _inputs("volume")),
    Section("teams", has_teams, write_teams, _text("worth.teams.none")),
    Section("jobs", has_jobs, write_jobs, lacking_jobs),
    Section("support", has_support, write_support, lacking_support),
    Section("upstream", has_upstream, write_upstream, lacking_upstream),
    Section("market", has_market, write_market, lacking_market),
)


def write_sections(page: Page, content: SheetContent, words: Wording) -> None:
    """Every section with content, then one line for each without."""
    unknown = [one for one in SECTIONS if not one.is_known(content.valued)]
    for one in SECTIONS:
        if one not in unknown:
            page.section(words(f"section.{one.name}"))
            one.write(page, content, words)
    if unknown:
        page.section(words("section.unknown"))
    for one in unknown:
        text = words("level.word") if one.name in content.withheld else one.lacking(content.valued, words)
        page.line(
            [Cell(3, words(f"section.{one.name}"), theme.FACT_LABEL), Cell(COLUMNS - 3, text, theme.FACT)], least=11
        )
