"""Every text exists in both languages and is used; every text the code asks for exists."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import integrator
from integrator.wording import rows

ROWS = rows()
KEYS = [row["key"] for row in ROWS]
SOURCES = {
    str(path): path.read_text(encoding="utf-8")
    for folder in ("project_sheets", "review", "explaining", "circulation")
    for path in (Path(integrator.__file__).parent / folder).rglob("*.py")
}
SOURCES["judging.py"] = (Path(integrator.__file__).parent / "judging.py").read_text(encoding="utf-8")
MADE_FROM_DATA = (
    "action.", "actors.col.", "basis.", "confidence.", "evidence.col.", "explain.", "field.", "grade.", "kind.",
    "language.", "meetings.", "need.", "pages.axes.", "pages.col.", "period.", "portfolio.col.", "portfolio.card.",
    "quality.col.", "review.", "reviewed.no", "reviewed.unsure", "reviewed.yes", "severity.", "status.",
    "section.", "sheet.banner.",
    "sheet.card.", "terms.", "unit.", "value.amount.", "value.input.", "value.",
    "worth.basis.", "worth.chart.scope.", "worth.col.", "worth.depth.", "worth.driver.", "worth.eligible.",
    "worth.group.", "worth.kind.", "worth.level.", "worth.origin.", "worth.per.", "worth.plan.", "worth.pool.",
    "worth.run.", "worth.scope.", "worth.unit.", "worth.upstream.",
)  # fmt: skip
BLANK = {"period.", "worth.unit.exponent"}


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_text_is_complete_in_both_languages(row):
    assert row["key"] in BLANK or (row["fr"] and row["en"])
    fields = [
        {name.removesuffix(f"_{language}") for _, name, _, _ in Formatter().parse(row[language]) if name}
        for language in ("fr", "en")
    ]
    assert fields[0] == fields[1], "the same values are filled in"


def test_no_key_twice():
    assert len(KEYS) == len(set(KEYS))


def test_every_key_in_the_code_exists():
    asked = {key for text in SOURCES.values() for key in re.findall(r'words\(\s*"([a-z_.]+)"', text)}
    asked |= {
        key for text in SOURCES.values() for key in re.findall(r'"((?:sheet|section|actors|brief)\.[a-z_.]+)"', text)
    }
    assert len(asked) > 40
    assert asked <= set(KEYS)


def test_every_key_is_used():
    code = "\n".join(SOURCES.values()).replace("'", '"')
    unused = [key for key in KEYS if not key.startswith(MADE_FROM_DATA) and f'"{key}"' not in code]
    assert unused == []
