"""Three small public labelled sets as features, labels and groups, for judging rankers openly.

The folder given holds the subfolders `abt` (Abt-Buy product tables), `melo_fr_fr` (MELO, French job titles to a
taxonomy) and `ltr` (LightGBM's lambdarank example). They are read from there and never kept in this repository.

abt, melo_fr_fr: a query is a row of table b, or a job title; its candidates are the 30 texts of the other side nearest
by letters (TF-IDF of char_wb 3-5, sublinear, ties by row), the same for every ranker. Labels are 1 where the gold
says so, else 0. Queries without a right candidate among the 30 are left out: no order of the 30 is better than another,
and the ideal is that of the 30, so the figures compare rankers of one candidate list and are no end-to-end quality.
ltr: grades 0-4 and features as published, train and test together.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz
from scipy import sparse
from sklearn.datasets import load_svmlight_file
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

CANDIDATES = 30
NAMES = ("abt", "melo_fr_fr", "ltr")


@dataclass(frozen=True)
class RankingSet:
    """Rows of one group stand together."""

    name: str
    X: np.ndarray
    """(rows, features); NaN is unknown."""
    y: np.ndarray
    groups: np.ndarray
    """Number of the query of each row."""
    features: tuple[str, ...]
    left_out: int
    """Queries without a right candidate."""
    monotonic: tuple[int, ...]
    """1 where a higher value should never lower the score, by feature."""

    def scorecard(self) -> np.ndarray | None:
        """An untrained score (rows,): the mean of the features that speak for a match, unknown as their mean."""
        if not any(self.monotonic):
            return None
        known = self.X[:, np.array(self.monotonic) == 1]
        spread = np.nanstd(known, axis=0)
        scaled = (known - np.nanmean(known, axis=0)) / np.where(spread > 0, spread, 1.0)
        return np.nan_to_num(scaled).mean(axis=1)


def load(name: str, folder: Path) -> RankingSet:
    """One of NAMES from its subfolder of `folder`."""
    readers: dict[str, Callable[[Path], RankingSet]] = {"abt": _abt, "melo_fr_fr": _melo, "ltr": _ltr}
    return readers[name](folder / name)


def folds(groups: np.ndarray, n_folds: int = 5, seed: int = 0) -> np.ndarray:
    """The fold of each row: groups are shuffled by the seed and dealt out whole."""
    names = np.unique(groups)
    dealt = np.empty(len(names), dtype=int)
    dealt[np.random.default_rng(seed).permutation(len(names))] = np.arange(len(names)) % n_folds
    return dealt[np.searchsorted(names, groups)]


def _ltr(folder: Path) -> RankingSet:
    parts = [load_svmlight_file(str(folder / f"rank.{part}"), n_features=300) for part in ("train", "test")]
    sizes = np.concatenate([np.loadtxt(folder / f"rank.{part}.query", dtype=int) for part in ("train", "test")])
    x = sparse.vstack([part for part, _ in parts]).toarray()
    x = np.ascontiguousarray(x[:, : int(np.flatnonzero(x.any(axis=0))[-1]) + 1])
    groups = np.repeat(np.arange(len(sizes)), sizes)
    y = np.concatenate([labels for _, labels in parts])
    return RankingSet("ltr", x, y, groups, tuple(f"f{i}" for i in range(x.shape[1])), 0, (0,) * x.shape[1])


def _abt(folder: Path) -> RankingSet:
    a, b = pd.read_parquet(folder / "table_a.parquet"), pd.read_parquet(folder / "table_b.parquet")
    gold = pd.read_parquet(folder / "gold.parquet")
    sides = [(t["name"].fillna("") + " " + t["description"].fillna("")).tolist() for t in (b, a)]
    place_a, place_b = ({key: i for i, key in enumerate(t["_id"])} for t in (a, b))
    right = {(place_b[two], place_a[one]) for one, two in gold[["id1", "id2"]].itertuples(index=False)}
    prices = [pd.to_numeric(t["price"], errors="coerce").to_numpy(dtype=float) for t in (b, a)]
    return _texts("abt", *sides, right, prices)


def _melo(folder: Path) -> RankingSet:
    def table(name: str) -> list[list[str]]:
        return [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines() if line.strip()]

    queries, corpus, gold = table("queries.tsv"), table("corpus_elements.tsv"), table("annotations.tsv")
    place_q, place_c = ({row[0]: i for i, row in enumerate(rows)} for rows in (queries, corpus))
    right = {(place_q[row[0]], place_c[row[2]]) for row in gold if row[3] != "0"}
    return _texts("melo_fr_fr", [row[1] for row in queries], [row[1] for row in corpus], right, None)


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", plain))


def _texts(
    name: str, queries: Sequence[str], corpus: Sequence[str], right: set[tuple[int, int]], prices: list | None
) -> RankingSet:
    """Candidates, features and labels from two sides of texts."""
    asked, offered = [_fold(text) for text in queries], [_fold(text) for text in corpus]
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    side = letters.fit_transform(offered).T.tocsr()
    query, candidate, near = [], [], []
    for start in range(0, len(asked), 256):
        likeness = (letters.transform(asked[start : start + 256]) @ side).toarray()
        best = np.argsort(-likeness, axis=1, kind="stable")[:, :CANDIDATES]
        query.append(np.repeat(np.arange(start, start + len(best)), best.shape[1]))
        candidate.append(best.ravel())
        near.append(np.take_along_axis(likeness, best, axis=1).ravel())
    q, c = np.concatenate(query), np.concatenate(candidate)
    y = np.array([pair in right for pair in zip(q.tolist(), c.tolist(), strict=True)], dtype=float)
    found = np.isin(q, q[y > 0])
    left_out = len(asked) - len(np.unique(q[found]))
    columns = {"letters": np.concatenate(near)} | _features(asked, offered, q, c)
    monotonic = {key: 0 if key == "length_ratio" else 1 for key in columns}
    if prices is not None:
        one, two = prices[0][q], prices[1][c]
        with np.errstate(invalid="ignore", divide="ignore"):
            closeness = np.minimum(one, two) / np.maximum(one, two)
        columns["price_closeness"] = np.where((one > 0) & (two > 0), closeness, np.nan)
        monotonic["price_closeness"] = 1
    x = np.column_stack(list(columns.values()))
    return RankingSet(name, x[found], y[found], q[found], tuple(columns), left_out, tuple(monotonic.values()))


def _features(asked: list[str], offered: list[str], q: np.ndarray, c: np.ndarray) -> dict[str, np.ndarray]:
    """Likeness of the texts of each pair; NaN where a side has nothing to compare."""
    counter = CountVectorizer(token_pattern=r"\S+", lowercase=False)
    corpus = sparse.csr_matrix(counter.fit_transform(offered), dtype=float)
    queries = sparse.csr_matrix(counter.transform(asked), dtype=float)
    words = TfidfVectorizer(token_pattern=r"\S+", lowercase=False, sublinear_tf=True)
    weighted = words.fit_transform(offered)
    idf = np.log((1 + len(offered)) / (1 + np.diff(corpus.tocsc().indptr))) + 1.0
    length = np.asarray(corpus.sum(axis=1)).ravel()
    bm25 = corpus.tocoo()
    bound = 1.2 * (0.25 + 0.75 * length / length.mean())
    bm25.data = bm25.data * 2.2 / (bm25.data + bound[bm25.row]) * idf[bm25.col]
    has_q, has_c = queries.sign(), corpus.sign()
    shared = _rowwise(has_q[q] @ sparse.diags(idf), has_c[c])
    own, other = ([set(text.split()) for text in texts] for texts in (asked, offered))
    numbers = [[{w for w in ws if any(ch.isdigit() for ch in w)} for ws in side] for side in (own, other)]
    pairs = list(zip(q.tolist(), c.tolist(), strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        coverage_q = shared / np.array([fsum(_weight(counter, idf, w) for w in ws) for ws in own])[q]
        coverage_c = shared / np.array([fsum(_weight(counter, idf, w) for w in ws) for ws in other])[c]
    return {
        "words": _rowwise(words.transform(asked)[q], weighted[c]),
        "bm25": _rowwise(has_q[q], sparse.csr_matrix(bm25)[c]),
        "ratio": np.array([fuzz.ratio(asked[i], offered[j]) for i, j in pairs]),
        "partial_ratio": np.array([fuzz.partial_ratio(asked[i], offered[j]) for i, j in pairs]),
        "token_set_ratio": np.array([fuzz.token_set_ratio(asked[i], offered[j]) for i, j in pairs]),
        "jaccard": np.array([_share(own[i] & other[j], own[i] | other[j]) for i, j in pairs]),
        "query_coverage": coverage_q,
        "candidate_coverage": coverage_c,
        "length_ratio": np.array([len(asked[i]) / max(len(offered[j]), 1) for i, j in pairs]),
        "numbers": np.array([_share(numbers[0][i] & numbers[1][j], numbers[0][i]) for i, j in pairs]),
    }


def _weight(counter: CountVectorizer, idf: np.ndarray, word: str) -> float:
    place = counter.vocabulary_.get(word)
    return float(idf.max()) if place is None else float(idf[place])


def _rowwise(one: sparse.csr_matrix, two: sparse.csr_matrix) -> np.ndarray:
    return np.asarray(one.multiply(two).sum(axis=1)).ravel()


def _share(part: set[str], whole: set[str]) -> float:
    return len(part) / len(whole) if whole else float("nan")


def main() -> None:
    """Print what each set holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    for name in NAMES:
        one = load(name, parser.parse_args().folder)
        labels = ", ".join(f"{label:g}: {(one.y == label).sum()}" for label in np.unique(one.y))
        queries = f"{len(np.unique(one.groups))} queries ({one.left_out} left out)"
        print(f"{name}: {queries}, {len(one.y)} rows, {len(one.features)} features, labels {labels}")


if __name__ == "__main__":
    main()
