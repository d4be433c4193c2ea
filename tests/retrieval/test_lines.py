"""The best suppliers by their best line equal an obvious twin; made-up lines."""

from __future__ import annotations

import math
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.cache import entries
from integrator.retrieval import best_lines, cell_lines, line_index, score_block
from integrator.retrieval import kept as kept_index
from integrator.retrieval.line_index import K1, PARTS, B
from integrator.retrieval.repairs import FREQUENT, TIMES
from integrator.taxonomy import Taxonomy, load

SHIPPED = load()
NO_LABELS = Taxonomy(concepts={}, labels=(), links={}, fillers=SHIPPED.fillers)
WORDS = ["axe", "bac", "cap", "dom", "elm", "fil"]
with (Path(__file__).parent / "cell_cases.csv").open(encoding="utf-8", newline="") as stream:
    CELLS = list(data.read(stream, "cell_cases.csv"))


def slow_best(lines, owners, ids, queries, top):
    """Every line against every query by the formula as it stands in the book."""
    bags = [Counter(line.split()) for line in lines]
    mean = sum(bag.total() for bag in bags) / max(len(bags), 1)

    def brings(word, bag):
        holding = sum(word in other for other in bags)
        idf = math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))
        return round(PARTS * idf * bag[word] / (bag[word] + K1 * (1 - B + B * bag.total() / mean)))

    found = []
    for number, query in enumerate(queries):
        best = {}
        for bag, owner in zip(bags, owners, strict=True):
            score = sum(brings(word, bag) for word in query.split() if word in bag)
            best[owner] = max(best.get(owner, 0), score)
        ranked = sorted((-score, ids[owner], owner) for owner, score in best.items() if score)
        found += [(number, owner, -score / PARTS) for score, _, owner in ranked[:top]]
    return found


def answers(lines, owners, ids, queries, top, taxonomy=NO_LABELS, cache=None):
    index = line_index(lines, owners, ids, taxonomy, cache)
    parts = score_block(index, index.queries(queries, taxonomy), top)
    return list(zip(*(part.tolist() for part in parts), strict=True))


@st.composite
def worlds(draw):
    """Lines of few words and many ties, suppliers with several lines, some with none."""
    # skewed, so that some words stand in most lines
    text = st.lists(st.sampled_from(WORDS + WORDS[:2] * 6), max_size=5).map(" ".join)
    suppliers = draw(st.integers(1, 9))
    ids = draw(st.permutations([f"S{i}" for i in range(suppliers)]))
    lines = draw(st.lists(text, max_size=40))
    owners = [draw(st.integers(0, suppliers - 1)) for _ in lines]
    return lines, owners, ids, draw(st.lists(text, max_size=6)), draw(st.integers(1, 4))


@pytest.mark.parametrize(("first", "lines_a_supplier"), [(0, 1), (3, 1), (3, 2), (1000, 1), (1000, 4)])
def test_answers_equal_their_slow_twin(monkeypatch, first, lines_a_supplier):
    """However few lines are looked at first."""
    monkeypatch.setattr(best_lines, "FIRST", first)
    monkeypatch.setattr(best_lines, "LINES_A_SUPPLIER", lines_a_supplier)

    @given(worlds())
    def check(world):
        assert answers(*world) == slow_best(*world)

    check()


LINES = [
    ("S1", "étriers de frein, fonderie fonte"), ("S1", "usinage de précision"), ("S2", "emboutissage acier"),
    ("S2", "ISO 9001"), ("S3", "injection plastique PA66 : boîtiers"), ("S4", "ISO 9001"), ("S5", "")
]  # fmt: skip
QUERIES = ["stamping of steel", "brake caliper", "plastic injection", "ISO 9001", "qqqq", ""]


def shuffled(seed):
    """Answers by id, the suppliers, lines and needs in another order."""
    chance = random.Random(seed)
    ids = chance.sample(["S1", "S2", "S3", "S4", "S5"], 5)
    lines = chance.sample(LINES, len(LINES))
    queries = chance.sample(QUERIES, len(QUERIES))
    found = answers([line for _, line in lines], [ids.index(one) for one, _ in lines], ids, queries, 3, SHIPPED)
    return {query: [(ids[owner], score) for row, owner, score in found if queries[row] == query] for query in QUERIES}


def test_a_need_in_one_language_finds_lines_in_another():
    found = shuffled(0)
    assert found["stamping of steel"][0][0] == "S2"
    assert found["brake caliper"][0][0] == "S1"
    assert found["plastic injection"][0][0] == "S3"


def test_ties_go_by_supplier_id_and_a_supplier_stands_once():
    found = shuffled(0)
    assert [supplier for supplier, _ in found["ISO 9001"]][:2] == ["S2", "S4"]
    assert found["qqqq"] == found[""] == []


