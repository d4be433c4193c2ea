"""Which company a name means, measured on published alias pairs; and which rows are proposed as one."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.normalization import duplicates_table, joined
from integrator.normalization.identities import Names, aliases
from integrator.records import CellRef, IdentityDecision, Record
from integrator.text.companies import fold_company, name_parts

PAIRS = data.rows("identity/aliases.csv")
FACTS = Path(__file__).parents[1] / "facts" / "suppliers.csv"
FIRST, FIVE = 0.65, 0.78


def _sites() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(line for line in stream if not line.startswith("#")))


@pytest.fixture(scope="module")
def names() -> Names:
    sites = _sites()
    candidates = [site["name"] for site in sites] + [pair["canonical_name"] for pair in PAIRS]
    return Names(candidates, {site["name"]: site["group"] for site in sites})


def test_names_alone_find_most_published_aliases(names: Names) -> None:
    ranks = [
        [proposal.name for proposal in names.resolve(pair["alias"])].index(pair["canonical_name"]) for pair in PAIRS
    ]
    first, five = (sum(rank < top for rank in ranks) / len(PAIRS) for top in (1, 5))
    print(f"\n{len(PAIRS)} aliases, without the table: first {first:.1%}, among five {five:.1%}")
    print("missed:", "; ".join(p["alias"] for p, rank in zip(PAIRS, ranks, strict=True) if rank))
    assert first >= FIRST
    assert five >= FIVE


def test_the_table_finds_every_alias_and_names_its_source(names: Names) -> None:
    for pair in PAIRS:
        best = names.resolve(pair["alias"], aliases())[0]
        same = [p for p in PAIRS if fold_company(p["alias"]) == fold_company(pair["alias"])]
        assert best.name in {p["canonical_name"] for p in same}
        assert best.evidence.startswith("alias http") or best.evidence == "same_name"


def _record(identifier: str, name: str, row: int = 2, **values: str) -> Record:
    ref = CellRef("made_up.csv", "", row)
    values = {"supplier_id": identifier, "name": name} | values
    cells = {field: CellRef("made_up.csv", "", row, i) for i, field in enumerate(values, start=1)}
    return Record("supplier", ref, values, cells)


def _proposed(*records: Record, decisions: tuple[IdentityDecision, ...] = ()) -> set[tuple[str, str]]:
    found = duplicates_table(records, decisions)
    return set(zip(found["supplier_id"], found["other_id"], strict=True))


def test_no_pair_to_keep_apart_is_proposed_not_even_without_towns() -> None:
    records = [_record(f"P{i}", name) for i, name in enumerate(
        sorted({row[f"name_{side}"] for row in data.rows("identity/never_merge.csv") for side in (1, 2)})
    )]  # fmt: skip
    by_id = {record.get("supplier_id"): record.get("name") for record in records}
    apart = {frozenset((row["name_1"], row["name_2"])) for row in data.rows("identity/never_merge.csv")}
    assert not {frozenset((by_id[a], by_id[b])) for a, b in _proposed(*records)} & apart


def test_among_the_shipped_sites_nothing_is_proposed() -> None:
    assert _proposed(*[_record(s["actor_id"], s["name"], city=s["city"], zone=s["zone"]) for s in _sites()]) == set()


def test_aliases_added_as_rows_are_proposed_with_few_wrong_pairs() -> None:
    sites = {site["name"]: site for site in _sites()}
    kept = [pair for pair in PAIRS if pair["canonical_name"] in sites]
    records = [_record(f"A{i:03}", name) for i, name in enumerate(sites)]
    records += [_record(f"B{i:03}", pair["alias"]) for i, pair in enumerate(kept)]
    name = {record.get("supplier_id"): record.get("name") for record in records}
    canonical = {pair["alias"]: pair["canonical_name"] for pair in kept}
    found = _proposed(*records)
    right = [pair for pair in found if len({canonical.get(name[i], name[i]) for i in pair}) == 1]
    print(f"\n{len(found)} pairs proposed, {len(right)} of one company: precision {len(right) / len(found):.1%}")
    assert len(right) >= len({pair["alias"] for pair in kept})
    assert len(right) / len(found) >= 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alpha Plast SARL", "ALPHA PLAST"), ("Sté Béta Métal", "Beta Metal S.A.R.L. AU"),
        ("Gamma Câbles Maroc", "Gamma Cable Maroc SA"), ("Ets Delta", "DELTA SNC"), ("شركة ألفا ش.م.م", "ألفا"),
    ],
)  # fmt: skip
def test_b11_legal_forms_accents_and_a_letter_do_not_hide_a_duplicate(one: str, other: str) -> None:
    assert _proposed(_record("S1", one), _record("S2", other)) == {("S1", "S2")}


@pytest.mark.parametrize(
    ("one", "other"),
    [("Alpha Plast", "Alpha Metal"), ("Total", "TotalEnergies Maroc"), ("Maroc Fer", "Maroc Zinc"), ("SA", "SNC")],
)
def test_names_that_share_only_common_words_are_not_proposed(one: str, other: str) -> None:
    assert _proposed(_record("S1", one), _record("S2", other)) == set()


def test_sites_in_two_towns_stay_two_suppliers() -> None:
    here, there = _record("S1", "Alpha", city="Tanger"), _record("S2", "Alpha", city="Kénitra")
    assert _proposed(here, there) == set()
    assert _proposed(here, _record("S2", "Alpha")) == {("S1", "S2")}, "an unknown town is a question"


@pytest.mark.parametrize(
    ("one", "other", "proposed"),
    [
        ({"city": "Tanger"}, {"city": "Gzenaya"}, True),
        ({"city": "Nouaceur", "zone": "Midparc"}, {"zone": "Aéropole de Nouaceur"}, True),
        ({"city": "Casablanca", "zone": "Aïn Sebaâ"}, {"city": "Casablanca", "zone": "Midparc"}, False),
        ({"city": "Kénitra", "zone": "AFZ"}, {"city": "Rabat"}, False),
    ],
)
def test_one_address_may_be_told_as_a_town_its_suburb_or_a_zone(
    one: dict[str, str], other: dict[str, str], proposed: bool
) -> None:
    assert bool(_proposed(_record("S1", "Alpha", **one), _record("S2", "Alpha", **other))) is proposed


def test_one_enterprise_number_brings_two_names_together_but_not_two_towns() -> None:
    one, other = _record("S1", "Alpha", ice="001561191000066"), _record("S2", "Zeta", ice="00 15 61 19 10 00 066")
    assert _proposed(one, other) == {("S1", "S2")}
    assert _proposed(one, _record("S2", "Zeta", ice="001561191000065")) == set(), "a wrong number tells nothing"


def test_b11_a_decision_ends_the_question_and_same_joins_the_rows_with_all_their_facts() -> None:
    one = _record("S1", "Alpha", headcount="200 (2019)", city="Tanger")
    other = _record("S2", "Alpha SARL", row=3, headcount="260 (2023)", products="vis")
    different = IdentityDecision("S1", "S2", "different", "x", "", "")
    assert _proposed(one, other, decisions=(different,)) == set()
    assert len(joined([one, other], [different])[0]) == 2
    same = IdentityDecision("S2", "S1", "same", "x", "", "")
    (record,), rows, notes = joined([one, other], [different, same])
    assert (record.get("supplier_id"), record.get("name"), record.get("headcount")) == ("S1", "Alpha", "260 (2023)")
    assert (record.get("city"), record.get("products"), record.cells["products"].row) == ("Tanger", "vis", 3)
    assert [row.get("supplier_id") for row in rows] == ["S1", "S1"]
    assert [note.code for note in notes] == ["same_company"]


def test_a_decision_on_an_absent_row_waits() -> None:
    one = _record("S1", "Alpha")
    assert joined([one], [IdentityDecision("S1", "S9", "same", "x", "", "")])[0] == (one,)


@given(st.lists(st.sampled_from(["Alpha", "Alpha SA", "Béta", "Beta SARL", "Gamma"]), max_size=6))
def test_the_order_of_rows_does_not_matter(drawn: list[str]) -> None:
    records = [_record(f"S{i}", name) for i, name in enumerate(drawn)]
    assert _proposed(*records) == _proposed(*reversed(records))
    expected = {
        (f"S{i}", f"S{j}") for (i, a), (j, b) in combinations(enumerate(drawn), 2) if fold_company(a) == fold_company(b)
    }
    assert _proposed(*records) == expected


@given(st.text(max_size=30))
def test_any_name_folds(name: str) -> None:
    assert fold_company(fold_company(name)) == fold_company(name)
    assert all(name_parts(name))
