"""What a job offers, as a folder that every worker reads and none fits again.

Suppliers are cut into shards: their tables as Parquet, their texts, concepts and codes laid out for the search. What is
counted over all of them (how rare words, concepts and groups of letters are) is written once beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from integrator import ranking, taxonomy
from integrator.retrieval.fitting import load_statistics
from integrator.retrieval.shards import Shard, load_shard, retrieve
from integrator.spark.counted import read_counted
from integrator.spark.frames import read_frame, rows_of
from integrator.spark.offer_folder import RANKER, STATISTICS, TABLES, TERMS, part_name, read_manifest, shard_name
from integrator.taxonomy.space import ConceptSpace

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from integrator.taxonomy import Taxonomy


def read_offer(folder: Path, fingerprint: str) -> Artifact:
    """What `write_offer` wrote and gave the fingerprint of; kept for the next call of the same process.

    Raises `ExchangeError` with one sentence when the folder is not reached, was made by another version, or is damaged.
    """
    return _read(str(folder), fingerprint)


class Artifact:
    """The folder, as a worker uses it. Of several shards one is held at a time; of one all that was made is kept."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self._folder, self._shards = folder, range(manifest["shards"])
        terms = str(folder / TERMS) if TERMS in manifest["files"] else ""
        self._taxonomy, self._space = _lexicon(terms, manifest["files"].get(TERMS, ""))
        self._statistics = load_statistics(folder / STATISTICS)
        self._counted = read_counted(folder)
        ranker = folder / RANKER
        self.scorer = ranking.load_ranker(ranker) if RANKER in manifest["files"] else ranking.Scorecard()

    def candidates(self, needs: pd.DataFrame, requirements: pd.DataFrame, count: int) -> pd.DataFrame:
        """The candidates of some needs among every supplier, see `retrieval.candidate_pairs`."""
        return retrieve(needs, requirements, self._searched(), count)

    def offers(self, supplier_ids: Iterable[str]) -> ranking.Offers:
        """These suppliers at least, laid out as they are among all."""
        return self._whole if len(self._shards) == 1 else self._laid_out(set(supplier_ids))

    @cached_property
    def _whole(self) -> ranking.Offers:
        return self._laid_out(None)

    @cached_property
    def _only(self) -> Shard:
        return self._load(0)

    def _searched(self) -> Iterator[Shard]:
        if len(self._shards) == 1:
            yield self._only
            return
        for number in self._shards:
            yield self._load(number)

    def _load(self, number: int) -> Shard:
        return load_shard(self._folder / shard_name(number), self._statistics, self._space, self._taxonomy)

    def _laid_out(self, chosen: set[str] | None) -> ranking.Offers:
        frames = {name: self._frame(name, chosen) for name in TABLES}
        return ranking.offers_among(
            frames["suppliers"], frames["capabilities"], frames["facts"], self._space, self._counted,
            self.scorer.experience,
        )  # fmt: skip

    def _frame(self, name: str, chosen: set[str] | None) -> pd.DataFrame:
        paths = [self._folder / part_name(name, number) for number in self._shards]
        return read_frame(paths[0]) if chosen is None else rows_of(paths, TABLES[name], chosen)


@lru_cache(maxsize=2)
def _lexicon(terms: str, _sha256: str) -> tuple[Taxonomy, ConceptSpace]:
    lexicon = taxonomy.load(Path(terms) if terms else None)
    return lexicon, ConceptSpace(lexicon)


@lru_cache(maxsize=1)
def _read(folder_name: str, fingerprint: str) -> Artifact:
    folder = Path(folder_name)
    return Artifact(folder, read_manifest(folder, fingerprint))
