"""Pairs by uncertainty, value or both: stated rules, spread over the needs, whatever the order of the rows."""

from __future__ import annotations

import datetime

import openpyxl
import pandas as pd
import pytest

from integrator import tables
from integrator.errors import UsageError
from integrator.review import WAYS, Choice, Import, batch, questions, read_review, write_review
from integrator.review.choosing import HEAD, PER_NEED, choose
from integrator.review.priorities import uncertainty, worth


def made(table: tables.Table, rows: list[dict[str, object]]) -> pd.DataFrame:
    return tables.check(table, pd.DataFrame(rows).reindex(columns=table.names))


def world(needs: int = 6, each: int = 14, **changes: object) -> dict[str, pd.DataFrame]:
    """Made-up matches of some needs; values and outlooks differ from need to need."""
    rows = [
        {
            "need_id": f"N{n}", "supplier_id": f"S{i:02}", "rank": i, "score": 90 - 3 * i - (n * i) % 5 / 10,
            "grade": (i * n) % 5,
        }
        for n in range(1, needs + 1)
        for i in range(1, each + 1)
    ]  # fmt: skip
    rows.append({"need_id": "N9", "supplier_id": ""})
    opportunities = [
        {"need_id": f"N{n}", "gross_value": {1: 5e6, 2: 1e6, 3: 9e6}.get(n), "currency": "EUR" if n < 4 else "",
         "outlook": ("actors", "convertible", "none")[n % 3]}
        for n in (*range(1, needs + 1), 9)
    ]  # fmt: skip
    names = [{"supplier_id": f"S{i:02}", "name": f"Atelier {i} (made-up)"} for i in range(1, each + 1)]
    return {
        "matches": made(tables.MATCHES, rows).assign(**changes),
        "opportunities": made(tables.OPPORTUNITIES, opportunities),
        "suppliers": made(tables.SUPPLIERS, names),
        "needs": made(tables.NEEDS, [{"need_id": f"N{n}", "component": "support"} for n in (*range(1, needs + 1), 9)]),
    }


def pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["need_id"], frame["supplier_id"], strict=True))


@pytest.mark.parametrize("by", ["uncertainty", "value", "mixed"])
@pytest.mark.parametrize("limit", [1, 5, 18, 19, 40, 1000])
def test_no_need_is_left_out_for_the_fourth_of_another(by, limit):
    chosen = choose(world(), Choice(by, limit))
    counts = chosen["need_id"].value_counts()
    assert len(chosen) == min(limit, 6 * PER_NEED)
    assert counts.max() <= PER_NEED
    assert counts.max() <= HEAD or len(counts) == 6
    assert "" not in set(chosen["supplier_id"])


@pytest.mark.parametrize("by", WAYS)
def test_row_order_does_not_count(by):
    plain = world()
    shuffled = {name: frame.sample(frac=1, random_state=5) for name, frame in plain.items()}
    choice = Choice(by, 20, frozenset({("N1", "S01")}))
    assert pairs(choose(shuffled, choice)) == pairs(choose(plain, choice))
    assert batch(shuffled) == batch(plain)


@pytest.mark.parametrize("by", WAYS)
def test_what_is_judged_is_not_asked_again_and_leaves_the_others_as_they_are(by):
    plain = world()
    first = pairs(choose(plain, Choice(by, 12)))
    then = pairs(choose(plain, Choice(by, 12, frozenset(first))))
    assert not set(first) & set(then)
    assert len(then) == 12 or by == "head"


def test_a_learned_probability_near_a_half_is_most_unsure():
    matches = world(1, 5)["matches"].query("supplier_id != ''").assign(probability=[0.5, 0.9, 0.1, 0.45, 1.0])
    found = uncertainty(matches).round(6).tolist()
    assert found == [1.0, 0.2, 0.2, 0.9, 0.0]
    assert (uncertainty(matches.assign(conflict=["", "", "", "", "x"])).idxmax()) == matches.index[4]


