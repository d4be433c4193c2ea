"""Which needs belong to the electric vehicle or to decarbonation, by `data/tags.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from integrator import data
from integrator.project_sheets.pages.concepts import wider
from integrator.project_sheets.valuations import Row

EV, DECARBONATION = "ev", "decarbonation"
TAGS = (EV, DECARBONATION)
_FILE = "tags.csv"


def tags(links: Iterable[Row], needs: Iterable[Row], language: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Need id -> tag -> what gives it, in the words of the reader; a need or tag that is absent is not tagged.

    `links` are the requirements, proposals left out (see `concepts.named`).
    """
    by_concept = {(row["tag"], row["code"]): row[language] for row in data.rows(_FILE) if row["kind"] != "hs"}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for row in links:
        for tag in TAGS:
            given = (by_concept[tag, one] for one in wider(row["concept"]) if (tag, one) in by_concept)
            for label in given:
                found.setdefault(row["need_id"], {}).setdefault(tag, {})[label] = None
    for need in needs:
        for tag, label in _by_tariff(str(need["hs_code"]), language):
            found.setdefault(need["need_id"], {}).setdefault(tag, {})[label] = None
    return {need: {tag: tuple(labels) for tag, labels in of.items()} for need, of in found.items()}


def _by_tariff(code: str, language: str) -> Iterable[tuple[str, str]]:
    heading = code[:4]
    if not (heading.isascii() and heading.isdigit() and len(heading) == 4):
        return
    for row in data.rows(_FILE):
        if row["kind"] == "hs" and _within(heading, row):
            yield row["tag"], row[language]


def _within(heading: str, row: Mapping[str, str]) -> bool:
    first, _, last = row["code"].partition("-")
    return first <= heading <= (last or first)
