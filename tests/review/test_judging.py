"""Which answer of whom counts, who is told of, and what is shown of it: one rule for training, sheets and status."""

from __future__ import annotations

import random

import pytest

from integrator import judging, normalization
from integrator.project_sheets.reviewed import review_lines, reviewed_of
from integrator.project_sheets.valuations import rows_of
from integrator.records import Judgement
from integrator.wording import wording

KNOWN = ({"X1"}, {"S1", "S2", "S3"})


def said(grade, who="Ana", day="", imported="2026-03-01", supplier="S1", decision="", reason=""):
    return Judgement("X1", supplier, grade, reason, "", who, day, decision, "0123abcd", imported)


CASES = {
    "a later answer of the same reviewer": ([said(3, day="2026-01-01"), said(1, day="2026-01-02")], 1),
    "an older workbook that comes back late": ([said(1, day="2026-01-02"), said(3, day="2026-01-01")], 1),
    "unsure later withdraws the grade": ([said(3, day="2026-01-01"), said(None, day="2026-01-02")], None),
    "unsure earlier does not": ([said(None, day="2026-01-01"), said(3, day="2026-01-02")], 3),
    "unsure of another withdraws nothing": ([said(3), said(None, "Ben", "2026-04-01")], 3),
    "without a date the day of the import stands": ([said(3, day="2026-02-01"), said(1)], 1),
    "and is older than a later date": ([said(3, day="2026-04-01"), said(1)], 3),
    "on one day the last given": ([said(3), said(1)], 1),
    "another spelling is the same person": ([said(3, "Ana B."), said(None, "ANA  B")], None),
    "of two reviewers the latest": ([said(4, "Ana", "2026-01-02"), said(2, "Ben", "2026-01-01")], 4),
    "and of one day the last by name": ([said(2, "Ben"), said(4, "Ana")], 2),
}


@pytest.mark.parametrize("name", CASES)
def test_the_grade_that_counts(name):
    judged, wanted = CASES[name]
    grades, left_out = normalization.latest_grades(judged, *KNOWN)
    assert grades.get("X1", {}).get("S1") == wanted
    assert sum(left_out.values()) + sum(map(len, grades.values())) == len(judged), "used or counted"


def slow(judged):
    """The rule as a clerk would apply it: cards in order of time, one pile a reviewer, the latest graded pile."""
    best = {}
    for pair in {(one.need_id, one.supplier_id) for one in judged}:
        cards = [(one.day, judging.reviewer_key(one.judged_by), place, one)
                 for place, one in enumerate(judged) if (one.need_id, one.supplier_id) == pair]  # fmt: skip
        tops = []
        for who in {key for _, key, _, _ in cards}:
            tops.append(max(card for card in cards if card[1] == who))
        graded = [card for card in tops if card[3].grade is not None]
        if graded:
            best[pair] = max(graded)[3].grade
    return best


@pytest.mark.parametrize("seed", range(20))
def test_the_rule_is_the_slow_one(seed):
    chance = random.Random(seed)
    days = ["", "2026-01-01", "2026-02-01", "2026-05-01"]
    judged = [
        said(chance.choice([None, 0, 1, 2, 3, 4]), chance.choice(["Ana", "Ben", "Cid", ""]), chance.choice(days),
             supplier=chance.choice(["S1", "S2"]))
        for _ in range(12)
    ]  # fmt: skip
    grades, left_out = normalization.latest_grades(judged, *KNOWN)
    assert {(need, one): grade for need, row in grades.items() for one, grade in row.items()} == slow(judged)
    assert sum(left_out.values()) + sum(map(len, grades.values())) == len(judged)


def test_what_is_settled_is_not_asked_again():
    judged = [said(3, supplier="S1"), said(None, supplier="S2"), said(4, supplier="S3"), said(2, "Ben", supplier="S3")]
    assert judging.settled(judged) == {("X1", "S1")}
    assert judging.settled(judged, "ana") == {("X1", "S1"), ("X1", "S2"), ("X1", "S3")}
    assert judging.settled(judged, "Ben") == {("X1", "S3")}


TOLD = [
    said(4, "Ana Secret", "2026-01-01", decision="yes", reason="vu, appeler 06 12 34 56 78"),
    said(1, "Ana Secret", "2026-01-03", decision="no"),
    said(2, "Ben Secret", "2026-01-02"),
    said(None, "", "2026-01-05", supplier="S3", decision="unsure"),
]


def test_both_who_disagree_stand_in_the_table_and_nobody_is_named():
    table = normalization.decisions_table([said(3, "desk review", "2025-12-01", supplier="S2")], TOLD)
    rows = {(row["supplier_id"], row["number"]): row for row in rows_of(table)}
    assert [rows["S1", n]["judged_by"] for n in (1, 2, 3)] == ["R1", "R1", "R2"]
    assert [rows["S1", n]["standing"] for n in (1, 2, 3)] == ["no", "yes", "yes"]
    assert [rows["S1", n]["counts"] for n in (1, 2, 3)] == ["no", "yes", "no"]
    assert [rows["S1", n]["disagreement"] for n in (1, 2, 3)] == ["no", "yes", "yes"]
    assert (rows["S2", 1]["source"], rows["S2", 1]["judged_by"], rows["S2", 1]["counts"]) == ("file", "R3", "yes")
    assert (rows["S3", 1]["judged_by"], rows["S3", 1]["decision"], rows["S3", 1]["counts"]) == ("R?", "unsure", "no")
    whole = table.to_csv()
    assert "Secret" not in whole
    assert "06 12" not in whole


def test_later_reviews_leave_the_numbers_of_reviewers_as_they_are():
    before = judging.reviewer_labels(TOLD)
    after = judging.reviewer_labels([*TOLD, said(1, "Aaron")])
    assert before.items() <= after.items()


LINES = {
    "fr": [
        "revue : niveau 2 – relecteur 2, 2026-01-02", "revue : niveau 1, non – relecteur 1, 2026-01-03",
        "avis divergents : 1 et 2",
    ],
    "en": [
        "review: grade 2 – reviewer 2, 2026-01-02", "review: grade 1, no – reviewer 1, 2026-01-03",
        "answers differ: 1 and 2",
    ],
    "ar": [
        "المراجعة: المستوى 2 – المراجع 2، 2026-01-02", "المراجعة: المستوى 1، لا – المراجع 1، 2026-01-03",
        "آراء متباينة: 1 و 2",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", LINES)
def test_a_sheet_shows_both(language):
    rows = rows_of(normalization.decisions_table((), TOLD))
    suppliers = {one: {"name": f"Atelier {one} (démo)"} for one in ("S1", "S2", "S3")}
    found = reviewed_of(rows, [{"supplier_id": "S3"}, {"supplier_id": "S1"}], suppliers)
    assert [one.supplier_id for one in found] == ["S3", "S1"], "in order of rank"
    assert found[0].disputed == ()
    assert sorted(review_lines(found[1], wording(language))) == sorted(LINES[language])
    assert review_lines(found[1], wording(language))[-1] == LINES[language][-1]


def test_what_only_a_file_says_is_no_review():
    rows = rows_of(normalization.decisions_table([said(3, "desk review")], ()))
    assert reviewed_of(rows, [], {"S1": {"name": "x"}}) == ()
