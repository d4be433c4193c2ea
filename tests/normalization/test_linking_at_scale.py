"""Wordings linked once and laid out give the rows that linking every line of every record gives; made-up records."""

from __future__ import annotations

import pandas as pd
import slow_linking
from hypothesis import given
from hypothesis import strategies as st

from integrator import normalization
from integrator.records import CellRef, Record
from integrator.taxonomy import load

TAXONOMY = load()
TEXTS = (
    "extrusion", "moulage", "injection", "soudage", "découpe", "emboutissage", "acier", "aluminium", "caoutchouc",
    "polypropylène", "textile", "pompe à carburant", "disques de frein (freinage)", "faisceau électrique", "joints",
    "boîtier plastique injecté de faisceau HT", "zzzz", "pompes d'eau de mer", "IATF 16949", "presse 400 t", "freinage",
)  # fmt: skip
CELL = st.lists(st.sampled_from(TEXTS), max_size=4).map("; ".join)
NEED = st.fixed_dictionaries({}, optional=dict.fromkeys(("component", "processes", "materials", "specification"), CELL))
SUPPLIER = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("products", "processes", "materials", "machines", "certifications"), CELL)
)


def records(kind, rows, ids):
    found = []
    for number, row in enumerate(rows, start=2):
        said = {f"{kind}_id": ids(number)} | {name: text for name, text in row.items() if text}
        cells = {
            name: CellRef(f"file{number % 2}.csv", "", number, column) for column, name in enumerate(said, start=1)
        }
        found.append(Record(kind, CellRef(f"file{number % 2}.csv", "", number), said, cells))
    return found


@given(st.lists(NEED, max_size=5))
def test_needs_ask_for_the_same(rows):
    needs = records("need", rows, lambda number: f"X{number}")
    pd.testing.assert_frame_equal(
        normalization.requirements_table(needs, TAXONOMY), slow_linking.requirements_table(needs, TAXONOMY)
    )


@given(st.lists(SUPPLIER, max_size=5), st.integers(1, 3))
def test_suppliers_of_several_rows_offer_the_same(rows, firms):
    suppliers = records("supplier", rows, lambda number: f"S{number % firms}")
    pd.testing.assert_frame_equal(
        normalization.capabilities_table(suppliers, TAXONOMY), slow_linking.capabilities_table(suppliers, TAXONOMY)
    )


def test_a_linker_is_asked_each_wording_once():
    asked = []

    def remembering(lines, taxonomy):
        asked.extend(lines)
        return normalization.link_lines(lines, taxonomy)

    suppliers = records("supplier", [{"products": "joints; acier", "materials": "acier"}] * 3, lambda n: f"S{n}")
    said = normalization.said_lines(suppliers, "supplier", TAXONOMY, remembering)
    assert asked == [
        ("supplier", "products", "joints"), ("supplier", "products", "acier"), ("supplier", "materials", "acier"),
    ]  # fmt: skip
    pd.testing.assert_frame_equal(
        normalization.offered_in(said, TAXONOMY), normalization.capabilities_table(suppliers, TAXONOMY)
    )
