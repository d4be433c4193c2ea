"""Matches -> one opportunity a need: who could serve it, what it is worth, what to do next."""

from __future__ import annotations

import pandas as pd

from integrator import tables
from integrator.valuation.completeness import completeness, questions
from integrator.valuation.gross import Need, gross_value

ABLE, CONVERTIBLE = 3, 2


def opportunities_table(needs: pd.DataFrame, matches: pd.DataFrame, language: str) -> pd.DataFrame:
    """`tables.OPPORTUNITIES`: the three actors are the best ranked of grade 2 or more."""
    real = matches[matches["supplier_id"] != ""].sort_values(["need_id", "rank"])
    found: dict[str, list[tuple[str, int]]] = {}
    columns = (real[name].tolist() for name in ("need_id", "supplier_id", "grade"))
    for need_id, supplier_id, grade in zip(*columns, strict=True):
        found.setdefault(need_id, []).append((supplier_id, int(grade)))
    rows = [_row(need, found.get(need["need_id"], []), language) for need in tables.mappings(needs)]
    if not rows:
        return tables.empty(tables.OPPORTUNITIES)
    return tables.check(tables.OPPORTUNITIES, pd.DataFrame(rows))


def _row(need: Need, found: list[tuple[str, int]], language: str) -> dict[str, object]:
    """One opportunity; `found` holds the suppliers of the need with their grades, best ranked first."""
    grades = [grade for _, grade in found]
    best = max(grades, default=None)
    actors = [supplier for supplier, grade in found if grade >= CONVERTIBLE][:3]
    value = gross_value(need)
    outlook = "none" if best is None or best < CONVERTIBLE else "convertible" if best < ABLE else "actors"
    return {
        "sheet_id": f"FP-{need['need_id']}",
        "need_id": need["need_id"],
        "component": need["component"],
        "buyer": need["buyer"],
        "best_grade": best,
        **{f"actors_{grade}": grades.count(grade) for grade in (4, 3, 2, 1)},
        **{f"actor_{i + 1}": actors[i] if i < len(actors) else "" for i in range(3)},
        "outlook": outlook,
        "volume": need["volume"],
        "volume_unit": need["volume_unit"],
        "volume_basis": need["volume_basis"],
        "gross_value": value.value,
        "currency": value.currency,
        "value_status": value.status,
        "value_basis": value.basis,
        "value_missing": value.missing,
        "completeness": completeness(need),
        "next_action": _next_action(need, best),
        "questions": "\n".join(questions(need, language)),
    }


def _next_action(need: Need, best: int | None) -> str:
    """Code of `data/wording.csv` (`action.<code>`)."""
    if need["aggregate"] == "yes":
        return "break_down"
    if best is None or best < CONVERTIBLE:
        return "seek_investor"
    return {4: "contact_maker", 3: "qualify_sibling", 2: "study_conversion"}[best]
