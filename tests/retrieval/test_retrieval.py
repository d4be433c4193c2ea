"""Candidates are the union of the best of every channel; made-up suppliers and needs."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from integrator import data
from integrator.normalization import capabilities_table, needs_table, requirements_table, suppliers_table
from integrator.records import CellRef, Record
from integrator.retrieval import MatrixAnswer, all_channels, candidate_pairs
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

TAXONOMY = load()
SPACE = ConceptSpace(TAXONOMY)
with (Path(__file__).parent / "tariff_cases.csv").open(encoding="utf-8", newline="") as stream:
    TARIFF = list(data.read(stream, "tariff_cases.csv"))

SUPPLIERS = [
    {"supplier_id": "S1", "products": "étriers de frein", "processes": "fonderie; usinage", "materials": "fonte"},
    {"supplier_id": "S2", "products": "faisceaux électriques", "processes": "câblage", "hs_codes": "8544.30"},
    {"supplier_id": "S3", "products": "pièces plastiques", "processes": "injection plastique", "materials": "PA66"},
    {"supplier_id": "S4", "products": "zorglub de bielle spéciale", "hs_codes": "8409.91"},
    {"supplier_id": "S5"},
]
NEEDS = [
    {"need_id": "X1", "component": "brake caliper", "component_ar": "ملقط الفرامل", "materials": "fonte"},
    {"need_id": "X2", "component": "ضفيرة أسلاك"},
    {"need_id": "X3", "component": "agrafe", "processes": "injection plastique"},
    {"need_id": "X4", "component": "zorglub"},
    {"need_id": "X5", "component": "qqqq", "hs_code": "8409.91"},
    {"need_id": "X6", "component": "wwww"},
]


def records(kind, rows):
    made = []
    for number, values in enumerate(rows, start=2):
        ref = CellRef("made_up.csv", "", number)
        made.append(Record(kind, ref, values, dict.fromkeys(values, ref)))
    return made


def retrieve(suppliers, needs, count=3):
    """All shipped channels on made-up suppliers and needs."""
    suppliers, needs = records("supplier", suppliers), records("need", needs)
    offered, asked = suppliers_table(suppliers), needs_table(needs)
    capabilities, requirements = capabilities_table(suppliers, TAXONOMY), requirements_table(needs, TAXONOMY)
    return candidate_pairs(asked, requirements, offered, all_channels(offered, capabilities, SPACE, TAXONOMY), count)


@pytest.fixture(scope="module")
def pairs():
    """What the shipped channels find in the made-up world."""
    return retrieve(SUPPLIERS, NEEDS)


class Given:
    """A channel that answers from a given table of scores, need by need."""

    def __init__(self, name, needs, scores, suppliers):
        self.name = name
        self._suppliers = np.asarray(suppliers)
        self._row = {need: i for i, need in enumerate(needs)}
        self._scores = np.asarray(scores, dtype=float)

    def ask(self, needs, requirements):
        return needs

    def answer(self, needs):
        scores = self._scores[[self._row[need] for need in needs["need_id"]]]
        return MatrixAnswer(sparse.csr_matrix(scores), self._suppliers)


def slow_pairs(needs, suppliers, channels, count):
    """The obvious way: sort every row of every channel, keep the best, note who found what."""
    found = {}
    for name, scores in channels:
        for i, need in enumerate(needs):
            listed = sorted((-scores[i][j], supplier) for j, supplier in enumerate(suppliers) if scores[i][j] > 0)
            for _, supplier in listed[:count]:
                found.setdefault((need, supplier), []).append(name)
    place = {name: i for i, name in enumerate(suppliers)}
    return [
        (need, supplier, " ".join(names), *(scores[needs.index(need)][place[supplier]] for _, scores in channels))
        for (need, supplier), names in sorted(found.items())
    ]


@st.composite
def worlds(draw):
    """Needs and suppliers in any order, and the scores of two channels, with many ties."""
    needs = draw(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=5, unique=True))
    suppliers = draw(st.lists(st.sampled_from("pqrstuvw"), min_size=1, max_size=6, unique=True))
    cell = st.sampled_from([0.0, 0.0, 0.25, 0.5, 1.0])
    row = st.lists(cell, min_size=len(suppliers), max_size=len(suppliers))
    matrix = st.lists(row, min_size=len(needs), max_size=len(needs))
    return needs, suppliers, [("one", draw(matrix)), ("two", draw(matrix))], draw(st.integers(1, 7))


@given(worlds())
def test_pairs_equal_their_slow_twin(world):
    needs, suppliers, channels, count = world
    found = candidate_pairs(
        pd.DataFrame({"need_id": needs}),
        pd.DataFrame(),
        pd.DataFrame({"supplier_id": suppliers}),
        [Given(name, needs, scores, suppliers) for name, scores in channels],
        count,
    )
    assert list(found.columns) == ["need_id", "supplier_id", "channels", "channel_one", "channel_two"]
    assert list(found.itertuples(index=False, name=None)) == slow_pairs(needs, suppliers, channels, count)


def test_more_needs_than_a_block_lose_none():
    needs = [f"X{i:04}" for i in range(2100)]
    channel = Given("one", needs, [[i % 3, (i + 1) % 3] for i in range(len(needs))], ["S2", "S1"])
    offered = pd.DataFrame({"supplier_id": ["S2", "S1"]})
    found = candidate_pairs(pd.DataFrame({"need_id": needs}), pd.DataFrame(), offered, [channel], 1, block_bytes=10_000)
    assert list(found["need_id"]) == needs
    # by turns (0, 1), (1, 2), (2, 0)
    assert list(found["supplier_id"]) == [("S1", "S1", "S2")[i % 3] for i in range(len(needs))]


def test_every_channel_finds_what_only_it_can(pairs):
    by = {(row.need_id, row.supplier_id): row.channels.split() for row in pairs.itertuples()}
    assert "concept" in by["X1", "S1"]
    assert {"concept", "words", "lines"} <= set(by["X2", "S2"]), "the names of a part bridge two languages"
    assert {"words", "characters"} <= set(by["X4", "S4"])
    assert "concept" not in by["X4", "S4"]
    assert by["X5", "S4"] == ["hs"]
    assert not {need for need, _ in by} & {"X6"}
    assert not {supplier for _, supplier in by} & {"S5"}


def test_scores_lie_between_zero_and_one_and_each_pair_stands_once(pairs):
    scores = pairs[[name for name in pairs.columns if name.startswith("channel_")]].to_numpy()
    assert scores.shape[1] == 5
    assert scores.min() >= 0
    assert scores.max() <= 1
    assert (scores.max(axis=1) > 0).all()
    assert not pairs.duplicated(["need_id", "supplier_id"]).any()


def test_every_channel_scores_every_pair_whoever_found_it(pairs):
    row = pairs.set_index(["need_id", "supplier_id"]).loc[("X1", "S1")]
    one = retrieve(SUPPLIERS, NEEDS, count=50).set_index(["need_id", "supplier_id"]).loc[("X1", "S1")]
    names = [name for name in row.index if name.startswith("channel_")]
    assert row[names].equals(one[names])


@pytest.mark.parametrize("count", [1, 2])
def test_no_channel_brings_more_than_asked(count):
    found = retrieve(SUPPLIERS, NEEDS, count)
    for name in ("characters", "words", "lines", "concept", "hs"):
        mine = found[[name in channels.split() for channels in found["channels"]]]
        assert mine.groupby("need_id").size().max() <= count


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_does_not_matter(pairs, seed):
    chance = random.Random(seed)
    second = retrieve(chance.sample(SUPPLIERS, len(SUPPLIERS)), chance.sample(NEEDS, len(NEEDS)))
    pd.testing.assert_frame_equal(pairs, second, check_exact=True)


BLANK_SUPPLIERS, BLANK_NEEDS = [{"supplier_id": "S1"}, {"supplier_id": "S2"}], [{"need_id": "X1"}, {"need_id": "X2"}]


@pytest.mark.parametrize(
    ("suppliers", "needs"),
    [([], NEEDS), (SUPPLIERS, []), ([], []), (BLANK_SUPPLIERS, NEEDS), (SUPPLIERS, BLANK_NEEDS),
     (BLANK_SUPPLIERS, BLANK_NEEDS), (SUPPLIERS, [{"need_id": "X1", "component": "??? ... !!!"}])],
    ids=["B13-no-suppliers", "B13-no-needs", "B13-nothing", "B13-blank-suppliers", "B13-blank-needs", "B13-all-blank",
         "B13-signs-only"],
)  # fmt: skip
def test_nothing_to_find_is_no_fault(pairs, suppliers, needs):
    found = retrieve(suppliers, needs)
    assert len(found) == 0
    assert list(found.columns) == list(pairs.columns)


@pytest.fixture(scope="module")
def tariff():
    """Every supplier cell against every need cell in one run."""
    suppliers = [
        {"supplier_id": f"S{i}", "products": "tariff", "hs_codes": c["supplier"]} for i, c in enumerate(TARIFF)
    ]
    needs = [{"need_id": f"X{i}", "component": "tariff", "hs_code": c["need"]} for i, c in enumerate(TARIFF)]
    return retrieve(suppliers, needs, 50).set_index(["need_id", "supplier_id"])["channel_hs"]


@pytest.mark.parametrize("number", range(len(TARIFF)), ids=[f"{case['need']}/{case['supplier']}" for case in TARIFF])
def test_tariff_codes(tariff, number):
    expected = pytest.approx(float(TARIFF[number]["score"]), abs=1e-4)
    assert tariff[f"X{number}", f"S{number}"] == expected
