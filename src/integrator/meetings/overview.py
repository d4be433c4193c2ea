"""The first page of the agenda: how good it is, how fair, by which rules, and where everybody's page is."""

from __future__ import annotations

from collections.abc import Mapping

from integrator.meetings.agenda import Participant
from integrator.meetings.fairness import Spread
from integrator.meetings.figures import moves, waiting
from integrator.meetings.looks import Looks, height
from integrator.meetings.saying import Teller
from integrator.workbooks.writing import WorkbookWriter, Worksheet

_WIDTHS = (44.0, 16.0, 12.0, 14.0, 14.0, 12.0)
_LAST = len(_WIDTHS) - 1


def write_overview(
    book: WorkbookWriter,
    sheet: Worksheet,
    looks: Looks,
    tell: Teller,
    places: Mapping[Participant, tuple[str, int]],
) -> None:
    """Write it; `places` gives sheet and row of each participant's page."""
    page = _Page(book, sheet, looks, tell)
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    page.across(tell.words("agenda.title"), looks.title, 30)
    page.across(tell.words("agenda.note"), looks.note)
    page.figures()
    page.spread()
    page.rules()
    page.index(places)
    sheet.fit_to_pages(1, 0)


class _Page:
    """The sheet, filled from the top."""

    def __init__(self, book: WorkbookWriter, sheet: Worksheet, looks: Looks, tell: Teller) -> None:
        self._book, self._sheet, self._looks, self._tell, self._words = book, sheet, looks, tell, tell.words
        self._row = 0

    def across(self, text: str, style: Mapping[str, object], least: float = 15.0) -> None:
        """One text over the whole width."""
        self._book.put_across(self._sheet, self._row, 0, _LAST, text, style)
        self._sheet.set_row(self._row, height([text], [sum(_WIDTHS)], least, float(str(style["font_size"]))))
        self._row += 1

    def section(self, key: str) -> None:
        """A heading with room above it."""
        self._row += 1
        self.across(self._words(key), self._looks.section, 20)

    def line(self, values: tuple[object, ...], head: bool = False) -> None:
        """A row of the first columns."""
        for i, value in enumerate(values):
            first, other = (
                (self._looks.head, self._looks.head_centre) if head else (self._looks.text, self._looks.number)
            )
            self._book.put(self._sheet, self._row, i, value, other if i else first)
        self._sheet.set_row(self._row, height([str(value) for value in values], _WIDTHS[: len(values)], 16))
        self._row += 1

    def figures(self) -> None:
        """How much is held, and how much of what is proven to be the most."""
        salon, words = self._tell.salon, self._words
        plan, rules = salon.plan, salon.rules
        self.section("agenda.figures")
        found: list[tuple[str, object, int | None]] = [
            (words("agenda.fig.meetings"), len(plan.meetings), 0),
            (words("agenda.fig.pairs"), len(salon.weights), 0),
        ]
        if rules.tables:
            found.append((words("agenda.fig.places"), rules.slots * rules.tables, 0))
        for priority, (part, every) in salon.requests.items():
            label = words("agenda.fig.requests", priority=priority)
            found.append((label, words("agenda.of", part=part, all=every), None))
        found += [
            (words("agenda.fig.weight"), round(plan.weight, 1), 1),
            (words("agenda.fig.weight_bound"), round(plan.weight_bound, 1), 1),
        ]
        if rules.fairness:
            found += [
                (words("agenda.fig.value"), round(plan.value, 1), 1),
                (words("agenda.fig.bound"), round(plan.bound, 1), 1),
            ]
        found += [
            (words("agenda.fig.gap"), plan.gap, None),
            (words("agenda.fig.idle"), plan.idle, 0),
            (words("agenda.fig.idle_before"), plan.idle_before, 0),
            (words("agenda.fig.moves"), moves(plan.meetings), 0),
        ]
        for label, value, decimals in found:
            style = dict(self._looks.value)
            if isinstance(value, float) and decimals is None:
                style["num_format"] = "0.00%" if words.language == "en" else r"0.00\ %"
            elif isinstance(value, int | float):
                style["num_format"] = words.number_format(value, decimals)
            self._book.put(self._sheet, self._row, 0, label, self._looks.text)
            self._book.put_across(self._sheet, self._row, 1, 2, value, style)
            self._sheet.set_row(self._row, 15)
            self._row += 1

    def spread(self) -> None:
        """How the meetings fall on the participants."""
        words, salon = self._words, self._tell.salon
        self.section("agenda.spread_head")
        columns = ("side", "participants", "without", "least", "middle", "most")
        self.line(tuple(words(f"agenda.spread.{key}") for key in columns), head=True)
        for side, spread in (("buyer", salon.buyers), ("supplier", salon.suppliers)):
            counts = (len(spread.without), spread.least, spread.middle, spread.most)
            self.line((words(f"agenda.{side}"), spread.participants, *counts))
        for side, spread in (("buyer", salon.buyers), ("supplier", salon.suppliers)):
            if spread.without:
                self.across(words("agenda.spread.names", names=self._names(side, spread)), self._looks.note)

    def _names(self, side: str, spread: Spread) -> str:
        return self._words.joined(self._tell.one_line(side, name) for name in spread.without)

    def rules(self) -> None:
        """By which rules the agenda was made."""
        self.section("agenda.rules_head")
        keys = ["worth", "fair", "gaps", "own"] if self._tell.salon.rules.fairness else ["worth", "gaps", "own"]
        for key in keys:
            self.across(self._words(f"agenda.rule.{key}"), self._looks.plain)

    def index(self, places: Mapping[Participant, tuple[str, int]]) -> None:
        """A line a participant, linked to its page."""
        tell, words = self._tell, self._words
        self.section("agenda.index_head")
        keys = ("who", "spread.side", "fig.meetings", "first", "last", "waiting")
        self.line(tuple(words(f"agenda.{key}") for key in keys), head=True)
        idle = waiting(tell.salon.plan.meetings, tell.salon.rules)
        for side in ("buyer", "supplier"):
            for who, meetings in tell.by_participant(side).items():
                sheet, line = places[side, who]
                row = self._row
                first, last = tell.when(meetings[0].slot), tell.when(meetings[-1].slot)
                name = tell.one_line(side, who)
                self.line((name, words(f"agenda.{side}"), len(meetings), first, last, idle[side, who]))
                self._book.link_sheet(self._sheet, row, 0, sheet, name, self._looks.link, line)
