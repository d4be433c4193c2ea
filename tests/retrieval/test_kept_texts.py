"""Fitted texts taken from the cache are the texts fitted again. All content is made up."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator.cache import Cache, mark
from integrator.retrieval import kept
from integrator.retrieval.channels import ANALYZERS

ARRAYS = ("texts", "begin", "times", "lists", "scale")
TEXTS = ["vis acier", "vis vis laiton", "joint", "é"]


def offer(texts):
    return SimpleNamespace(texts=texts, times=np.arange(1, len(texts) + 1))


def told(rows):
    """All that fitted texts hold."""
    arrays = [getattr(rows, name) for name in ARRAYS] + [rows.terms.holding]
    return [(array.dtype, array.tolist()) for array in arrays], rows.terms.names, rows.terms.texts


@pytest.mark.parametrize("name", ANALYZERS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(texts=st.lists(st.text("abé ", min_size=1, max_size=9), unique=True, max_size=6))
def test_kept_texts_are_the_fitted_ones(tmp_path_factory, name, texts):
    folder = tmp_path_factory.mktemp("texts")
    fresh = told(kept.text_rows(name, offer(texts), ANALYZERS[name]))
    for _ in range(2):
        assert told(kept.text_rows(name, offer(texts), ANALYZERS[name], folder)) == fresh
    assert len(list(folder.iterdir())) == 1


def test_channels_texts_and_times_are_told_apart(tmp_path):
    asked = [
        ("characters", offer(TEXTS)), ("words", offer(TEXTS)), ("words", offer(TEXTS[::-1])),
        ("words", SimpleNamespace(texts=TEXTS, times=np.ones(4, dtype=np.int64))),
    ]  # fmt: skip
    for _ in range(2):
        for name, one in asked:
            assert told(kept.text_rows(name, one, ANALYZERS[name], tmp_path)) == told(
                kept.text_rows(name, one, ANALYZERS[name])
            )
    assert len(list(tmp_path.iterdir())) == len(asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"texts": np.asarray([99] * 6, dtype=np.int32)}, {"begin": np.zeros(3, dtype=np.int64)}, {"lists": np.zeros(0)},
        {"terms.holding": np.zeros(1)}, {"terms.texts_ends": np.asarray([2, 1])}, {"terms.number": np.zeros(0)},
        {"scale": np.zeros(0)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)  # fmt: skip
def test_arrays_that_do_not_fit_each_other_are_fitted_anew(tmp_path, wrong):
    one = offer(TEXTS)
    fresh = told(kept.text_rows("words", one, str.split, tmp_path))
    key = mark("words", one.texts, one.times)
    arrays = Cache(tmp_path).get(kept.TEXTS, key, dict)
    Cache(tmp_path).put(kept.TEXTS, key, {**arrays, **wrong})
    assert told(kept.text_rows("words", one, str.split, tmp_path)) == fresh
