"""Every worked number is worked out again, and each identity has its property test; made-up examples."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from worked_numbers import SECTIONS, numbers, table

HERE = Path(__file__).parent
CASES = table("worked_numbers.csv")
IDENTITIES = table("identities.csv")


@lru_cache(maxsize=1)
def found() -> dict[tuple[str, str], float]:
    return numbers()


def stands(test: str) -> bool:
    """Whether a file of tests has a test of this name."""
    file, _, name = test.partition("::")
    return re.search(rf"^def {name}\(", (HERE / file).read_text(encoding="utf-8"), re.MULTILINE) is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['section']} {case['what']}")
def test_every_worked_number(case: dict[str, str]) -> None:
    value = found()[case["section"], case["what"]]
    assert value == pytest.approx(float(case["expected"]), rel=0, abs=float(case["tolerance"]) or 1e-9)


def test_nothing_is_worked_out_without_its_published_number() -> None:
    listed = [(case["section"], case["what"]) for case in CASES]
    assert sorted(listed) == sorted(found())
    assert {section for section, _ in listed} == set(SECTIONS)


@pytest.mark.parametrize("test", sorted({case["test"] for case in (*CASES, *IDENTITIES)}))
def test_each_is_looked_at_more_closely_somewhere(test: str) -> None:
    assert stands(test)
