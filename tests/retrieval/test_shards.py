"""Suppliers cut into shards give the candidates of one; made-up suppliers and needs, with many equal ones."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.normalization import capabilities_table, needs_table, requirements_table, suppliers_table
from integrator.records import CellRef, Record
from integrator.retrieval import all_channels, candidate_pairs, shards
from integrator.retrieval.fitting import Part, fit, load_statistics, save_statistics
from integrator.taxonomy import load
from integrator.taxonomy.space import ConceptSpace

TAXONOMY = load()
SPACE = ConceptSpace(TAXONOMY)
PRODUCTS = [
    "étriers de frein", "étrier de frein", "faisceaux électriques", "pièces plastiques; agrafes", "zorglub spécial",
    "Nous faisons des réf. spéciales. Zorglub", "réf. 12 ; étriers de frein", "", "wiring harness", "ضفيرة أسلاك",
]  # fmt: skip
PROCESSES = ["fonderie; usinage", "injection plastique", "câblage", "", "emboutissage"]
CODES = ["8708.30", "8708.30; 8544.30", "8544", "", "8544.30"]
COMPONENTS = ["brake caliper réf. 12", "zorglub", "ضفيرة أسلاك", "agrafe plastique", "qqqq", "faisceau"]


def table(kind, rows):
    made = []
    for number, values in enumerate(rows, start=2):
        ref = CellRef("made_up.csv", "", number)
        made.append(Record(kind, ref, values, dict.fromkeys(values, ref)))
    return made


def world(chance, suppliers, needs):
    """Tables of both sides; the suppliers in random order, many of them equal but for the id."""
    offered = [
        {
            "supplier_id": f"S{i:03}", "name": f"Made up {i}", "products": chance.choice(PRODUCTS),
            "processes": chance.choice(PROCESSES), "hs_codes": chance.choice(CODES),
        }
        for i in chance.sample(range(suppliers), suppliers)
    ]  # fmt: skip
    asked = [
        {
            "need_id": f"X{i}", "component": chance.choice(COMPONENTS), "processes": chance.choice(PROCESSES),
            "hs_code": chance.choice(CODES).split(";")[0],
        }
        for i in range(needs)
    ]  # fmt: skip
    one, other = table("supplier", offered), table("need", asked)
    return (
        suppliers_table(one), capabilities_table(one, TAXONOMY), needs_table(other),
        requirements_table(other, TAXONOMY),
    )  # fmt: skip


def cut(suppliers, capabilities, where):
    """Parts by the number that `where` holds for each supplier."""
    parts = []
    for number in sorted(set(where.tolist())):
        own = suppliers[where == number]
        theirs = capabilities[capabilities["supplier_id"].isin(own["supplier_id"])]
        parts.append(Part(own.reset_index(drop=True), theirs.reset_index(drop=True)))
    return parts


def whole(suppliers, capabilities, needs, requirements, count):
    return candidate_pairs(
        needs, requirements, suppliers, all_channels(suppliers, capabilities, SPACE, TAXONOMY), count
    )


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(1, 6), st.integers(1, 12), st.integers(1, 30_000))
def test_any_cutting_gives_the_candidates_of_one_table(seed, size, pieces, count, block_bytes):
    chance = random.Random(seed)
    suppliers, capabilities, needs, requirements = world(chance, size, 7)
    parts = cut(suppliers, capabilities, np.asarray([chance.randrange(pieces) for _ in range(len(suppliers))]))
    fitted = fit(lambda: parts, SPACE, TAXONOMY)
    ready = (shards.prepare(part, fitted, SPACE, TAXONOMY) for part in chance.sample(parts, len(parts)))
    found = shards.retrieve(needs, requirements, ready, count, block_bytes)
    expected = whole(suppliers, capabilities, needs, requirements, count)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    blocks = []
    for start in range(0, len(needs), 3):
        ready = (shards.prepare(part, fitted, SPACE, TAXONOMY) for part in parts)
        blocks.append(shards.retrieve(needs.iloc[start : start + 3], requirements, ready, count))
    pd.testing.assert_frame_equal(pd.concat(blocks, ignore_index=True), expected, check_exact=True)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Statistics and shards on disk, and the tables they were made of."""
    folder = tmp_path_factory.mktemp("artifact")
    tables = world(random.Random(5), 40, 9)
    parts = cut(tables[0], tables[1], np.arange(40) % 3)
    fitted = fit(lambda: parts, SPACE, TAXONOMY)
    save_statistics(fitted, folder / "statistics.npz")
    for number, part in enumerate(parts):
        shards.save_shard(shards.prepare(part, fitted, SPACE, TAXONOMY), folder / f"{number}.npz")
    return folder, tables


