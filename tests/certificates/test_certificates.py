"""What a certificate cell says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.data import read
from integrator.normalization.certificates import read_certificates

CASES = Path(__file__).parent / "certificate_cases.csv"


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        return list(read(stream, CASES.name))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in _cases()])
def test_a_cell(case: dict[str, str]) -> None:
    found, unread = read_certificates(case["text"])
    assert "; ".join(map(str, found)) == case["expected"]
    assert "; ".join(unread) == case["unread"]


@given(st.text(max_size=40) | st.text(alphabet="ISOTAF 0169452:;,&()/Qen cours", max_size=30))
def test_any_text(text: str) -> None:
    found, _ = read_certificates(text)
    assert all(one.standard for one in found)