def test_without_a_probability_near_scores_and_another_order_by_grade_count():
    scores, grades = [60.0, 40.0, 20.0, 0.0], [4, 3, 2, 1]
    matches = world(1, 4)["matches"].query("supplier_id != ''").assign(score=scores, grade=grades)
    plain = uncertainty(matches)
    near = uncertainty(matches.assign(score=[60.0, 59.9, 20.0, 0.0]))
    assert (near > plain).tolist() == [True, True, False, False]
    crossed = uncertainty(matches.assign(grade=[3, 4, 2, 1]))
    assert (crossed > plain).tolist() == [True, True, False, False]
    alone = uncertainty(matches.head(1))
    assert alone.tolist() == [0.0]


def test_an_unknown_value_counts_as_the_median():
    plain = world()
    at_stake = dict(
        zip(plain["opportunities"]["need_id"], worth(plain["opportunities"], plain["opportunities"]), strict=True)
    )
    outlook = {"actors": 1.0, "convertible": 0.5, "none": 0.0}
    of_need = plain["opportunities"].set_index("need_id")["outlook"].map(outlook)
    places = {"N1": 1 / 2, "N2": 1 / 6, "N3": 5 / 6, "N4": 1 / 2, "N5": 1 / 2, "N6": 1 / 2, "N9": 1 / 2}
    assert at_stake == pytest.approx({need: (place + of_need[need]) / 2 for need, place in places.items()})


def test_values_of_two_currencies_are_not_compared():
    plain = world()
    other = plain["opportunities"].assign(
        currency=["EUR", "MAD", "MAD", "", "", "", ""], gross_value=[1, 2, 3, *[None] * 4]
    )
    other = tables.check(tables.OPPORTUNITIES, other)
    stake = worth(other, other.assign(outlook="actors"))
    assert stake.round(4).tolist()[:3] == [0.75, 0.625, 0.875]


def test_by_value_the_first_actors_of_the_needs_with_most_at_stake():
    chosen = pairs(choose(world(), Choice("value", 4)))
    assert chosen == [("N3", "S01"), ("N3", "S02"), ("N3", "S03"), ("N6", "S01")]


def test_conflicts_come_first_and_are_shown(tmp_path):
    conflict = ["" for _ in range(6 * 14 + 1)]
    conflict[20] = "=grade against probability"
    plain = world(conflict=conflict)
    assert conflict[0] == ""
    odd = pairs(plain["matches"].iloc[[20]])[0]
    chosen = choose(plain, Choice("uncertainty", 30))
    assert pairs(chosen)[0] == odd
    assert pairs(chosen)[1:] == sorted(pairs(chosen)[1:])
    assert len(write_review(tmp_path / "c.xlsx", plain, "en", "", Choice("uncertainty", 30))) == 30
    sheet = openpyxl.load_workbook(tmp_path / "c.xlsx").worksheets[0]
    heads = [cell.value for cell in sheet[3]]
    shown = sheet.cell(4, heads.index("Conflict") + 1)
    assert (shown.value, shown.data_type) == ("=grade against probability", "s")
    sheet.cell(4, heads.index("Decision") + 1).value = "yes"
    sheet.cell(4, heads.index("Grade") + 1).value = 3
    sheet.parent.save(tmp_path / "c.xlsx")
    judged, problems = read_review(tmp_path / "c.xlsx", questions(plain), Import(datetime.date(2026, 3, 1)))
    assert ([(one.need_id, one.supplier_id, one.grade) for one in judged], problems) == ([(*odd, 3)], ())
    write_review(tmp_path / "d.xlsx", world(), "en", "")
    assert "Conflict" not in [cell.value for cell in openpyxl.load_workbook(tmp_path / "d.xlsx").worksheets[0][3]]


def test_another_way_is_refused():
    with pytest.raises(UsageError, match="choose among head, uncertainty"):
        choose(world(), Choice("chance"))
