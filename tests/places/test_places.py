"""Which place a text names, which countries, and how far apart two places are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator import data
from integrator.places import countries, distance_km, locate, region_of
from integrator.text.fold import fold


def table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as stream:
        return list(data.read(stream, name))


PLACES, REGION_CASES, COUNTRIES, DISTANCES = (
    table(f"{kind}_cases.csv") for kind in ("place", "region", "country", "distance")
)
SHIPPED = data.rows("places.csv")
REGIONS = data.rows("regions.csv")
PRESENT = {row["name"] for row in REGIONS if row["era"] == "2015"}
KINDS = ("plant", "zone", "city")
NAMES = [(fold(name), row["kind"], row["place"]) for row in SHIPPED for name in row["names"].split(";")]
WORDS = sorted({word for name, _, _ in NAMES for word in name.split()} | {"zi", "renault", "atelier", "route"})
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


def scan(*texts: str) -> str:
    """The obvious way: every name looked for in every text."""
    for kind in KINDS:
        for text in texts:
            hits = [entry for entry in NAMES if entry[1] == kind and f" {entry[0]} " in f" {fold(text)} "]
            if hits:
                return min(hits, key=lambda entry: (-len(entry[0]), entry[0]))[2]
    return ""


PHRASES = st.lists(st.sampled_from(WORDS) | st.sampled_from([name for name, _, _ in NAMES]), max_size=5).map(" ".join)


@given(st.lists(PHRASES, max_size=3))
def test_the_index_finds_what_a_scan_finds(texts):
    found = locate(*texts)
    assert (found.id if found else "") == scan(*texts)


def test_the_gazetteer_is_sound():
    ids = [row["place"] for row in SHIPPED]
    assert len(ids) == len(set(ids))
    names = [(kind, name) for name, kind, _ in NAMES]
    assert sorted(set(names)) == sorted(names), "a name belongs to one place of a kind, and stands once"
    for row in SHIPPED:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["place"]), row["place"]
        assert row["region"] in PRESENT, row["place"]
        assert row["verified"] in ("yes", "no"), row["place"]
        cited = re.match(r"geonames:\d+$|https?://\S+$", row["source"]) is not None
        assert cited == (row["verified"] == "yes"), row["place"]
        assert all(name == name.strip() and len(fold(name)) >= 3 for name in row["names"].split(";")), row["place"]


def test_places_that_are_one_entry_of_the_source_are_one_place():
    cited = [row["source"] for row in SHIPPED if row["source"].startswith("geonames:")]
    assert len(cited) == len(set(cited))


def test_a_place_tells_its_source():
    assert (locate("Casablanca").source, locate("Casablanca").verified) == ("geonames:2553604", True)
    assert not locate("Midparc").verified


def test_the_regions_are_12_and_16():
    assert sorted(row["era"] for row in REGIONS) == ["1997"] * 16 + ["2015"] * 12
    assert {row["region"] for row in SHIPPED} == PRESENT
    for row in REGIONS:
        present = row["present"].split(";")
        assert set(present) <= PRESENT
        assert row["era"] == "1997" or present == [row["name"]]
        for name in (row["name"], *filter(None, row["names"].split(";"))):
            assert region_of(name) == tuple(present), name


@pytest.mark.parametrize("case", REGION_CASES, ids=[case["text"] or "blank" for case in REGION_CASES])
def test_region_of(case):
    assert ";".join(region_of(case["text"])) == case["regions"]


def test_no_text_is_no_place():
    assert locate() is None
    assert locate("", "") is None


@pytest.mark.parametrize("case", COUNTRIES, ids=[case["text"] or "blank" for case in COUNTRIES])
def test_countries(case):
    assert countries(case["text"]) == tuple(case["countries"].split())


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    assert set(countries(text)) <= {row["code"] for row in data.rows("countries.csv")}
    assert set(region_of(text)) <= PRESENT
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
