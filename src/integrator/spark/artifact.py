"""What a job offers, as a folder that every worker reads and none fits again.

Suppliers are cut into shards: their tables as Parquet, their texts, concepts and codes laid out for the search. What is
counted over all of them (how rare words, concepts and groups of letters are) is written once beside them. The folder
says by which version, code and libraries it was made: others would give other numbers, so they are refused.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import integrator
from integrator import ranking, tables, taxonomy
from integrator.retrieval.fitting import Part, fit, load_statistics, save_statistics
from integrator.retrieval.shards import Shard, load_shard, prepare, retrieve, save_shard
from integrator.spark.counted import read_counted, write_counted
from integrator.spark.frames import ExchangeError, read_frame, rows_of, write_bytes, write_frame
from integrator.taxonomy.space import ConceptSpace

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from integrator.taxonomy import Taxonomy

FORMAT = "integrator offer 1"
MANIFEST, TERMS, RANKER, STATISTICS = "manifest.json", "terms.csv", "ranker.json", "statistics.npz"
TABLES = {"suppliers": "supplier_id", "capabilities": "supplier_id", "facts": "entity_id"}
"""Tables of a shard, and the column that says whose a row is."""
LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "rapidfuzz")
"""Their versions may shape a number or an order."""


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
            files[_name(name, number)] = write_frame(frame, folder / _name(name, number))
        shard = prepare(_searched(part), statistics, known.space, known.taxonomy)
        _saved(folder / _shard(number), partial(save_shard, shard))
    files |= {name: _digest(folder / name) for name in (STATISTICS, *map(_shard, range(len(parts))))}
    files |= _write_knowledge(known, folder)
    return write_bytes(_json({**made_by(), "shards": len(parts), "files": files}), folder / MANIFEST)


def read_offer(folder: Path, fingerprint: str) -> Artifact:
    """What `write_offer` wrote and gave the fingerprint of; kept for the next call of the same process.

    Raises `ExchangeError` with one sentence when the folder is not reached, was made by another version, or is damaged.
    """
    return _read(str(folder), fingerprint)


class Artifact:
    """The folder, as a worker uses it. Of several shards one is held at a time."""

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
        return load_shard(self._folder / _shard(number), self._statistics, self._space, self._taxonomy)

    def _laid_out(self, chosen: set[str] | None) -> ranking.Offers:
        frames = {name: self._frame(name, chosen) for name in TABLES}
        return ranking.offers_among(
            frames["suppliers"], frames["capabilities"], frames["facts"], self._space, self._counted,
            self.scorer.experience,
        )  # fmt: skip

    def _frame(self, name: str, chosen: set[str] | None) -> pd.DataFrame:
        paths = [self._folder / _name(name, number) for number in self._shards]
        return read_frame(paths[0]) if chosen is None else rows_of(paths, TABLES[name], chosen)


def made_by() -> dict[str, Any]:
    """What decides, beside the suppliers, what is fitted and what it gives."""
    return {
        "format": FORMAT,
        "tables": tables.VERSION,
        "integrator": integrator.__version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        "code": code(),
    }


@lru_cache(maxsize=1)
def code() -> str:
    """A fingerprint of the package: its code and its knowledge."""
    root, digest = Path(integrator.__file__).parent, hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(maxsize=2)
def _lexicon(terms: str, _sha256: str) -> tuple[Taxonomy, ConceptSpace]:
    lexicon = taxonomy.load(Path(terms) if terms else None)
    return lexicon, ConceptSpace(lexicon)


@lru_cache(maxsize=1)
def _read(folder_name: str, fingerprint: str) -> Artifact:
    folder = Path(folder_name)
    manifest = _manifest(folder, fingerprint)
    for name, sha256 in manifest["files"].items():
        if _digest(folder / name) != sha256:
            raise ExchangeError(f"{folder / name}: other bytes than were written: it is damaged or was changed.")
    return Artifact(folder, manifest)


def _manifest(folder: Path, fingerprint: str) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExchangeError(
            f"{folder}: this worker does not reach it ({error.strerror or error}): give with --spark-work a folder that"
            " every machine of the cluster reaches under the same path."
        ) from error
    if hashlib.sha256(content).hexdigest() != fingerprint:
        raise ExchangeError(f"{path}: other bytes than were written: it is damaged or was changed.")
    found: dict[str, Any] = json.loads(content)
    here = made_by()
    for name in here:
        if found.get(name) != here[name]:
            raise ExchangeError(
                f"{folder}: made by {name} {_brief(found.get(name))}, this worker has {_brief(here[name])}: give all"
                " machines the same environment."
            )
    return found


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
        files[RANKER] = _digest(folder / RANKER)
    elif not isinstance(known.scorer, ranking.Scorecard):
        raise ExchangeError(f"{type(known.scorer).__name__} is no scorer that can be sent.")
    return files


def _name(table: str, shard: int) -> str:
    return f"{table}-{shard:05}.parquet"


def _shard(number: int) -> str:
    return f"search-{number:05}.npz"


def _brief(value: object) -> str:
    return value[:12] if isinstance(value, str) else json.dumps(value)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be read ({error.strerror or error}).") from error


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
