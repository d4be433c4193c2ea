"""Candidates against all pairs, the weighing, and what is proposed; every name is made up."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import combinations
from math import log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data, tables
from integrator.normalization import likely_duplicates, proposed_duplicates
from integrator.normalization.duplicates import likeness, neighbours
from integrator.normalization.duplicates.settings import levels
from integrator.normalization.duplicates.words import split_names
from integrator.records import CellRef, Record
from integrator.text.companies import split_name

CASES = Path(__file__).parent / "duplicate_cases.csv"
SYLLABLES = "ka mo ra li no sa be du fi go".split()
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4).map("".join)


def _slow_near(texts: list[str], floor: float, count: int, common: int) -> set[tuple[int, int]]:
    """All pairs, one after the other."""
    groups = [[f" {w} "[i : i + 3] for w in t.split() for i in range(len(w))] for t in texts]
    groups = [
        [g for g in found if len(g) == 3] + [f" {w} " for w in t.split() if len(w) == 0]
        for found, t in zip(groups, texts, strict=True)
    ]
    shared = Counter(group for found in groups for group in set(found))
    vectors = []
    for found in groups:
        weights = {
            g: n * (log((1 + len(texts)) / (1 + shared[g])) + 1)
            for g, n in Counter(found).items()
            if shared[g] <= common
        }
        length = sqrt(sum(w * w for w in weights.values()))
        vectors.append({g: w / length for g, w in weights.items()})
    pairs = set()
    for one, vector in enumerate(vectors):
        cosines = [
            (-round(sum(w * there.get(g, 0.0) for g, w in vector.items()), neighbours.DECIMALS), other)
            for other, there in enumerate(vectors)
            if other != one
        ]
        best = sorted(found for found in cosines if -found[0] >= floor)[:count]
        pairs |= {(min(one, other), max(one, other)) for _, other in best}
    return pairs


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, max_size=40, unique=True), st.sampled_from([0.2, 0.5, 0.8]), st.integers(1, 6))
def test_nearest_names_are_those_of_all_pairs(texts: list[str], floor: float, count: int) -> None:
    texts = sorted(texts)
    found = neighbours.near_texts(texts, floor, count)
    assert set(zip(found.one.tolist(), found.other.tolist(), strict=True)) == _slow_near(texts, floor, count, 10**9)


def test_blocks_and_common_groups_change_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(3)
    texts = sorted({"".join(draw.choice(SYLLABLES, draw.integers(2, 5))) for _ in range(300)})
    monkeypatch.setattr(neighbours, "_ROWS", 7)
    for common in (20, 10**9):
        monkeypatch.setattr(neighbours, "COMMON", common)
        found = neighbours.near_texts(texts, 0.35, 5)
        assert set(zip(found.one.tolist(), found.other.tolist(), strict=True)) == _slow_near(texts, 0.35, 5, common)


def _frame(seed: int, rows: int = 400) -> pd.DataFrame:
    """Made-up companies, four rows of ten told twice in other words; `ent` says which."""
    draw = np.random.default_rng(seed)
    trades = [("Plastiques", "Plastics"), ("Outillage", "Tooling"), ("Fonderie", "Foundry"), ("Câblage", "Wiring")]
    towns = ["Tanger", "Kénitra", "Casablanca", "Agadir"]
    known = []
    lines = []
    for number in range(rows):
        if known and draw.random() < 0.4:
            entity = known[draw.integers(len(known))]
        else:
            name = "".join(draw.choice(SYLLABLES, draw.integers(2, 5))).capitalize()
            entity = (number, name, trades[draw.integers(4)], towns[draw.integers(4)])
            known.append(entity)
        ent, name, trade, town = entity
        if draw.random() < 0.15 and len(name) > 4:
            at = int(draw.integers(1, len(name) - 1))
            name = name[:at] + name[at + 1 :]
        text = f"{name} {trade[draw.integers(2)]} {draw.choice(['SARL', 'SA', ''])}".strip()
        lines.append((f"S{number:04}", text, town if draw.random() < 0.8 else "", ent))
    return pd.DataFrame(lines, columns=["supplier_id", "name", "city", "ent"])


def _by_id(frame: pd.DataFrame, least: float = 0.0) -> dict[frozenset[str], tuple[float, str]]:
    found = likely_duplicates(frame, least)
    ids = frame["supplier_id"].to_numpy()
    rows = found[["one", "other", "score", "evidence"]].itertuples(index=False)
    return {frozenset((ids[one], ids[other])): (score, evidence) for one, other, score, evidence in rows}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_rows_changes_nothing(seed: int) -> None:
    frame = _frame(seed)
    shuffled = frame.sample(frac=1.0, random_state=seed).reset_index(drop=True)
    assert _by_id(frame) == _by_id(shuffled)


def test_most_rows_of_one_company_are_found_and_few_others() -> None:
    frame = _frame(5, 800)
    entity = dict(zip(frame["supplier_id"], frame["ent"], strict=True))
    found = set(_by_id(frame, 0.5))
    groups = frame.groupby("ent")["supplier_id"].apply(list)
    true = {frozenset(pair) for ids in groups for pair in combinations(ids, 2)}
    right = {pair for pair in found if len({entity[one] for one in pair}) == 1}
    assert len(right) / len(true) >= 0.85
    assert len(right) / len(found) >= 0.85


def test_what_a_row_does_not_say_is_no_evidence() -> None:
    frame = _frame(7)
    blank = frame.assign(city="")
    assert not likely_duplicates(blank, 0.0)["weight_town"].any()
    found = likely_duplicates(frame, 0.0)
    silent = (frame["city"].to_numpy()[found["one"]] == "") | (frame["city"].to_numpy()[found["other"]] == "")
    assert not found.loc[silent, "weight_town"].any()
    assert found.loc[~silent, "weight_town"].all()


def test_a_list_without_duplicates_makes_no_class_of_its_own() -> None:
    """Forty makers of one product, each with another name: their common product makes no two of them one."""
    draw = np.random.default_rng(4)
    names = sorted({"".join(draw.choice(SYLLABLES, 3)).capitalize() for _ in range(400)})
    products = [f"produit{number % 10} ligne{number % 10} gamme{number % 10}" for number in range(len(names))]
    found = likely_duplicates(pd.DataFrame({"name": names, "products": products, "city": "Tanger"}))
    assert len(found) <= len(names) / 10


def test_without_names_there_is_nothing_to_compare() -> None:
    with pytest.raises(KeyError, match="name"):
        likely_duplicates(pd.DataFrame({"nom": ["Kamora"]}))
    assert likely_duplicates(pd.DataFrame({"name": []})).empty
    assert likely_duplicates(pd.DataFrame({"name": ["", None, " "]})).empty


def _record(number: int, **values: str) -> Record:
    ref = CellRef("made_up.csv", "", number + 2)
    given = {"supplier_id": f"S{number}"} | {name: text for name, text in values.items() if text}
    return Record("supplier", ref, given, dict.fromkeys(given, ref))


with CASES.open(encoding="utf-8", newline="") as stream:
    LINES = list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.mark.parametrize("case", LINES, ids=lambda case: f"{case['name']} / {case['other_name']}")
def test_pairs_judged_by_hand(case: dict[str, str]) -> None:
    fields = ("name", "city", "group", "products")
    one = _record(1, **{field: case[field] for field in fields})
    other = _record(2, **{field: case[f"other_{field}"] for field in fields})
    found, more = proposed_duplicates([one, other])
    assert len(found) == (case["proposed"] == "yes"), case["why"]
    assert not more


def test_only_the_likeliest_are_listed_and_the_others_counted() -> None:
    records = [_record(number, name="Kamora") for number in range(6)]
    records += [_record(number, name="Belino Plast", city="Tanger") for number in (7, 8)]
    every, nothing = proposed_duplicates(records, most=0)
    assert (len(every), nothing) == (16, ())
    listed, (note,) = proposed_duplicates(records, most=3)
    assert len(listed) == 3
    assert listed["score"].min() >= every["score"].drop(listed.index, errors="ignore").min()
    assert {"S7", "S8"} <= set(listed["supplier_id"]) | set(listed["other_id"])
    assert (note.code, note.severity) == ("more_duplicates", "warning")
    assert note.message.startswith("13 more pairs")


def test_a_name_of_very_many_rows_stays_bounded() -> None:
    rows = np.arange(500, dtype=np.int32)
    one, _ = likeness.neighbours_in_groups(rows, np.zeros(500, dtype=np.int32))
    assert len(one) <= 500 * 60


def test_a_proposal_says_what_it_rests_on() -> None:
    one = _record(1, name="Kamora Plast", city="Tanger", group="Delta")
    other = _record(2, name="KAMORA PLASTICS SARL", city="Tanger", group="Sigma")
    (pair,) = proposed_duplicates([one, other])[0].to_dict("records")
    assert (pair["evidence"], pair["city_agrees"], pair["group_agrees"], pair["trade_agrees"]) == (
        "same",
        "yes",
        "no",
        "yes",
    )
    assert [text.split()[0] for text in pair["weights"].split("; ")] == ["name", "trade", "town", "group"]
    assert set(pair) == set(tables.DUPLICATES.names)


def test_a_word_that_very_many_names_hold_is_no_name() -> None:
    names = [f"{''.join(chosen).capitalize()} Xylotex" for chosen in combinations(SYLLABLES, 3)]
    assert {words.core for words in split_names(names)} == {(name.split()[0].lower(),) for name in names}
    assert all(words.trades == {"xylotex"} for words in split_names(names))
    assert split_names(["Kamora Xylotex"])[0].core == ("kamora", "xylotex")


def test_a_slip_in_a_company_word_is_no_name_of_its_own() -> None:
    assert split_names(["Kamora Plastiuqes Maroc"])[0] == split_name("Kamora Plastiques Maroc")
    assert split_names(["Plastiuqes SARL"])[0].core == ("plastiuqes",)


def test_the_assumed_shares_are_whole() -> None:
    for field, of_field in levels().items():
        for kind in ("one", "two"):
            assert sum(getattr(level, kind) for level in of_field) == pytest.approx(1.0), (field, kind)
    assert {row["why"] != "" for row in data.rows("identity/duplicate_settings.csv")} == {True}
