"""Risks follow from rules that anyone may edit; what is not known is never above or below anything."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from integrator import data
from integrator.project_sheets.content import Actor, SheetContent
from integrator.project_sheets.risks import RULES, risks_of
from integrator.project_sheets.valuations import Valued
from integrator.wording import rows as texts

CASES = Path(__file__).parent / "risk_cases.csv"
HARMLESS = {
    "opportunity.outlook": "actors", "need.processes": "x", "need.certifications": "x", "need.source_url": "x",
    "need.volume_basis": "demand", "need.named_buyer": "yes", "leader.distance_km": "10", "able": "3",
}  # fmt: skip


def _cases():
    with CASES.open(encoding="utf-8") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


def _content(said: dict[str, str]) -> SheetContent:
    parts: dict[str, dict[str, object]] = {"opportunity": {}, "need": {}, "leader": {}}
    figures: dict[str, dict[str, object]] = {}
    for subject, value in said.items():
        part, _, rest = subject.partition(".")
        is_number = value == "inf" or value.replace(".", "").replace("-", "").isdigit()
        number = float(value) if is_number else (value or None)
        if part == "figure":
            name, _, column = rest.partition(".")
            figures[name] = {"status": "known", "low": None, "missing": "", column: number}
        elif part in parts:
            parts[part][rest] = number if part == "leader" else value
    actors = tuple(Actor({"grade": 2, "distance_km": None, **parts["leader"]}, {}) for _ in range(int(said["able"])))
    return SheetContent(
        need=parts["need"], opportunity=parts["opportunity"], actors=actors, leading=(), others=0, excluded=(),
        steps=(), evidence=(), family=(), implied=(), valued=Valued(figures=figures),
    )  # fmt: skip


def test_a_harmless_sheet_has_no_risk():
    assert risks_of(_content(HARMLESS)) == ()


@pytest.mark.parametrize("case", _cases(), ids=lambda case: f"{case['subject']}={case['value']}")
def test_a_rule_holds_or_not(case):
    found = risks_of(_content({**HARMLESS, case["subject"]: case["value"]}))
    assert (case["risk"] in found) == (case["holds"] == "yes")


def test_every_rule_has_its_words_and_a_case():
    keys = {row["key"] for row in texts()}
    rules = [row["risk"] for row in data.rows(RULES)]
    assert len(rules) == len(set(rules))
    for rule in rules:
        assert {f"risk.{rule}", f"risk.{rule}.answer"} <= keys
