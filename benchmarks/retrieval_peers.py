"""Made-up data: the peers of benchmarks/retrieval.py.

They get texts in lower case without accents and signs, made outside the timings.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
from retrieval_process import TOP, Work

_SIGNS = re.compile("[^a-z0-9]+")
WARM = 200


def plain(texts: list[str]) -> list[str]:
    """Lower case, without accents, anything but letters and digits a blank."""
    bare = ("".join(c for c in unicodedata.normalize("NFKD", t.lower()) if not unicodedata.combining(c)) for t in texts)
    return [" ".join(_SIGNS.sub(" ", text).split()) for text in bare]


def bm25s(work: Work) -> Any:
    """BM25 of the whole sheets; compiled within the timings, as every new process does."""
    return _bm25s(work, plain(work.suppliers), plain(work.needs))


def bm25s_compiled(work: Work) -> Any:
    """The same, compiled before the timings begin."""
    suppliers, needs = plain(work.suppliers), plain(work.needs)
    _bm25s(Work([], []), suppliers[:WARM], needs[:WARM])
    return _bm25s(work, suppliers, needs)


def _bm25s(work: Work, suppliers: list[str], needs: list[str]) -> Any:
    import bm25s as library

    index = library.BM25(method="lucene", backend="numba")

    def build() -> None:
        index.index(library.tokenize(suppliers, stopwords=None, show_progress=False), show_progress=False)

    def query() -> Any:
        asked = library.tokenize(needs, stopwords=None, show_progress=False)
        return index.retrieve(asked, k=min(TOP, len(suppliers)), show_progress=False, n_threads=2)[0]

    work.timed("build", build)
    return _pairs(work.timed("query", query))


def tantivy(work: Work) -> Any:
    """BM25 of a search engine, the index in memory."""
    import tantivy as library

    suppliers, needs = plain(work.suppliers), plain(work.needs)
    schema = library.SchemaBuilder().add_text_field("text", stored=False, tokenizer_name="whitespace")
    index = library.Index(schema.add_integer_field("number", stored=True, fast=True).build())

    def build() -> None:
        writer = index.writer(heap_size=200_000_000, num_threads=1)
        for number, text in enumerate(suppliers):
            writer.add_document(library.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()

    def query() -> Any:
        searcher, found = index.searcher(), []
        for need, text in enumerate(needs):
            hits = searcher.search(index.parse_query(text, ["text"]), TOP).hits
            found += [(need, searcher.doc(address)["number"][0]) for _, address in hits]
        return np.asarray(found).T

    work.timed("build", build)
    return work.timed("query", query)


def sparse_dot_topn(work: Work) -> Any:
    """Cosine of TF-IDF vectors of words."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    suppliers, needs = plain(work.suppliers), plain(work.needs)
    vectors = TfidfVectorizer(token_pattern=r"\S+", dtype=np.float32)
    fitted = work.timed("build", lambda: vectors.fit_transform(suppliers).T.tocsr())

    def query() -> Any:
        found = sp_matmul_topn(vectors.transform(needs), fitted, top_n=TOP, n_threads=2).tocoo()
        return found.row, found.col

    return work.timed("query", query)


def string_grouper(work: Work) -> Any:
    """Groups of three letters as that library matches them; it gives no index to keep."""
    import pandas as pd
    from string_grouper import match_strings

    suppliers, needs = pd.Series(plain(work.suppliers)), pd.Series(plain(work.needs))

    def query() -> Any:
        found = match_strings(needs, suppliers, max_n_matches=TOP, min_similarity=0.05, number_of_processes=2)
        return found["left_index"].to_numpy(), found["right_index"].to_numpy()

    work.timed("build", lambda: None)
    return work.timed("query", query)


def _pairs(found: Any) -> Any:
    return np.repeat(np.arange(len(found)), found.shape[1]), found.ravel()
