"""`integrator.toml` -> the job."""

from __future__ import annotations

import tomllib
from pathlib import Path

from integrator.config.job import Config, validated
from integrator.errors import UsageError

MOST_BYTES = 1_000_000
"""A larger file is no job file: it is refused before it is read."""


def load(path: Path | None) -> Config:
    """Read a job file; None = `./integrator.toml` when there is one, else the defaults.

    Raises `UsageError` for a missing or malformed file, an unknown key (with the nearest known one)
    or a value that does not fit.
    """
    if path is None:
        path = Path("integrator.toml")
        if not path.is_file():
            return Config()
    if not path.is_file():
        raise UsageError(f"{path}: no such job file: write one with `integrator init`.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"{path}: {size} bytes are too many for a job file: name the job file, not its data.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}): check its rights.") from error
    except RecursionError:
        raise UsageError(
            f"{path}: its values are nested too deeply for a job file: write one with `integrator init`."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "" if path.suffix == ".toml" else "; to read it as data, use --suppliers or --needs"
        raise UsageError(f"{path}: a job file is expected here, and this is not valid TOML ({error}){hint}.") from error
    return validated(content, path.parent, str(path))
