"""Numbers and amounts as three languages write them. All cells are made up."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.data import read
from integrator.text.money import parse_amount
from integrator.text.numbers import parse_number

FOLDER = Path(__file__).parent
ARABIC_DIGITS = {48 + digit: 0x660 + digit for digit in range(10)}


def _cases(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        for case in read(stream, name):
            text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), case["text"])
            yield case | {"text": text, "id": f"{case['row'] or 'plain'} {case['text']}"}


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in _cases("number_cases.csv")])
def test_number(case: dict[str, str]) -> None:
    expected = None if case["number"] == "unread" else float(case["number"])
    assert parse_number(case["text"]) == expected


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in _cases("amount_cases.csv")])
def test_amount(case: dict[str, str]) -> None:
    amount = parse_amount(case["text"])
    if not case["value"]:
        assert amount is None
    else:
        assert amount is not None
        assert (amount.value, amount.currency) == (pytest.approx(float(case["value"])), case["currency"])


def _written(whole: int, decimals: str, group: str, point: str) -> str:
    return f"{whole:,}".replace(",", group) + (point + decimals if decimals else "")


def _styles(whole: int, decimals: str) -> dict[str, str]:
    """One number in several habits; a lone group or decimals that could be a group are left out."""
    styles = {
        "French": _written(whole, decimals, " ", ","),
        "French, no-break": _written(whole, decimals, "\u00a0", ","),
        "French, narrow": _written(whole, decimals, "\u202f", ","),
        "Swiss": _written(whole, decimals, "'", "."),
        "Arabic": _written(whole, decimals, "٬", "٫").translate(ARABIC_DIGITS),
        "bare": _written(whole, decimals, "", "."),
    }
    if decimals or whole < 1_000 or whole >= 1_000_000:
        styles["English"] = _written(whole, decimals, ",", ".")
        styles["German"] = _written(whole, decimals, ".", ",")
    return styles


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**11), st.sampled_from(["", "5", "05", "50", "99", "25"]))
def test_a_written_number_is_read_back(whole: int, decimals: str) -> None:
    value = float(f"{whole}.{decimals or 0}")
    for style, text in _styles(whole, decimals).items():
        assert parse_number(text) == value, style
        assert parse_number(f" {text} ") == value, style
        for sign in ("-{}", "−{}", "({})", "- {}"):
            assert parse_number(sign.format(text)) == -value, (style, sign)


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(",."))
def test_a_lone_group_of_three_is_never_guessed(head: int, tail: int, mark: str) -> None:
    assert parse_number(f"{head}{mark}{tail:03}") is None


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789 .,'-+()eE٣٫٬−\u00a0\u202fx%∞", max_size=14) | st.text(max_size=20))
def test_any_text_is_a_finite_number_or_unread(text: str) -> None:
    number = parse_number(text)
    assert number is None or math.isfinite(number)
    assert number is None or not any(char.isalpha() and char not in "eE" for char in text)


@settings(deadline=None, max_examples=100)
@given(
    st.integers(1, 9_999),
    st.sampled_from([("", 1), ("k", 10**3), ("M", 10**6), ("millions ", 10**6), ("Mds ", 10**9), ("MM", 10**9)]),
    st.sampled_from([("€", "EUR"), ("EUR", "EUR"), ("USD", "USD"), ("MAD", "MAD"), ("DH", "MAD"), ("CNY", "CNY")]),
    st.sampled_from(["{}", "CA {}", "{} (2024)", "investissement de {} en 2023"]),
)
def test_a_written_amount_is_read_back(
    number: int, factor: tuple[str, int], currency: tuple[str, str], around: str
) -> None:
    amount = parse_amount(around.format(f"{number} {factor[0]}{currency[0]}"))
    assert amount == (number * factor[1], currency[1])


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_none(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or (math.isfinite(amount.value) and len(amount.currency) == 3)