def test_a_query_may_add_up_to_more_than_an_int32_holds():
    lines, ids = ["axe", "bac"] * 2, ["S1", "S2", "S3", "S4"]
    (_, owner, once), *_ = answers(lines, range(4), ids, ["axe"], 1)
    times = 2**31 // round(once * PARTS) + 1
    assert answers(lines, range(4), ids, ["axe " * times], 1) == [(0, owner, once * times)]


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_order_of_rows_does_not_matter(seed):
    assert shuffled(seed) == shuffled(0)


def test_a_rare_slip_is_mended_in_lines_and_needs_but_a_word_of_the_lexicon_is_not():
    often = ["zorglubs"] * (TIMES * 2) + ["zrglub", "bride"] + ["brude"] * FREQUENT * TIMES
    ids = [f"S{i:04}" for i in range(len(often))]
    owners = list(range(len(often)))
    everywhere = answers(often, owners, ids, ["zorglub"], len(often), SHIPPED)
    assert [owner for _, owner, _ in everywhere] == list(range(TIMES * 2 + 1))
    assert answers(often, owners, ids, ["zorgulb"], len(often), SHIPPED) == everywhere
    assert [owner for _, owner, _ in answers(often, owners, ids, ["bride"], 5, SHIPPED)] == [TIMES * 2 + 1]


@pytest.mark.parametrize("case", CELLS, ids=[case["cell"] for case in CELLS])
def test_cells_are_split_into_lines(case):
    cell = case["cell"].replace("\\n", "\n")
    found = cell_lines([cell] + [case["filler"]] * int(case["times"]))[0]
    assert found == case["lines"].split("|")


@given(st.text("ab. ;\n\t\u00a0", max_size=14))
def test_cells_without_abbreviations_are_split_as_the_pattern_says(cell):
    sentences = (one.strip() for line in re.split(r"[;\n]+", cell) for one in re.split(r"(?<=\.)\s+", line))
    assert cell_lines([cell]) == [[one for one in sentences if one]]


def both(folder):
    ids = ["S1", "S2", "S3", "S4", "S5"]
    return answers([line for _, line in LINES], [ids.index(one) for one, _ in LINES], ids, QUERIES, 3, SHIPPED, folder)


def test_a_kept_index_answers_as_a_fresh_one(tmp_path):
    fresh = both(None)
    assert both(tmp_path / "cache") == fresh
    kept = list((tmp_path / "cache").iterdir())
    assert len(kept) == 1
    written = kept[0].stat().st_ino
    assert both(tmp_path / "cache") == fresh
    assert kept[0].stat().st_ino == written


def test_other_lines_or_another_lexicon_make_another_index(tmp_path):
    ids = ["S1"]
    line_index(["a"], [0], ids, SHIPPED, tmp_path)
    line_index(["b"], [0], ids, SHIPPED, tmp_path)
    line_index(["b"], [0], ids, NO_LABELS, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    line_index(["c"], [0], ids, NO_LABELS, tmp_path)  # the oldest goes
    assert len(list(tmp_path.iterdir())) == 3


def _shortened(path):
    path.write_bytes(path.read_bytes()[:-200])


def _garbled(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


def _emptied(path):
    path.write_bytes(b"")


def _replaced(**arrays):
    """Under a checksum that is right, as only somebody who means harm writes it."""

    def damage(path):
        with np.load(path) as kept:
            content = dict(kept) | arrays
        del content["sum"]
        if not any(array.dtype.hasobject for array in content.values()):
            total = entries._checksum(kept_index.KIND, path.stem.removeprefix("lines-"), content)
            content["sum"] = np.frombuffer(total, dtype=np.uint8)
        np.savez(path, **content)

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        _shortened, _garbled, _emptied, _replaced(owner=np.asarray([99] * 7)), _replaced(indices=np.asarray([10**6])),
        _replaced(words=np.asarray([{"a": "pickled"}], dtype=object)), _replaced(names=np.asarray([255], np.uint8)),
        _replaced(owned=np.asarray([0, 10**9])), _replaced(position=np.zeros((2, 2))), _replaced(shape=np.asarray([7])),
        _replaced(times=np.asarray(["x"] * 15)), _replaced(data=np.zeros(17)),
    ],
)  # fmt: skip
def test_a_damaged_file_is_made_anew(tmp_path, damage):
    fresh = both(tmp_path)
    path = next(tmp_path.iterdir())
    sound = path.read_bytes()
    damage(path)
    assert both(tmp_path) == fresh
    with np.load(path) as mended:
        assert mended["owner"].max() < 5
    assert len(path.read_bytes()) == len(sound)


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert both(tmp_path / "file") == both(None)
