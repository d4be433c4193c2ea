"""What is fitted once on the suppliers, as a folder that every worker reads and none fits again.

The folder says by which version, code and libraries it was made: others would give other numbers, so they are refused.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import integrator
from integrator import ranking, tables, taxonomy
from integrator.meaning import Meaning
from integrator.spark.frames import ExchangeError, write_bytes
from integrator.spark.plain import Reader, Writer
from integrator.taxonomy.space import ConceptSpace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from integrator.blocks import Offer

FORMAT = "integrator offer 1"
MANIFEST, THINGS, TERMS, RANKER = "manifest.json", "things.json", "terms.csv", "ranker.json"
LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "rapidfuzz")
"""Their versions may shape a number or an order."""


def write_offer(offer: Offer, folder: Path, *, terms: Path | None, given: Mapping[str, object]) -> str:
    """Write what is fitted into an empty folder; its fingerprint.

    `given` holds the `taxonomy` read with the words of the project in `terms`, its `space`, and `meaning` or None.
    The same offer gives the same bytes. Raises `ExchangeError` for an offer that holds anything else than data.
    """
    scorer = offer.scorer
    writer = Writer(folder, {**given, "scorer": scorer})
    things = writer.node(offer)
    writer.files[THINGS] = write_bytes(_json(things), folder / THINGS)
    if terms is not None and terms.is_file():
        writer.files[TERMS] = write_bytes(terms.read_bytes(), folder / TERMS)
    if isinstance(scorer, ranking.TrainedRanker):
        scorer.save(folder / RANKER)
        writer.files[RANKER] = hashlib.sha256((folder / RANKER).read_bytes()).hexdigest()
    elif not isinstance(scorer, ranking.Scorecard):
        raise ExchangeError(f"{type(scorer).__name__} is no scorer that can be sent.")
    said = {**made_by(), "meaning": given.get("meaning") is not None, "files": writer.files}
    return write_bytes(_json(said), folder / MANIFEST)


def read_offer(folder: Path, fingerprint: str) -> Offer:
    """What `write_offer` wrote and gave the fingerprint of; kept for the next call of the same process.

    Raises `ExchangeError` with one sentence when the folder is not reached, was made by another version, or is damaged.
    """
    return _read(str(folder), fingerprint)


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


@lru_cache(maxsize=1)
def _read(folder_name: str, fingerprint: str) -> Offer:
    folder = Path(folder_name)
    manifest = _manifest(folder, fingerprint)
    for name, sha256 in manifest["files"].items():
        if _digest(folder / name) != sha256:
            raise ExchangeError(f"{folder / name}: other bytes than were written: it is damaged or was changed.")
    lexicon = taxonomy.load(folder / TERMS)
    given: dict[str, object] = {"taxonomy": lexicon, "space": ConceptSpace(lexicon), "scorer": ranking.Scorecard()}
    if manifest["meaning"]:
        given["meaning"] = Meaning(None)
    if RANKER in manifest["files"]:
        given["scorer"] = ranking.load_ranker(folder / RANKER, with_meaning=manifest["meaning"])
    things = json.loads((folder / THINGS).read_text(encoding="utf-8"))
    return cast("Offer", Reader(folder, given).thing(things))


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
