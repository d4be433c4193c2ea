"""The valuation of a need: figures with interval and mark, what they rest on, and teams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from integrator import data
from integrator.project_sheets.valuations import ESTIMATED, MISSING, tokens
from integrator.project_sheets.valued.amounts import amount, amount_text
from integrator.project_sheets.valued.cards import CARDS
from integrator.project_sheets.valued.lines import kind_text
from integrator.project_sheets.valued.names import names

if TYPE_CHECKING:
    from integrator.project_sheets.html.kept import Kept
    from integrator.project_sheets.valuations import Row, Valued
    from integrator.wording import Wording

_MOST_NAMED = 3
"""Missing inputs that a card names; the section of figures names them all."""


def figure_parts(valued: Valued, places: Mapping[str, int], kept: Kept) -> dict[str, Any]:
    """Cards, known figures, what is not known and lacks, inputs, teams; texts by number."""
    order = sorted(valued.figures, key=_place)
    figures = [valued.figures[name] for name in order]
    known = [row for row in figures if row["status"] != MISSING]
    unknown = [row for row in figures if row["status"] == MISSING]
    lacking = valued.missing(*order)
    return {
        "cards": [_card(name, valued.figure(name), kept) for name in CARDS],
        "figures": [_figure(row, kept) for row in known],
        "unknown": kept.said(lambda words: ", ".join(names(words.language).figure(row["figure"]) for row in unknown)),
        "lacking": kept.said(lambda words: names(words.language).inputs(lacking)),
        "inputs": _inputs(valued, [row["figure"] for row in known], kept),
        "teams": _teams(valued, places, kept),
    }


def _place(figure: str) -> tuple[int, str]:
    """Figures as `figures.csv` orders them, then those it does not hold by name."""
    order = [row["figure"] for row in data.rows("valuation/figures.csv")]
    return (order.index(figure) if figure in order else len(order)), figure


def _card(name: str, row: Row | None, kept: Kept) -> list[int]:
    """Label, value, note, and whether it is known."""
    value = amount(row) if row else None
    return [
        kept.said(lambda words: words(f"sheet.card.{name}")),
        kept.said(lambda words: amount_text(value, words, short=True)),
        kept.said(lambda words: _note(row, words, _MOST_NAMED)) if row else 0,
        int(value is not None),
    ]


def _figure(row: Row, kept: Kept) -> list[int]:
    """Name, value with its interval, note."""
    value = amount(row)
    return [
        kept.said(lambda words: names(words.language).figure(row["figure"])),
        kept.said(lambda words: amount_text(value, words)),
        kept.said(lambda words: words.joined((_note(row, words), names(words.language).note(row["note"])))),
    ]


def _note(row: Row, words: Wording, most: int | None = None) -> str:
    """How a figure is known, or what lacks for it; of more than `most` inputs the first are named."""
    missing = tokens(row["missing"])
    shown = missing if most is None or len(missing) <= most + 1 else missing[:most]  # never "and 1 more"
    lacking = names(words.language).inputs(shown)
    if len(shown) < len(missing):
        lacking = words("worth.more", inputs=lacking, count=len(missing) - len(shown))
    if row["status"] == MISSING:
        return words("worth.missing", inputs=lacking) if lacking else ""
    if row["status"] == ESTIMATED:
        return words("worth.card.estimated")
    return words("worth.vague", inputs=lacking) if lacking else words("worth.card.known")


def _inputs(valued: Valued, figures: Iterable[str], kept: Kept) -> list[list[int]]:
    """Name, value, kind, source, address in the source; each input of the figures once."""
    found = (_input(one, kept) for figure in figures for one in valued.inputs.get(figure, ()))
    return [list(one) for one in dict.fromkeys(found)]


def _input(one: Row, kept: Kept) -> tuple[int, ...]:
    value = amount(one)
    return (
        kept.said(lambda words: names(words.language).input(one["input"])),
        kept.said(lambda words: amount_text(value, words)),
        kept.said(lambda words: kind_text(one, words)),
        kept.text(", ".join(part for part in (one["source"], one["date"]) if part)),
        kept.text(one["cell"]),
    )


def _teams(valued: Valued, places: Mapping[str, int], kept: Kept) -> list[list[Any]]:
    """Number and note of a team, and its steps: process, and place of the supplier or -1; the incomplete team last."""
    found: dict[int, list[Any]] = {}
    for row in valued.rows("teams"):
        team = found.setdefault(row["team"], [row["team"], kept.text(row["note"]), []])
        team[1] = team[1] or kept.text(row["note"])
        team[2].append([kept.text(row["label"] or row["process"]), places.get(row["supplier_id"], -1)])
    return [found[number] for number in sorted(found, key=lambda number: (number == 0, number))]
