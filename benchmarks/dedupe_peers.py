"""Made-up data: the peers of benchmarks/dedupe.py, each as well set up as we could without labels.

They get lower-case names without accents and signs; that is timed, as ours is. splink is tried in three set-ups, of
which its best counts.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

try:  # imports are not timed
    import recordlinkage
    import splink.comparison_library as compare
    import string_grouper as grouper
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on
except ImportError as missing:  # an older or newer interface: said by the engine that needs it
    logging.getLogger(__name__).warning("%s", missing)

_SIGNS = re.compile("[^a-z0-9]+")
_LEGAL = re.compile(r"\b(sarl au|s a r l au|s a r l|sarl|s a|sa|sas|ltd|inc|gmbh|ste|societe)\b")


def plain(texts: pd.Series) -> pd.Series:
    """Lower case, without accents, anything but letters and digits a blank."""
    bare = ("".join(c for c in unicodedata.normalize("NFKD", t.lower()) if not unicodedata.combining(c)) for t in texts)
    return pd.Series([" ".join(_SIGNS.sub(" ", text).split()) for text in bare])


def without_legal(names: pd.Series) -> pd.Series:
    """Plain names without legal forms."""
    return pd.Series([" ".join(_LEGAL.sub(" ", name).split()) or name for name in plain(names)])


def splink_names(frame: pd.DataFrame) -> Any:
    """The whole name by Jaro-Winkler, town and sector; blocks of first letters and of town and sector."""
    return _splink(
        frame,
        plain(frame["name"]),
        [compare.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88, 0.8, 0.7])],
        ["substr(name, 1, 4)", "substr(name, -6)", ("city", "sector")],
        ["substr(name, 1, 4)", "city"],
    )


def splink_brand(frame: pd.DataFrame) -> Any:
    """Without legal forms; besides, the first word with its frequency; blocks of it, first letters, town and sector."""
    return _splink(
        frame,
        without_legal(frame["name"]),
        [
            compare.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88, 0.8, 0.7]),
            compare.JaroWinklerAtThresholds("brand", [0.95, 0.88]).configure(term_frequency_adjustments=True),
        ],
        ["brand", "substr(name, 1, 4)", ("city", "sector")],
        ["city", "sector"],
    )


def splink_words(frame: pd.DataFrame) -> Any:
    """Without legal forms; first word with its frequency, and the rest of the name by letters; the same blocks."""
    return _splink(
        frame,
        without_legal(frame["name"]),
        [
            compare.DamerauLevenshteinAtThresholds("brand", [1, 2]).configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("rest", [0.95, 0.88, 0.75]),
        ],
        ["brand", "substr(name, 1, 4)", "rest", ("city", "sector")],
        ["city", "sector"],
    )


def _splink(frame: pd.DataFrame, names: pd.Series, compared: list[Any], blocks: list[Any], trained: list[str]) -> Any:
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = pd.DataFrame({"unique_id": np.arange(len(names)), "name": names, "city": plain(frame["city"])})
    table["sector"] = plain(frame["sector"])
    table["brand"] = names.str.split().str[0].fillna("")
    table["rest"] = names.str.split().str[1:].str.join(" ")
    table = table.mask(table == "", None)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            *compared,
            compare.JaroWinklerAtThresholds("city", [0.9]).configure(term_frequency_adjustments=True),
            compare.ExactMatch("sector"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*([b] if isinstance(b, str) else b)) for b in blocks],
    )
    interface = DuckDBAPI()
    linker = Linker(interface.register(table), settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.3)
    for block in trained:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(block))
    found = linker.inference.predict(threshold_match_probability=0.001).as_pandas_dataframe()
    return found["unique_id_l"], found["unique_id_r"], found["match_probability"]


def recordlinkage_name_city(frame: pd.DataFrame) -> Any:
    """Neighbours in the order of names and rows of one first word; Jaro-Winkler of names and equal towns, added."""
    names = without_legal(frame["name"])
    table = pd.DataFrame({"name": names, "brand": names.str.split().str[0], "city": plain(frame["city"])})
    index = recordlinkage.Index()
    index.block("brand")
    index.sortedneighbourhood("name", window=15)
    pairs = index.index(table)
    compared = recordlinkage.Compare()
    compared.string("name", "name", method="jarowinkler", label="name")
    compared.exact("city", "city", label="city")
    found = compared.compute(pairs, table)
    one, other = (np.asarray(found.index.get_level_values(side)) for side in (0, 1))
    stated = (table["city"] != "").to_numpy()
    city = np.where(stated[one] & stated[other], found["city"].to_numpy() - 0.5, 0.0)
    return one, other, found["name"].to_numpy() + 0.2 * city


def string_grouper(frame: pd.DataFrame) -> Any:
    """Groups of three letters of the name."""
    found = grouper.match_strings(without_legal(frame["name"]), max_n_matches=20, min_similarity=0.4)
    return _once(found["left_index"].to_numpy(), found["right_index"].to_numpy(), found["similarity"].to_numpy())


def sparse_dot_topn(frame: pd.DataFrame) -> Any:
    """Cosine of groups of two to four letters of the name."""
    names = without_legal(frame["name"])
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, dtype=np.float32)
    fitted = vectors.fit_transform(names)
    found = sp_matmul_topn(fitted, fitted.T.tocsr(), top_n=20, threshold=0.4, n_threads=2).tocoo()
    return _once(found.row, found.col, found.data)


def _once(one: np.ndarray, other: np.ndarray, score: np.ndarray) -> Any:
    kept = one != other
    one, other, score = one[kept], other[kept], score[kept]
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    _, at = np.unique(low * (int(high.max(initial=0)) + 1) + high, return_index=True)
    return low[at], high[at], score[at]
