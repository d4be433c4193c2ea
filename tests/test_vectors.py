"""Our vectors are those of scikit-learn, and a product of two is a cosine."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from integrator.vectors import TextVectors, letter_groups

TEXTS = st.lists(st.text("abcé دش0 ", max_size=30), min_size=1, max_size=8)


@given(TEXTS, TEXTS)
def test_letter_groups_equal_the_library(fitted, others):
    if not any(text.strip() for text in fitted):
        return
    peer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, lowercase=False)
    expected = peer.fit_transform(fitted)
    ours = TextVectors(fitted, letter_groups)
    assert np.allclose((ours.fitted @ ours.fitted.T).toarray(), (expected @ expected.T).toarray())
    asked = peer.transform(others)
    assert np.allclose((ours.of(others) @ ours.fitted.T).toarray(), (asked @ expected.T).toarray())


@given(TEXTS)
def test_words_have_length_one_or_nothing(texts):
    vectors = TextVectors(texts, str.split).fitted
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    assert all(abs(length - (1.0 if text.split() else 0.0)) < 1e-9 for length, text in zip(lengths, texts, strict=True))


def test_nothing_to_fit_is_nothing_to_find():
    assert TextVectors([], str.split).of(["a"]).nnz == 0
    assert TextVectors(["", " "], letter_groups).of(["a"]).nnz == 0
