"""Made-up sides of pairs: the fast ways to compare and quote them beside slow and obvious ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from integrator import tables
from integrator.ranking.features import overlaps
from integrator.ranking.reasons import presentation
from integrator.ranking.statements import Nearness, Statements, closest
from integrator.ranking.words import sentences
from integrator.tables import TableError
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace
from integrator.text.remarks import together


@pytest.fixture(scope="module")
def space() -> ConceptSpace:
    return ConceptSpace(load(None))


@dataclass(frozen=True)
class Sides:
    """Of `Pairs` what the overlaps look at."""

    need: np.ndarray
    supplier: np.ndarray
    space: ConceptSpace

    def __len__(self) -> int:
        return len(self.need)


def side(rng: np.random.Generator, rows: int, columns: np.ndarray, width: int) -> sparse.csr_matrix:
    """A few cells a row in some of the columns; rows without any too."""
    cells = rng.random((rows, len(columns))) < 0.2
    at, of = np.nonzero(cells)
    values = np.round(rng.uniform(0.05, 1, len(at)), 2)
    return sparse.csr_matrix((values, (at, columns[of])), shape=(rows, width))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_overlaps_are_those_of_whole_rows(seed, space):
    rng = np.random.default_rng(seed)
    start = int(rng.integers(len(space.concepts) - 40))
    columns = np.arange(start, start + 40)
    width = len(space.concepts)
    asked, offered = side(rng, 6, columns, width), side(rng, 9, columns, width)
    size = int(rng.integers(0, 30))
    pairs = Sides(rng.integers(0, 6, size), rng.integers(0, 9, size), space)
    one, other = asked.toarray()[pairs.need], offered.toarray()[pairs.supplier]
    reach = space.reach(offered).toarray()[pairs.supplier]
    for found, whole in (
        (overlaps.highest(pairs, asked, offered), (one * other).max(axis=1, initial=0)),
        (overlaps.highest_near(pairs, asked, offered), (one * reach).max(axis=1, initial=0)),
    ):
        np.testing.assert_array_equal(found, whole)
    np.testing.assert_allclose(overlaps.total(pairs, asked, offered), (one * other).sum(axis=1), atol=1e-12)
    np.testing.assert_allclose(overlaps.total_near(pairs, asked, offered), (one * reach).sum(axis=1), atol=1e-12)


def links(rng: np.random.Generator, entity: str, owners: int, concepts: list[str]) -> pd.DataFrame:
    rows = [
        {
            entity: f"{entity}{rng.integers(owners)}", "role": str(rng.choice(["component", "process"])),
            "concept": str(rng.choice(concepts)), "score": float(rng.choice([0.5, 0.9, 1.0])),
            "label": str(rng.choice(["Étrier", "forge"])), "text": str(rng.choice(["étrier", "forgeage"])),
            "step": str(rng.choice(["exact", "implied", "similar"])), "file": "f.csv",
            "sheet": str(rng.choice(["", "A"])), "cell": f"B{rng.integers(1, 30)}",
        }
        for _ in range(int(rng.integers(0, 40)))
    ]  # fmt: skip
    columns = [entity, *"role concept score label text step file sheet cell".split()]
    return pd.DataFrame(rows, columns=columns).astype({entity: str, "role": str, "score": float})


def slowly(rows: pd.DataFrame, entity: str, owner: str, role: str, space: ConceptSpace) -> list[tuple]:
    """What one side says, strongest first: score, concept, cell, words."""
    said = []
    for row in rows[(rows[entity] == owner) & (rows["role"] == role)].to_dict("records"):
        cell = f"f.csv [{row['sheet']}] {row['cell']}" if row["sheet"] else f"f.csv {row['cell']}"
        mark = {"implied": " (*)", "similar": " (?)"}.get(row["step"])
        same = row["label"].lower() == row["text"]
        words = row["label"] + (mark or ("" if same else f" ({row['text']})"))
        said.append((-row["score"], space.position[row["concept"]], cell, words))
    return sorted(said)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=40)
def test_the_closest_statements_are_those_of_trying_all(seed, space):
    rng = np.random.default_rng(seed)
    family = [space.concepts[i] for i in sorted(set(space.nearness[int(rng.integers(3000))].indices))][:6]
    concepts = [*family, *space.concepts[:2], *(space.concepts[i] for i in space.related.indices[:4])]
    asked, offered = links(rng, "need_id", 3, concepts), links(rng, "supplier_id", 4, concepts)
    mine = Statements(asked, "need_id", {f"need_id{i}": i for i in range(3)}, space)
    theirs = Statements(offered, "supplier_id", {f"supplier_id{i}": i for i in range(4)}, space)
    needs, suppliers = (np.asarray(one) for one in zip(*[(i, j) for i in range(3) for j in range(4)], strict=True))
    for role, tie in (("component", ""), ("component", "related"), ("process", "")):
        said, told = mine.of(role), theirs.of(role)
        found = closest(said, needs, told, suppliers, Nearness(space, tie, said.concept))
        nearness = space.related if tie else space.nearness
        for need, supplier, one, other in zip(needs, suppliers, *found, strict=True):
            left = slowly(asked, "need_id", f"need_id{need}", role, space)
            right = slowly(offered, "supplier_id", f"supplier_id{supplier}", role, space)
            best = max(
                ((a, b) for a in left for b in right),
                key=lambda pair: nearness[pair[1][1], pair[0][1]] * -pair[0][0] * -pair[1][0],
                default=(left[0] if left else None, right[0] if right else None),
            )
            for of, link, wanted in ((mine, one, best[0]), (theirs, other, best[1])):
                words, cells = of.quotes(np.asarray([link])) if link >= 0 else ([None], [None])
                assert (words[0], cells[0]) == ((wanted[3], wanted[2]) if wanted else (None, None))


def test_words_of_a_match_are_its_sentences_together(plain_run):
    matches = plain_run.tables["matches"].set_index(["need_id", "supplier_id"])
    said = sentences(plain_run.tables["reasons"], "fr")
    assert len(said) == len(matches) > 50
    for pair, by_state in said.items():
        for state, column in (("met", "reasons"), ("failed", "missing"), ("unknown", "questions")):
            wanted = together(dict.fromkeys(text for _, _, text in by_state[state]))
            assert matches.loc[pair, column] == wanted


def test_every_criterion_is_quoted(plain_run):
    assert set(plain_run.tables["reasons"]["criterion"]) == set(presentation()) - {"wording_meaning"}


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["a", "b", "é", "م", ""]), st.none() | st.integers(0, 3)), max_size=8, unique=True
    ),
    seed=st.integers(0, 99),
)
def test_a_table_in_order_is_what_sorting_makes_of_it(rows, seed):
    names = tables.MATCHES.names
    whole = pd.DataFrame(rows, columns=["need_id", "rank"]).reindex(columns=names)
    known = [row for row in rows if row[1] is not None]
    ordered = pd.DataFrame(sorted(known), columns=["need_id", "rank"]).reindex(columns=names)
    checked = tables.check(tables.MATCHES, ordered)
    shuffled = ordered.sample(frac=1, random_state=seed)
    pd.testing.assert_frame_equal(tables.check(tables.MATCHES, shuffled), checked)
    pd.testing.assert_frame_equal(tables.check(tables.MATCHES, checked), checked)
    assert len(tables.check(tables.MATCHES, whole)) == len(whole)
    if rows:
        with pytest.raises(TableError, match="key repeats"):
            tables.check(tables.MATCHES, pd.concat([whole, whole.iloc[:1]]))
