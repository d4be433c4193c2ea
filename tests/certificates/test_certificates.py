"""What a certificate cell says, and whether it answers a requirement."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.data import read
from integrator.normalization.certificates import meets, read_certificates

CASES = Path(__file__).parent / "certificate_cases.csv"


def _cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as stream:
        return list(read(stream, CASES.name))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in _cases()])
def test_a_cell(case: dict[str, str]) -> None:
    found, unread = read_certificates(case["text"])
    assert "; ".join(map(str, found)) == case["expected"]
    assert "; ".join(unread) == case["unread"]


@pytest.mark.parametrize(
    ("required", "text", "verdict"),
    [
        ("IATF 16949", "IATF 16949:2016", "met"),
        ("ISO 9001", "IATF 16949", "met"),
        ("IATF 16949", "IATF en cours", "unknown"),
        ("IATF 16949", "ISO/TS 16949 (2012)", "unknown"),
        ("IATF 16949", "", "unknown"),
        ("IATF 16949", "ISO 9001", "unknown"),
        ("ISO 14001", "ISO 14001 expiré 2022", "failed"),
        ("ISO 9001", "non certifié ISO 9001", "failed"),
        ("ISO 9001", "IATF 16949 expiré", "unknown"),
        ("ISO 14001", "ISO 14001 expiré 2019; ISO 14001:2015", "met"),
    ],
)
def test_a_requirement(required: str, text: str, verdict: str) -> None:
    assert meets(required, read_certificates(text)[0])[0] == verdict


@given(st.text(max_size=40) | st.text(alphabet="ISOTAF 0169452:;,&()/Qen cours", max_size=30))
def test_any_text(text: str) -> None:
    found, _ = read_certificates(text)
    assert all(one.standard for one in found)
