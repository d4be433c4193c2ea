"""Every text exists in the three languages and is used; every text the code asks for exists."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import integrator
from integrator.wording import LANGUAGES, rows

ROWS = rows()
KEYS = [row["key"] for row in ROWS]
SOURCES = {
    str(path): path.read_text(encoding="utf-8")
    for folder in ("project_sheets", "review", "explaining", "circulation")
    for path in (Path(integrator.__file__).parent / folder).rglob("*.py")
}
SOURCES["judging.py"] = (Path(integrator.__file__).parent / "judging.py").read_text(encoding="utf-8")
MADE_FROM_DATA = (
    "action.", "actors.col.", "agenda.", "basis.", "calculator.", "circulation.", "confidence.",
    "evidence.col.", "explain.", "field.", "front.lacks.", "front.state.", "front.test.", "grade.", "html.", "kind.",
    "lacking.col.", "lacking.offer.", "language.", "level.", "map.col.", "map.counts.", "meetings.", "need.",
    "overview.", "pages.axes.", "pages.col.", "part.", "period.", "portfolio.card.", "portfolio.col.",
    "quality.col.", "review.", "reviewed.no", "reviewed.unsure", "reviewed.yes", "risk.", "section.",
    "severity.", "sheet.banner.", "sheet.card.", "solution.", "status.", "statuses.col.", "terms.", "unit.",
    "value.", "value.amount.", "value.input.", "white.col.", "white.failed.", "white.why.", "worth.basis.",
    "worth.chart.scope.", "worth.col.", "worth.depth.", "worth.driver.", "worth.eligible.", "worth.group.",
    "worth.kind.", "worth.level.", "worth.origin.", "worth.per.", "worth.plan.", "worth.pool.", "worth.run.",
    "worth.scope.", "worth.unit.", "worth.upstream.",
)  # fmt: skip
BLANK = {"period.", "worth.unit.exponent"}


@pytest.mark.parametrize("row", ROWS, ids=KEYS)
def test_text_is_complete_in_every_language(row):
    assert [language for language in LANGUAGES if bool(row[language].strip()) == (row["key"] in BLANK)] == []
    filled = {
        language: sorted(
            {name.removesuffix(f"_{language}") for _, name, _, _ in Formatter().parse(row[language]) if name}
        )
        for language in LANGUAGES
    }
    assert filled["fr"] == filled["en"] == filled["ar"], "the same values are filled in"


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
