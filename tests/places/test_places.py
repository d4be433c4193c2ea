"""Which place a text names, which countries, and how far apart two places are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.places import countries, distance_km, locate


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


PLACES, COUNTRIES, DISTANCES = (table(f"{kind}_cases.csv") for kind in ("place", "country", "distance"))
SHIPPED = data.rows("places.csv")
CORNERS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
HALF_ROUND_KM = 20_015.1


@pytest.mark.parametrize("case", PLACES, ids=[case["texts"] or "blank" for case in PLACES])
def test_locate(case):
    found = locate(*case["texts"].split("|"))
    assert (found.id if found else "") == case["place"]


@pytest.mark.parametrize("row", SHIPPED, ids=[row["place"] for row in SHIPPED])
def test_every_name_finds_its_place(row):
    for name in row["names"].split(";"):
        for text in (name, name.upper(), f"site de {name}, bâtiment 3"):
            found = locate(text)
            assert found is not None, text
            assert (found.id, found.kind, found.latitude) == (row["place"], row["kind"], float(row["latitude"])), text


def test_the_gazetteer_lies_in_morocco():
    assert {row["kind"] for row in SHIPPED} == {"city", "zone", "plant"}
    for row in SHIPPED:
        assert 20 < float(row["latitude"]) < 36.5, row["place"]
        assert -17.5 < float(row["longitude"]) < -0.9, row["place"]


def test_a_zone_or_plant_lies_near_a_city_of_its_region():
    cities = [row for row in SHIPPED if row["kind"] == "city"]
    for row in SHIPPED:
        if row["kind"] != "city":
            here = (float(row["latitude"]), float(row["longitude"]))
            near = min(
                distance_km(*here, float(city["latitude"]), float(city["longitude"]))
                for city in cities
                if city["region"] == row["region"]
            )
            assert near < 30, row["place"]


def test_no_text_is_no_place():
    assert locate() is None
    assert locate("", "") is None


@pytest.mark.parametrize("case", COUNTRIES, ids=[case["text"] or "blank" for case in COUNTRIES])
def test_countries(case):
    assert countries(case["text"]) == tuple(case["countries"].split())


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    assert set(countries(text)) <= {row["code"] for row in data.rows("countries.csv")}
    place = locate(text)
    assert place is None or place.id in {row["place"] for row in SHIPPED}


@pytest.mark.parametrize("case", DISTANCES, ids=[f"{case['from']}-{case['to']}" for case in DISTANCES])
def test_known_distances(case):
    corners = [float(case[name]) for name in ("latitude", "longitude", "other_latitude", "other_longitude")]
    assert distance_km(*corners) == pytest.approx(float(case["km"]), rel=0.1)


@given(CORNERS, CORNERS)
def test_distance_is_symmetric_and_bounded(one, other):
    there = distance_km(*one, *other)
    assert there == pytest.approx(distance_km(*other, *one), abs=1e-6)
    assert 0 <= there <= HALF_ROUND_KM


@given(CORNERS)
def test_distance_to_itself_is_zero_and_to_the_other_side_is_half_round(here):
    latitude, longitude = here
    assert distance_km(*here, *here) == 0
    assert distance_km(*here, -latitude, longitude + 180) == pytest.approx(HALF_ROUND_KM, abs=1)


@given(CORNERS, CORNERS, CORNERS)
def test_no_detour_is_shorter(one, other, via):
    assert distance_km(*one, *other) <= distance_km(*one, *via) + distance_km(*via, *other) + 1e-6
