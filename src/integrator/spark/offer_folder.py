"""What lies in the folder of an offer, and which version, code and libraries made it.

Others would give other numbers, so a worker that has others refuses the folder.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from pathlib import Path
from typing import Any

import integrator
from integrator import tables
from integrator.cache import code
from integrator.spark.frames import ExchangeError, write_bytes

FORMAT = "integrator offer 1"
MANIFEST, TERMS, RANKER, STATISTICS = "manifest.json", "terms.csv", "ranker.json", "statistics.npz"
TABLES = {"suppliers": "supplier_id", "capabilities": "supplier_id", "facts": "entity_id"}
"""Tables of a shard, and the column that says whose a row is."""
LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "rapidfuzz")
"""Their versions may shape a number or an order."""


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


def write_manifest(folder: Path, shards: int, files: dict[str, str]) -> str:
    """Say what the folder holds (`files`: sha256 by name) and by what it was made; the fingerprint of all of it."""
    content = {**made_by(), "shards": shards, "files": files}
    return write_bytes(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), folder / MANIFEST)


def read_manifest(folder: Path, fingerprint: str) -> dict[str, Any]:
    """What `write_manifest` wrote and gave the fingerprint of: `shards`, `files`, and by what they were made.

    Raises `ExchangeError` with one sentence when the folder is not reached, was made by other versions, or any of its
    files has other bytes than were written.
    """
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
    for name, sha256 in found["files"].items():
        if digest(folder / name) != sha256:
            raise ExchangeError(f"{folder / name}: other bytes than were written: it is damaged or was changed.")
    return found


def part_name(table: str, shard: int) -> str:
    """The file of a table of a shard."""
    return f"{table}-{shard:05}.parquet"


def shard_name(number: int) -> str:
    """The file of what is laid out of a shard for the search."""
    return f"search-{number:05}.npz"


def digest(path: Path) -> str:
    """SHA-256 of a file. Raises `ExchangeError` when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ExchangeError(f"{path}: cannot be read ({error.strerror or error}).") from error


def _brief(value: object) -> str:
    return value[:12] if isinstance(value, str) else json.dumps(value)
