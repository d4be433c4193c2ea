"""What features must be: unknown is not 0, more overlap never lowers them, the order of rows does not count."""

from __future__ import annotations

import random
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrator import tables
from integrator.ranking.features import FEATURES
from integrator.ranking.features.table import feature_rows, monotone

PRODUCTS = (
    "disques de frein",
    "pièces plastiques",
    "faisceaux électriques",
    "jantes en aluminium",
    "tissus techniques",
)
PROCESSES = ("fonderie", "usinage", "injection plastique", "emboutissage", "câblage", "couture", "forge à chaud")
MATERIALS = ("fonte", "acier", "aluminium", "PA66", "cuivre", "textile")
NEED = {
    "need_id": "X1", "component": "étrier de frein", "processes": "fonderie; usinage; traitement de surface",
    "materials": "fonte; aluminium", "certifications": "IATF 16949; ISO 9001", "hs_code": "8708.30",
    "buyer": "Renault", "plant": "Renault Tanger (Melloussa)", "annual_volume": "300000", "unit": "étriers/an",
}  # fmt: skip
MORE = {
    "products": ("étrier de frein", "freins"),
    "processes": ("fonderie", "usinage", "traitement de surface"),
    "materials": ("fonte", "aluminium"),
    "certifications": ("IATF 16949", "ISO 9001"),
    "hs_codes": ("8708.30", "8708"),
    "customers": ("Renault",),
}
BEST = {"active", "same_region"}
"""Direction is of the value; nothing that is added to a list changes it."""
WHOLE = {"wording_characters", "wording_words", "wording_lines"}
"""Likeness of whole texts for their length: an addition can lengthen more than it brings. Those of names are tested."""


@pytest.fixture(scope="session")
def features(run_match):
    """Made-up suppliers and needs -> the candidates with their features."""

    def run(suppliers: list[dict[str, str]], needs: list[dict[str, str]], **matching: object) -> pd.DataFrame:
        return run_match(suppliers, needs, **matching)["candidates"]

    return run


def one(frame: pd.DataFrame, supplier: str) -> Mapping[str, float]:
    rows = frame[frame["supplier_id"] == supplier]
    return rows.iloc[0][list(FEATURES)].astype(float).to_dict()


def joined(*texts: str) -> str:
    return ";".join(filter(None, texts))


lists = {
    "products": st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=3, unique=True),
    "processes": st.lists(st.sampled_from(PROCESSES), min_size=1, max_size=3, unique=True),
    "materials": st.lists(st.sampled_from(MATERIALS), min_size=1, max_size=2, unique=True),
}
additions = st.sampled_from([(field, text) for field, texts in MORE.items() for text in texts])


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.fixed_dictionaries(lists), additions), min_size=10, max_size=10))
def test_more_overlap_never_lowers_what_is_better_when_higher(features, twins):
    """Ten pairs of twins in one run: the second of each has one thing more that the need asks for."""
    offers = []
    for number, (offer, (field, text)) in enumerate(twins):
        less = {name: joined(*texts) for name, texts in offer.items()} | {
            "certifications": "ISO 14001", "hs_codes": "4011.10", "customers": "Bombardier", "status": "operating 2024",
        }  # fmt: skip
        more = less | {field: joined(less[field], text)}
        offers += [{"supplier_id": f"{k}{number}", "name": "S"} | v for k, v in (("less", less), ("more", more))]
    found = features(offers, [NEED])
    for number, (_, addition) in enumerate(twins):
        before, after = one(found, f"less{number}"), one(found, f"more{number}")
        for name, direction in monotone().items():
            if direction and name in FEATURES and name not in BEST | WHOLE and not np.isnan(before[name]):
                assert direction * after[name] >= direction * before[name] - 1e-9, (name, *addition)


BARE = {"supplier_id": "S1", "name": "S1", "products": "étriers de frein"}


