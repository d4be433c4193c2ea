"""What every page of a job is written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from integrator.project_sheets.lists import SheetLink
from integrator.project_sheets.pages.lacking import Process, WhiteSpot, processes, white_spots

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.pages.marks import Marks
    from integrator.project_sheets.valuations import Valued
    from integrator.wording import Wording


@dataclass(frozen=True)
class Job:
    """The tables of a run, its sheets in the order of the portfolio, and the figures of all needs together."""

    tables: Mapping[str, pd.DataFrame]
    contents: Sequence[SheetContent]
    sheets: Mapping[str, str]
    """Name of the sheet of a need, by its id; a need that has none is missing."""
    whole: Valued
    pages: Mapping[str, str] = field(default_factory=dict)
    """Name of the sheet of a page, by the key of its name; the list of all needs is `portfolio.sheet`."""
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """What a need is filed under, by its id."""
    date: str = ""
    """Of the run, ISO, or ""."""
    outline: Sequence[Sequence[tuple[float, float]]] = ()
    """Closed rings of longitude and latitude that the job gives for the map."""

    def link(self, content: SheetContent) -> SheetLink | str:
        """The number of a sheet, which leads to it when there is one."""
        text = str(content.opportunity["sheet_id"])
        name = self.sheets.get(content.need["need_id"])
        return SheetLink(name, text) if name else text

    def cut(self, words: Wording) -> str:
        """That not all opportunities have a sheet; "" when they have."""
        counts = {"shown": words.number(len(self.sheets)), "total": words.number(len(self.contents))}
        return words("overview.cut", **counts) if len(self.sheets) < len(self.contents) else ""

    @cached_property
    def processes(self) -> list[Process]:
        """Every process that a need asks for, see `lacking`."""
        return processes(
            self.tables, {one.need["need_id"] for one in self.contents if one.opportunity["outlook"] == "none"}
        )

    @cached_property
    def white_spots(self) -> list[WhiteSpot]:
        """The needs without an actor, see `lacking`."""
        return white_spots(self.tables, self.contents, self.processes)
