"""Fits everything on the suppliers and writes it, so many of them a shard, as a folder that every worker reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from integrator import ranking
from integrator.retrieval.fitting import Part, fit, save_statistics
from integrator.retrieval.shards import prepare, save_shard
from integrator.spark.counted import write_counted
from integrator.spark.frames import ExchangeError, write_bytes, write_frame
from integrator.spark.offer_folder import RANKER, STATISTICS, TERMS, digest, part_name, shard_name, write_manifest

if TYPE_CHECKING:
    import pandas as pd

    from integrator.taxonomy import Taxonomy
    from integrator.taxonomy.space import ConceptSpace


@dataclass(frozen=True)
class Tables:
    """What is matched, as the pipeline laid it out; of `facts` those of the suppliers are taken."""

    suppliers: pd.DataFrame
    capabilities: pd.DataFrame
    facts: pd.DataFrame
    needs: pd.DataFrame
    """Of the whole job; only the buyers that they name count here."""


@dataclass(frozen=True)
class Knowledge:
    """What the tables were read with."""

    taxonomy: Taxonomy
    space: ConceptSpace
    scorer: ranking.Scorer
    terms: Path | None = None
    """File of the words of the project that the taxonomy was read with."""


def write_offer(given: Tables, known: Knowledge, folder: Path, suppliers: int) -> str:
    """Fit everything on the suppliers and write it into an empty folder, so many suppliers a shard; its fingerprint.

    The same tables give the same bytes. Raises `ExchangeError` for what cannot be sent.
    """
    parts = _parts(given, suppliers)
    statistics = fit(lambda: (_searched(part) for part in parts), known.space, known.taxonomy)
    _saved(folder / STATISTICS, lambda path: save_statistics(statistics, path))
    offers = ranking.offers_of(
        given.suppliers, given.capabilities, given.facts, given.needs, known.space, known.scorer.experience
    )
    files = write_counted(ranking.counted_of(offers), folder)
    del offers
    for number, part in enumerate(parts):
        for name, frame in part.items():
            files[part_name(name, number)] = write_frame(frame, folder / part_name(name, number))
        shard = prepare(_searched(part), statistics, known.space, known.taxonomy)
        _saved(folder / shard_name(number), partial(save_shard, shard))
    files |= {name: digest(folder / name) for name in (STATISTICS, *map(shard_name, range(len(parts))))}
    files |= _write_knowledge(known, folder)
    return write_manifest(folder, len(parts), files)


def _parts(given: Tables, suppliers: int) -> list[dict[str, pd.DataFrame]]:
    """The tables of each shard, by name; one shard at least."""
    cut = range(0, max(len(given.suppliers), 1), suppliers)
    if len(cut) == 1:
        own = given.facts[given.facts["entity"] == "supplier"]
        return [{"suppliers": given.suppliers, "capabilities": given.capabilities, "facts": own}]
    number = {one: place // suppliers for place, one in enumerate(given.suppliers["supplier_id"].tolist())}
    of_facts = given.facts["entity_id"].map(number).where(given.facts["entity"] == "supplier")
    of_capabilities = given.capabilities["supplier_id"].map(number)
    return [
        {
            "suppliers": given.suppliers.iloc[start : start + suppliers],
            "capabilities": given.capabilities[of_capabilities == shard],
            "facts": given.facts[of_facts == shard],
        }
        for shard, start in enumerate(cut)
    ]


def _searched(part: dict[str, pd.DataFrame]) -> Part:
    return Part(part["suppliers"], part["capabilities"])


def _saved(path: Path, save: Callable[[Path], None]) -> None:
    """Files kept for oneself are readable by oneself alone; these are as readable as the others of the folder."""
    save(path)
    path.chmod(0o666 & ~_umask())


def _umask() -> int:
    found = os.umask(0o022)
    os.umask(found)
    return found


def _write_knowledge(known: Knowledge, folder: Path) -> dict[str, str]:
    files = {}
    if known.terms is not None and known.terms.is_file():
        files[TERMS] = write_bytes(known.terms.read_bytes(), folder / TERMS)
    if isinstance(known.scorer, ranking.TrainedRanker):
        known.scorer.save(folder / RANKER)
        files[RANKER] = digest(folder / RANKER)
    elif not isinstance(known.scorer, ranking.Scorecard):
        raise ExchangeError(f"{type(known.scorer).__name__} is no scorer that can be sent.")
    return files