def test_what_was_written_answers_as_what_was_fitted(kept):
    folder, tables = kept
    fitted = load_statistics(folder / "statistics.npz")
    ready = (shards.load_shard(folder / f"{number}.npz", fitted, SPACE, TAXONOMY) for number in range(3))
    found = shards.retrieve(*tables[2:], ready, 5)
    pd.testing.assert_frame_equal(found, whole(*tables, 5), check_exact=True)


def test_files_are_the_same_when_written_twice_and_hold_no_objects(kept, tmp_path):
    folder, _ = kept
    fitted = load_statistics(folder / "statistics.npz")
    save_statistics(fitted, tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (folder / "statistics.npz").read_bytes()
    shards.save_shard(shards.load_shard(folder / "0.npz", fitted, SPACE, TAXONOMY), tmp_path / "again.npz")
    assert (tmp_path / "again.npz").read_bytes() == (folder / "0.npz").read_bytes()
    for path in folder.iterdir():
        with np.load(path, allow_pickle=False) as found:
            assert all(found[name].dtype.kind in "iuf" for name in found.files)


@pytest.mark.parametrize(
    "change",
    [
        {"shard": np.asarray(0)}, {"ids": np.asarray([{"a": "pickled"}], dtype=object)}, {"hs.owner": np.asarray([99])},
        {"words.texts": np.asarray([10**6] * 3)}, {"concept.owned": np.asarray([0, 10**9])}, {"words.lists": None},
        {"lines.indices": np.asarray([10**6])},
    ],
    ids=str,
)  # fmt: skip
def test_a_file_that_is_not_sound_is_refused(kept, tmp_path, change):
    folder, _ = kept
    fitted = load_statistics(folder / "statistics.npz")
    with np.load(folder / "0.npz") as found:
        arrays = dict(found) | change
    path = tmp_path / "0.npz"
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})
    with pytest.raises(ValueError, match=r"make it anew|do not fit|beyond|indices"):
        shards.load_shard(path, fitted, SPACE, TAXONOMY)
    path.write_bytes((folder / "0.npz").read_bytes()[:-300])
    with pytest.raises(ValueError, match="make it anew"):
        shards.load_shard(path, fitted, SPACE, TAXONOMY)


def test_statistics_of_another_version_are_refused(kept, tmp_path):
    folder, _ = kept
    with np.load(folder / "statistics.npz") as found:
        np.savez(tmp_path / "old.npz", **(dict(found) | {"statistics": np.asarray(0)}))
    with pytest.raises(ValueError, match="does not hold statistics of version"):
        load_statistics(tmp_path / "old.npz")


def test_no_shard_is_a_fault_and_no_need_is_none(kept):
    folder, tables = kept
    fitted = load_statistics(folder / "statistics.npz")
    one = shards.load_shard(folder / "0.npz", fitted, SPACE, TAXONOMY)
    with pytest.raises(ValueError, match="no shard"):
        shards.retrieve(*tables[2:], [], 5)
    assert len(shards.retrieve(tables[2].iloc[:0], tables[3], [one], 5)) == 0
