"""Pages of white spots: the needs without an actor, and the processes asked for with the sites that have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from integrator.project_sheets import phrases, theme
from integrator.project_sheets.lists import Styled, write_list
from integrator.project_sheets.pages.above import text_line
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.project_sheets.pages.lacking import Process, WhiteSpot
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter, Worksheet

_NEED_WIDTHS = {
    "sheet": 9, "component": 28, "buyer": 14, "family": 17, "processes": 25, "why": 48, "best": 25,
}  # fmt: skip
_PROCESS_WIDTHS = {
    "process": 26, "offer": 16, "asked": 11, "usual": 11, "offered": 11, "implied": 11, "general": 11, "blocked": 11,
    "needs": 30, "names": 50,
}  # fmt: skip
_COUNTS = ("asked", "usual", "offered", "implied", "general", "blocked")
_NAMED = 5
"""Sites named beside a process; the count holds all."""


def has_white_spots(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether any need is without an actor."""
    return bool((tables["opportunities"]["outlook"] == "none").any())


def has_processes(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether any need asks for a process."""
    return bool((tables["requirements"]["role"] == "process").any())


def write_white_spots(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """One row a need without an actor: what it asks for, why nobody was found, who is nearest."""
    heads = {words(f"white.col.{key}"): width for key, width in _NEED_WIDTHS.items()}
    rows = [_need(one, job, words) for one in job.white_spots]

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_NEED_WIDTHS) - 1
        counts = {"count": words.number(len(rows)), "total": words.number(len(job.contents))}
        row = text_line(book, sheet, row, last, words("white.title", **counts), theme.SECTION)
        return text_line(book, sheet, row, last, words("white.note"), theme.SMALL)

    write_list(book, name, heads, rows, words, above=above)


def _need(one: WhiteSpot, job: Job, words: Wording) -> list[object]:
    need = one.content.need
    asked = called(one.processes, words)
    return [
        job.link(one.content),
        phrases.short(phrases.component(need, words), 120),
        phrases.short(phrases.buyer(need, words), 60),
        job.marks[need["need_id"]].family or words("overview.family.unknown"),
        asked or Styled(words("pages.unknown"), {**theme.SMALL, "bottom": 4, "bottom_color": theme.HAIRLINE}),
        why(one, words),
        _best(one, words),
    ]


def called(processes: Iterable[Process], words: Wording) -> str:
    """The names of processes in the language of the reader, in one line."""
    return ", ".join(process_name(one, words) for one in processes)


def process_name(one: Process, words: Wording) -> str:
    """The name of a process in the language of the reader; a word of the project's own as it is."""
    known = names(words.language).concept(one.concept)
    return one.label if known == one.concept else known


def why(one: WhiteSpot, words: Wording) -> str:
    """Why nobody was found, in sentences."""
    said = [words(f"white.why.{one.reason}", processes=called(one.absent, words))]
    if one.scarce and one.reason != "aggregate":
        said.append(words("white.why.scarce", processes=called(one.scarce, words)))
    if one.able and one.reason in ("absent", "criteria"):
        failed = (words(f"white.failed.{name}", count=words.number(count)) for name, count in one.failed.items())
        said.append(words.joined((words("white.why.able", count=words.number(one.able)), *failed)))
    return "\n".join(said)


def _best(one: WhiteSpot, words: Wording) -> str:
    if not one.content.actors:
        return words("grade.none")
    actor = one.content.actors[0]
    distance = actor.match["distance_km"]
    far = words("white.distance", km=words.number(distance)) if distance is not None else ""
    where = ", ".join(part for part in (phrases.place(actor.supplier, words), far) if part)
    return "\n".join(part for part in (str(actor.supplier["name"]), where) if part)


def write_processes(book: WorkbookWriter, name: str, job: Job, words: Wording) -> None:
    """One row a process that is asked for, the scarcest first."""
    heads = {words(f"lacking.col.{key}"): width for key, width in _PROCESS_WIDTHS.items()}
    found = job.processes
    rows = [_process(one, job, words) for one in found]

    def above(sheet: Worksheet, row: int) -> int:
        last = len(_PROCESS_WIDTHS) - 1
        nowhere, few = (sum(one.offer in offers for one in found) for offers in (("none",), ("one", "few")))
        counts = {"total": words.number(len(found)), "none": words.number(nowhere), "few": words.number(few)}
        row = text_line(book, sheet, row, last, words("lacking.title", **counts), theme.SECTION)
        return text_line(book, sheet, row, last, words("lacking.note"), theme.SMALL)

    centred = {at: {**theme.ROW, "align": "center"} for at, key in enumerate(_PROCESS_WIDTHS) if key in _COUNTS}
    write_list(book, name, heads, rows, words, centred, above)


def _process(one: Process, job: Job, words: Wording) -> list[object]:
    of: dict[str, Sequence[str]] = {key: getattr(one, key) for key in _COUNTS}
    signal = {**theme.ROW, "bold": True, "font_color": theme.SIGNAL}
    offer = words(f"lacking.offer.{one.offer}")
    sites = [job.whole.suppliers.get(site, site) for site in (*one.offered, *one.implied)]
    shown = _NAMED if len(sites) > _NAMED + 1 else len(sites)
    more = len(sites) - shown
    named = ", ".join(phrases.short(site, 40) for site in sites[:shown])
    return [
        process_name(one, words),
        offer if one.offer == "several" else Styled(offer, signal),
        *(len(ids) for ids in of.values()),
        ", ".join((*one.asked, *one.usual)),
        words("lacking.more", names=named, count=words.number(more)) if more > 0 else named,
    ]
