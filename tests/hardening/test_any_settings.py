"""Any job file, ranker and file of own words is read or refused in a sentence: nothing else escapes. All made up."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator import config
from integrator.errors import InputRefused, UsageError
from integrator.ranking.trained import load_ranker
from integrator.taxonomy.overlay import COLUMNS, read_overlay
from integrator.text.dates import read_date

FOLDER = Path(tempfile.mkdtemp(prefix="any-settings-"))
CASES = -(-int(os.environ.get("INTEGRATOR_FUZZ", "400")) // 4)
relaxed = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
RANKER = json.loads(files("integrator.data").joinpath("ranking/ranker.json").read_text(encoding="utf-8"))
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
ANY = st.recursive(PLAIN, lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3))
TOML = st.text(max_size=80) | st.lists(
    st.sampled_from(
        ["[inputs]", "[output]", "[matching]", "suppliers", "lang", "top", "=", '"s.csv"', "[", "]", "-1", "\n", "{",
         "}", "1e999", "2026-01-01", "'''", "top = 5\n", 'lang = "fr"\n', "nan"]
    ), max_size=20,
).map(" ".join)  # fmt: skip
WORDS = st.lists(
    st.lists(st.sampled_from([*COLUMNS, "X-vis", "fr", "pref", "ignored", "", '"', "# x", "vis", "a;b"]), max_size=10),
    max_size=6,
)


def _said(read: Callable[[Path], object], path: Path) -> str:
    """What is refused, "" when the file is read."""
    try:
        read(path)
    except (UsageError, InputRefused) as error:
        return str(error) or "nothing is said"
    return ""


@relaxed
@given(TOML)
def test_any_job_file(text: str) -> None:
    path = FOLDER / "integrator.toml"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert _said(config.load, path) != "nothing is said"


@relaxed
@given(st.sampled_from(sorted(RANKER)), ANY)
def test_any_ranker(part: str, value: Any) -> None:
    path = FOLDER / "ranker.json"
    path.write_text(json.dumps(RANKER | {part: value}), encoding="utf-8")
    assert len(_said(load_ranker, path).splitlines()) <= 1


def test_a_ranker_nested_too_deeply() -> None:
    path = FOLDER / "deep.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    assert "no ranker" in _said(load_ranker, path)


@relaxed
@given(WORDS)
def test_any_file_of_own_words(rows: list[list[str]]) -> None:
    path = FOLDER / "terms.csv"
    path.write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    assert _said(read_overlay, path) != "nothing is said"


@relaxed
@given(
    st.text(max_size=20)
    | st.lists(st.sampled_from(["T3", "2026", "S1", "31/02", "mars", "-", "12", "fin", "مارس", "W53"]), max_size=5).map(
        " ".join
    ),
    st.booleans(),
)
def test_any_date(text: str, serial: bool) -> None:
    found = read_date(text, serial)
    assert found is None or found.start <= found.end
