"""Every text of knowledge that readers see stands in French, English and Arabic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from integrator import data
from integrator.wording import LANGUAGES, by_language

ROOT = Path(data.__file__).parent
ON_DOCUMENTATION_PAGES_ONLY = {"explanation"}
"""Heads of columns that no run shows: the explanations of features make a page of the documentation."""
NOT_FOR_READERS = {"regions.csv", "taxonomy/hs.csv"}
"""Regions have one spelling for French and English; short names of tariff codes only serve checks of the lexicon."""


def heads(columns):
    """What columns are called before their language: "" for `fr`, `text` for `text_fr`."""
    found = (re.fullmatch(rf"(?:(.+)_)?(?:{'|'.join(LANGUAGES)})", column) for column in columns)
    return {match[1] or "" for match in found if match}


def files():
    for path in sorted(ROOT.rglob("*.csv")):
        name = path.relative_to(ROOT).as_posix()
        if name in NOT_FOR_READERS or name.startswith("wording/"):
            continue
        rows = data.rows(name)
        for head in sorted(heads(rows[0]) if rows else ()):
            if head not in ON_DOCUMENTATION_PAGES_ONLY:
                yield name, head


@pytest.mark.parametrize(("file", "head"), list(files()))
def test_every_text_is_there_in_three_languages(file, head):
    for row in data.rows(file):
        found = by_language(row, file, f"{head}_" if head else "")
        arabic = found["ar"]
        assert not arabic or re.search(r"[\u0621-\u064a]", arabic) or re.fullmatch(r"[{}\w ,()،]*", arabic), arabic
        for language in LANGUAGES:
            values = re.findall(r"\{\w+\}", found[language])
            assert sorted(set(values)) == sorted(set(re.findall(r"\{\w+\}", found["fr"]))), found


def test_there_are_such_files():
    assert {"ranking/words.csv", "ranking/grades.csv", "valuation/occupations.csv", "valuation/figures.csv"} <= {
        file for file, _ in files()
    }


def test_a_text_that_a_language_lacks_is_refused():
    with pytest.raises(data.KnowledgeError, match=r"made_up\.csv: 'pièce' has no text in ar"):
        by_language({"fr": "pièce", "en": "part", "ar": ""}, "made_up.csv")
    assert by_language({"fr": "", "en": "", "ar": ""}, "made_up.csv") == {"fr": "", "en": "", "ar": ""}