def test_what_nobody_says_is_unknown(features):
    found = one(features([BARE], [{"need_id": "X1", "component": "étrier de frein"}]), "S1")
    unknown = {name for name, value in found.items() if np.isnan(value)}
    assert {
        "main_process_said", "process_said", "material_said", "certificates", "certificates_named", "tariff",
        "capacity_ratio", "headcount", "active", "status_age", "source_age", "confidence", "distance", "same_region",
        "knows_buyer", "serves_buyers", "judged_alike", "processes_said",
    } <= unknown  # fmt: skip
    assert found["part_same"] == 1
    assert found["line_tokens"] > 0.9


CAPACITY = [
    # capacity, volume, unit, powers of ten (None = unknown)
    ("600000 jantes/an", "300000", "jantes/an", np.log10(2)),
    ("30000 jantes/an", "300000", "jantes/an", -1),
    ("5000 t/an", "300000", "jantes/an", None),
    ("", "300000", "jantes/an", None),
    ("600000 jantes/an", "", "", None),
    ("600000 jantes/an", "300", "jantes/jour", None),
]


@pytest.mark.parametrize(("capacity", "volume", "unit", "expected"), CAPACITY)
def test_capacity_beside_volume(features, capacity, volume, unit, expected):
    supplier = {"supplier_id": "S1", "name": "S1", "products": "jantes en aluminium", "annual_capacity": capacity}
    need = {"need_id": "X1", "component": "jante en aluminium", "annual_volume": volume, "unit": unit}
    found = one(features([supplier], [need]), "S1")["capacity_ratio"]
    assert np.isnan(found) if expected is None else found == pytest.approx(expected)


def test_ages_count_from_the_latest_year_of_the_run(features):
    rows = [
        BARE | {"supplier_id": f"S{i}", "status": status, "source_date": date}
        for i, (status, date) in enumerate([("operating 2019", "2019-06"), ("operating 2024", "2025"), ("", "")])
    ]
    found = features(rows, [NEED])
    assert [one(found, f"S{i}")["status_age"] for i in (0, 1)] == [5, 0]
    assert [one(found, f"S{i}")["source_age"] for i in (0, 1)] == [6, 0]
    assert np.isnan(one(found, "S2")["status_age"])


def test_places(features):
    rows = [BARE | {"supplier_id": "S1", "city": "Tanger"}, BARE | {"supplier_id": "S2", "city": "Agadir"}]
    found = features(rows, [NEED])
    near, far = one(found, "S1"), one(found, "S2")
    assert near["distance"] < 50 < 500 < far["distance"]
    assert (near["same_region"], far["same_region"]) == (1, 0)


def test_experience_with_the_buyer_can_be_switched_off(features):
    rows = [BARE | {"customers": "Renault;Stellantis"}]
    told, silent = (one(features(rows, [NEED], buyer_experience=switch), "S1") for switch in (True, False))
    assert (told["knows_buyer"], told["serves_buyers"]) == (1, 1)
    leaking = {row.name for row in feature_rows() if row.leaks}
    assert {name for name in FEATURES if np.isnan(silent[name]) and not np.isnan(told[name])} <= leaking
    assert all(np.isnan(silent[name]) for name in leaking)


WORLD = [
    {
        "supplier_id": f"S{i:02}", "name": f"S{i:02}", "products": joined(PRODUCTS[i % 5], PRODUCTS[(i + 2) % 5]),
        "processes": PROCESSES[i % 7], "materials": MATERIALS[i % 6] if i % 3 else "", "headcount": str(100 * i),
        "status": f"operating {2015 + i}", "city": ("Tanger", "Kénitra", "")[i % 3], "customers": "Renault" * (i % 2),
    }
    for i in range(9)
]  # fmt: skip
NEEDS = [NEED, {"need_id": "X2", "component": "housse de siège", "component_en": "seat cover", "processes": "couture"}]


def test_the_order_of_rows_does_not_matter(features):
    mixed = [random.Random(3).sample(rows, len(rows)) for rows in (WORLD, NEEDS)]
    first, second = (tables.check(tables.CANDIDATES, features(*rows)) for rows in ((WORLD, NEEDS), mixed))
    pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_known_values_keep_to_their_unit(features):
    found = features(WORLD, NEEDS)
    for row in feature_rows():
        if row.unit in ("0-1", "0 or 1") and not row.extra:
            known = found[row.name].dropna()
            assert known.between(0, 1 + 1e-9).all(), row.name
