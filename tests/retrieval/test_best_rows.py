"""The best suppliers by rows that several share, and by texts completed late, equal obvious twins; made-up rows."""

from __future__ import annotations

import math
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.retrieval import owners, text_answers, text_rows
from integrator.retrieval.owners import DECIMALS, Owners
from integrator.retrieval.text_answers import TextAnswer
from integrator.retrieval.text_rows import TextRows
from integrator.retrieval.texts import Dots, cell_lines
from integrator.text.fold import fold
from integrator.vectors import Terms, fit, letter_groups, numbered

WORDS = ["axe", "bac", "cap", "dom", "elm", "fil"]
SCORES = st.sampled_from([0.0, 0.0, 1e-10, 4e-10, 0.25, 0.25 + 1e-11, 0.25 - 1e-11, 0.5, 0.75])


def slow_best(scores, rows, positions, ids, count):
    """Every row of every supplier, rounded, sorted."""
    best = {}
    for row, position in zip(rows, positions, strict=True):
        best[position] = max(best.get(position, 0.0), round(scores[row], DECIMALS))
    ranked = sorted((-score, ids[position]) for position, score in best.items() if score > 0)
    return [(identifier, -score) for score, identifier in ranked[:count]]


@pytest.mark.parametrize(("looked_at", "parts"), [(1, 2), (2, 8), (1, 100)])
def test_the_best_suppliers_equal_their_slow_twin(monkeypatch, looked_at, parts):
    """However few rows are looked at first."""
    monkeypatch.setattr(owners, "ROWS", looked_at)
    monkeypatch.setattr(owners, "PARTS", parts)

    @given(st.lists(SCORES, min_size=1, max_size=40), st.integers(1, 8), st.integers(1, 4), st.integers(0, 10**6))
    def check(scores, suppliers, count, seed):
        chance = random.Random(seed)
        ids = chance.sample([f"S{i}" for i in range(suppliers)], suppliers)
        pairs = [(chance.randrange(len(scores)), chance.randrange(suppliers)) for _ in range(chance.randrange(60))]
        rows, positions = (np.asarray([pair[i] for pair in pairs], dtype=np.int64) for i in (0, 1))
        owned = Owners.of_pairs(rows, positions, np.asarray(ids), len(scores))
        number, score = owned.best(np.asarray(scores), count)
        found = [(ids[owned.position[one]], value) for one, value in zip(number.tolist(), score.tolist(), strict=True)]
        assert found == slow_best(scores, rows.tolist(), positions.tolist(), ids, count)

    check()


def slow_cosines(texts, asked, analyzer):
    """By the formulas as they stand, one text beside one question."""
    bags = [Counter(analyzer(text)) for text in texts]

    def vector(bag):
        weights = {}
        for term, times in bag.items():
            holding = sum(term in other for other in bags)
            if holding:
                weights[term] = (1 + math.log(times)) * (math.log((1 + len(bags)) / (1 + holding)) + 1)
        length = math.sqrt(sum(weight**2 for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()}

    offered = [vector(bag) for bag in bags]
    questions = [vector(Counter(analyzer(text))) for text in asked]
    return [[sum(w * text.get(term, 0.0) for term, w in one.items()) for text in offered] for one in questions]


@pytest.mark.parametrize(("common", "few"), [(0.0, 1), (0.0, 1000), (0.15, 8), (0.4, 1), (2.0, 8)])
@pytest.mark.parametrize("analyzer", [str.split, letter_groups])
def test_the_nearest_texts_equal_their_slow_twin(monkeypatch, analyzer, common, few):
    """Whichever terms are added last, and whether all texts or few are completed."""
    monkeypatch.setattr(text_rows, "COMMON", common)
    monkeypatch.setattr(text_answers, "FEW", few)
    text = st.lists(st.sampled_from(WORDS + WORDS[:2] * 4), max_size=6).map(" ".join)

    @given(st.lists(text, min_size=1, max_size=25), st.lists(text, min_size=1, max_size=4), st.integers(1, 3))
    def check(lines, asked, count):
        ids = np.asarray([f"S{i % 7}" for i in range(7)])
        texts, row = numbered(lines)
        positions = np.arange(len(lines)) % 7
        terms, counts = fit(texts, analyzer, np.bincount(row))
        rows = TextRows.of(terms, counts)
        owned = Owners.of_pairs(row, positions, ids, len(texts))
        answer = TextAnswer(rows, owned, terms.vectors(asked, analyzer), np.arange(len(asked)))
        part = answer.part(np.arange(len(asked)))
        slow = np.asarray(slow_cosines(lines, asked, analyzer))
        best = np.zeros((len(asked), 7))
        np.maximum.at(best, (slice(None), positions), slow)
        found = part.best(count)
        every = np.divmod(np.arange(len(asked) * 7), 7)
        values = part.of(*every).reshape(best.shape)
        assert np.allclose(values, best, atol=2e-9, rtol=0)
        expected = [
            (number, column)
            for number, row_of in enumerate(values)
            for column in np.lexsort((np.arange(7), -row_of))[:count]
            if row_of[column] > 0
        ]
        assert list(zip(*(one.tolist() for one in found), strict=True)) == expected

    check()


@given(st.lists(st.text("ab .é", max_size=12), max_size=12), st.integers(1, 3))
def test_terms_of_parts_add_up_to_those_of_all(lines, pieces):
    texts, row = numbered(lines)
    whole, _ = fit(texts, letter_groups, np.bincount(row, minlength=len(texts)))
    merged = Terms((), np.zeros(0, dtype=np.int64), 0)
    for piece in range(pieces):
        own, place = numbered(lines[piece::pieces])
        merged = merged.merged(fit(own, letter_groups, np.bincount(place, minlength=len(own)))[0])
    assert merged.names == whole.names
    assert merged.texts == whole.texts
    assert merged.holding.tolist() == whole.holding.tolist()


CELL = st.lists(st.sampled_from(["ref. ", "Ref. ", "ref ", "a. ", "mot. ", "mot ", "; ", "\n", "x"]), max_size=9).map(
    "".join
)


@given(st.lists(CELL, max_size=30), st.integers(1, 4))
def test_abbreviations_counted_in_parts_split_cells_as_those_of_all(cells, pieces):
    dots = Dots()
    for piece in range(pieces):
        dots.add(cells[piece::pieces])
    assert [cell_lines([cell], dots.short())[0] for cell in cells] == cell_lines(cells)


@given(st.lists(st.text(max_size=8) | st.text("ld'’.aÉ\u0301\u0345 \x1c\u00b4", max_size=8), max_size=4))
def test_a_text_may_be_folded_piece_by_piece(pieces):
    assert " ".join(filter(None, map(fold, pieces))) == fold(" ".join(pieces))
