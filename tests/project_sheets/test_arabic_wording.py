"""The Arabic texts are Arabic, written one way throughout, and those that nobody has reviewed are counted as such."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from integrator import data
from integrator.text.fold import fold
from integrator.wording import meant, rows

PAGE = Path(__file__).parents[2] / "docs" / "arabic.md"
TEXTS = {row["key"]: row["ar"] for row in rows() if row["ar"]}
REVIEWED = data.rows("arabic_reviewed.csv")

CODES = {"portfolio.col.hs", "pages.col.isco", "worth.percent", "explain.value.unit.share"}
"""Texts that are a code or a sign in every language, beside those of values alone."""
LATIN = {
    "A", "E", "M", "E3", "E4", "E5", "E6", "HS", "ISCO-08",
    "integrator", "explain", "--value", "tables/matches.csv", "tables/opportunities.csv", "tables/problems.csv",
    "tables/reasons.csv",
    "FOB", "IATF", "project", "sheets.xlsx", "n",
}  # fmt: skip
"""What stays in Latin letters inside an Arabic text: codes, files, commands, the names of the rates."""

_LATIN_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
FOREIGN = re.compile(f"--[a-z]+|[{_LATIN_LETTER}](?:[{_LATIN_LETTER}0-9./-]*[{_LATIN_LETTER}0-9])?")
LETTER = re.compile(r"[\u0621-\u064a]")
WRITTEN_ELSEWHERE = {
    "a digit that is not 0-9": r"[\u0660-\u0669\u06f0-\u06f9]",
    "a stretched letter": r"\u0640",
    "a sign that steers direction": r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]",
    "a vowel sign (but that of a passive verb; a doubled letter may be marked)": r"[\u064b-\u064e\u0650\u0652]",
    "a comma, semicolon or question mark that is not Arabic": r"[\u0621-\u0652}»)]\s*[,;?]|[,;?]\s+[\u0621-\u064a]",
    "a blank before a colon": r"\s:",
    "a blank inside quotation marks": r"«\s|\s»",
    "an English quotation mark": '"',
    "a letter of another language that uses the script": r"[\u0671-\u06d3]",
}


def _bare(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


@pytest.mark.parametrize(("key", "text"), TEXTS.items(), ids=TEXTS)
def test_text_is_arabic(key, text):
    is_values_alone = not re.search(r"\w", _bare(text))
    assert is_values_alone or bool(LETTER.search(_bare(text))) == (key not in CODES)
    assert set(FOREIGN.findall(_bare(text))) <= LATIN
    assert [what for what, sign in WRITTEN_ELSEWHERE.items() if re.search(sign, text)] == []


def test_columns_that_differ_in_french_differ_in_arabic():
    """Two columns of one page under one heading would be read as one."""
    groups: dict[str, dict[str, set[str]]] = {}
    for row in rows():
        if ".col." in row["key"]:
            groups.setdefault(row["key"].rpartition(".")[0], {}).setdefault(row["ar"], set()).add(row["fr"])
    assert groups
    assert {ar: fr for group in groups.values() for ar, fr in group.items() if len(fr) > 1} == {}


@pytest.mark.parametrize(
    "part", ["review.col", "review", "meetings.col", "meetings.side", "terms.col", "terms.decision", "terms.type"]
)
def test_what_is_sent_back_means_one_thing_in_any_language(part):
    found: dict[str, set[str]] = {}
    for text, name in meant(part).items():
        if "." not in name:
            found.setdefault(fold(text), set()).add(name)
    assert len(found) > 1
    assert {text: names for text, names in found.items() if len(names) > 1} == {}


def test_a_text_that_recurs_in_french_recurs_in_arabic():
    """One term for one thing within a part of the product, but where the French means two things."""
    means_two = {"Contenu", "véhicule"}
    said: dict[tuple[str, str], set[str]] = {}
    for name in data.names("wording"):
        for row in data.rows(name):
            if row["fr"] and row["fr"] not in means_two:
                said.setdefault((name, row["fr"]), set()).add(row["ar"])
    assert {fr: ar for fr, ar in said.items() if len(ar) > 1} == {}


def test_review_is_of_the_text_as_it_stands():
    for row in REVIEWED:
        assert TEXTS.get(row["key"]) == row["ar"], f"{row['key']}: reviewed in other words; take the line out"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["reviewed_on"]), row["key"]
    assert len({row["key"] for row in REVIEWED}) == len(REVIEWED)


def test_page_counts_what_nobody_has_reviewed():
    said = f"{len(TEXTS) - len(REVIEWED)} of {len(TEXTS)} Arabic texts are unreviewed."
    assert said in PAGE.read_text(encoding="utf-8"), f"docs/arabic.md: write {said!r}"
    listed = dict(re.findall(r"^\| `wording/(\w+\.csv)` \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    done = {row["key"] for row in REVIEWED}
    left = {
        Path(name).name: str(sum(bool(row["ar"]) and row["key"] not in done for row in data.rows(name)))
        for name in data.names("wording")
    }
    assert listed == left, "docs/arabic.md: the table of unreviewed texts by file"
