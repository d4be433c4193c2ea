"""The cards of the overview: counts, amounts and the integration rate, each with how much it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets.pages.summary import OUTLOOKS, effect, headline, tagged
from integrator.project_sheets.pages.tags import TAGS
from integrator.project_sheets.valuations import tokens
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.names import names
from integrator.project_sheets.valued.rates import gap_unit

if TYPE_CHECKING:
    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording

AMOUNTS = ("gross_import_replaced", "net_domestic_value", "jobs")
"""Gross always beside net."""


class Card(NamedTuple):
    """A value in large letters, what it is, and what it covers or lacks; `signal`: nobody found, nothing known."""

    value: object
    label: str
    note: str
    signal: bool = False


def counts(job: Job, words: Wording) -> list[Card]:
    """Needs, needs by outlook, actors, tags."""
    of = headline(job.contents, job.tables)
    total = of["needs"]

    def note(outlook: str) -> str:
        share = (
            words("worth.percent", number=words.number(100 * of[outlook] / total)) if total else words("pages.unknown")
        )
        return words(f"overview.note.{outlook}", share=share)

    found = {tag: words.number(tagged(job.contents, job.marks, tag)) for tag in TAGS}
    aggregates = words("overview.note.aggregates", count=words.number(of["aggregates"])) if of["aggregates"] else ""
    return [
        Card(total, words("overview.card.needs"), aggregates),
        *(Card(of[one], words(f"overview.card.{one}"), note(one), one == "none") for one in OUTLOOKS),
        Card(of["named"], words("overview.card.named"), words("overview.note.named", sites=words.number(of["sites"]))),
        Card(
            words("overview.tags", ev=found["ev"], decarbonation=found["decarbonation"]),
            words("overview.card.tags"), words("overview.note.tags"),
        ),
    ]  # fmt: skip


def amounts(job: Job, words: Wording) -> list[Card]:
    """Gross, net and jobs of all needs together, each with the needs that the sum covers, and the integration rate."""
    return [*(_amount(job, figure, words) for figure in AMOUNTS), _effect(job, words)]


def _amount(job: Job, figure: str, words: Wording) -> Card:
    known = names(words.language)
    row = job.whole.figure(figure)
    value = amount(row) if row else None
    if row is None or value is None:
        lacking = known.inputs(tokens(row["missing"])) if row else ""
        note = words("overview.note.lacking", inputs=lacking) if lacking else ""
        return Card(words("pages.unknown"), known.figure(figure), note, signal=True)
    return Card(amount_text(value, words, short=True), known.figure(figure), known.note(row["note"]))


def _effect(job: Job, words: Wording) -> Card:
    """Before and after, never without the cost gap beside it."""
    row = effect(job.tables["rates"], job.whole.needs)
    if row is None:
        return Card(words("pages.unknown"), words("overview.card.rate"), words("overview.note.no_rate"), signal=True)
    before, after = (amount_text(amount(row, side, "share"), words) for side in ("before", "after"))
    gap = amount(row, "gap", gap_unit(row["currency"], row["scope"]))
    known = names(words.language)
    note = words(
        "overview.note.rate",
        gap=amount_text(gap, words, short=True) if gap else words("pages.unknown"),
        rate=row["rate"], definition=known.rates[row["rate"]],
    )  # fmt: skip
    label = words("overview.card.rate_of", scope=words(f"worth.scope.{row['scope']}", of=row["of"]))
    return Card(words("overview.before_after", before=before, after=after), label, note)
