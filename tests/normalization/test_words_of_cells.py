"""Statuses, volumes, tariff codes and origins as they stand in cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator.data import read
from integrator.normalization import needs_table
from integrator.normalization.codes import dotted_codes
from integrator.normalization.statuses import read_status
from integrator.normalization.volumes import read_volume
from integrator.records import CellRef, Record

FOLDER = Path(__file__).parent
FACTS = FOLDER.parent / "facts"


def _cases(name: str) -> list[object]:
    def plain() -> Iterator[object]:
        with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
            for case in read(stream, name):
                first, *rest = (text.replace("\\n", "\n") for text in case.values())
                yield pytest.param(*(first, *rest), id=f"{first} {rest[0]}".strip() or "blank")

    return list(plain())


def _column(file: str, *names: str) -> set[tuple[str, ...]]:
    with (FACTS / file).open(encoding="utf-8", newline="") as stream:
        return {tuple(row[name] for name in names) for row in csv.DictReader(stream)}


@pytest.mark.parametrize(("text", "activity", "active", "year"), _cases("status_cases.csv"))
def test_status(text: str, activity: str, active: str, year: str) -> None:
    status = read_status(text)
    assert (status.activity, status.active, status.year) == (activity, active, int(year) if year else None)


@pytest.mark.parametrize(
    ("number", "unit", "value", "read_unit", "period", "basis", "year"), _cases("volume_cases.csv")
)
def test_volume(number: str, unit: str, value: str, read_unit: str, period: str, basis: str, year: str) -> None:
    volume = read_volume(number, unit)
    assert volume.number == (float(value) if value else None)
    assert (volume.unit, volume.period, volume.basis) == (read_unit, period, basis)
    assert volume.year == (int(year) if year else None)


@pytest.mark.parametrize(("row", "text", "codes"), _cases("code_cases.csv"))
def test_tariff_codes(row: str, text: str, codes: str) -> None:
    assert dotted_codes(text) == (codes.split(";") if codes else []), row


@pytest.mark.parametrize(("text", "countries"), _cases("origin_cases.csv"))
def test_country_of_origin(text: str, countries: str) -> None:
    values = {"need_id": "N1", "component": "vis"} | ({"imported_from": text} if text else {})
    ref = CellRef("a.xlsx", "S", 2)
    (row,) = needs_table([Record("need", ref, values, dict.fromkeys(values, ref))]).to_dict("records")
    assert (row["imported_from"], row["import_country"]) == (text, countries)


def test_every_status_of_the_shipped_data_is_known() -> None:
    unknown = [
        text for (text,) in _column("suppliers.csv", "activity_status") if read_status(text).activity == "unknown"
    ]
    assert unknown == []


def test_only_a_status_that_says_so_is_active_or_not() -> None:
    for (text,) in _column("suppliers.csv", "activity_status"):
        said = re.findall(r"operating|announced|construction|closed|relocated", re.sub(r"\(.*?\)", "", text))
        assert read_status(text).active == {"operating": "yes", "closed": "no", "relocated": "no"}.get(said[-1], ""), (
            text
        )


NO_DEMAND = re.compile(r"capacit|cible|vis[ée]|potentiel|plafond|phase|à terme|dérivé|environ|sur \d+ ans|/jour|^sous-")


def test_no_capacity_target_total_or_daily_figure_counts_as_a_demand() -> None:
    bases = {unit: read_volume(number, unit).basis for number, unit in _column("needs.csv", "annual_volume", "unit")}
    assert [unit for unit, basis in bases.items() if basis == "demand" and NO_DEMAND.search(unit)] == []
    assert sorted(unit for unit, basis in bases.items() if basis == "demand") == [
        "colonnes/an", "directions/an", "moteurs/an", "réservoirs/an", "t/an (2017)", "unités/an",
    ]  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 9_999_999_999), max_size=4), st.sampled_from(["; ", ";", "\n", ", ", " et "]))
def test_codes_written_with_and_without_points_are_one(numbers: list[int], separator: str) -> None:
    digits = [f"{number:010}"[: 4 + 2 * (number % 4)] for number in numbers]
    dotted = [".".join([code[:4], *re.findall("..", code[4:])]) for code in digits]
    assert dotted_codes(separator.join(digits)) == list(dict.fromkeys(dotted))
    assert dotted_codes(separator.join(dotted)) == list(dict.fromkeys(dotted))


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=40))
def test_any_cell_has_a_status_a_volume_and_codes(text: str) -> None:
    assert read_status(text).active in ("yes", "no", "")
    assert read_volume(text, text).basis in ("demand", "derived", "capacity", "target", "total", "")
    assert all(re.fullmatch(r"\d{4}(\.\d{2})*", code) for code in dotted_codes(text))
