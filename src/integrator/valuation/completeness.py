"""How much of a need is known, and the questions for what is not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from integrator import data
from integrator.valuation.gross import Need, is_yearly_demand
from integrator.wording import by_language

FILE = "valuation/completeness.csv"


@lru_cache(maxsize=1)
def _items() -> tuple[Mapping[str, str], ...]:
    return data.rows(FILE)


def completeness(need: Need) -> float:
    """Weighted share (0-1) of the items a buyer should tell that the need tells."""
    total = sum(float(item["weight"]) for item in _items())
    return round(sum(float(item["weight"]) for item in _items() if _known(need, item)) / total, 4)


def questions(need: Need, language: str) -> list[str]:
    """One question for each item that is not known."""
    return [by_language(item, FILE, "question_")[language] for item in _items() if not _known(need, item)]


def _known(need: Need, item: Mapping[str, str]) -> bool:
    if item["test"] == "named":
        return bool(need["named_buyer"] == "yes")
    if item["test"] == "country":
        return bool(need["import_country"])
    if item["test"] == "demand":
        return is_yearly_demand(need)
    return bool(need[item["field"]])
