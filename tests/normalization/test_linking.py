"""What the cells of a row say together: processes in their material, steps that are implied, families left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrator import data, normalization
from integrator.records import CellRef, Record
from integrator.taxonomy import load

TAXONOMY = load()

with (Path(__file__).parent / "context_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(data.read(stream, "context_cases.csv"))


def capabilities(**values: str):
    said = {"supplier_id": "S1"} | {name: text.replace(";", "; ") for name, text in values.items() if text}
    cells = {name: CellRef("made_up.csv", "", 2, column) for column, name in enumerate(said, start=1)}
    record = Record("supplier", CellRef("made_up.csv", "", 2), said, cells)
    return normalization.capabilities_table([record], TAXONOMY)


@pytest.mark.parametrize("case", CASES, ids=[" | ".join(case.values()) for case in CASES])
def test_what_a_row_means(case):
    links = capabilities(**{name: case[name] for name in ("processes", "materials", "products")})
    found = links[links["concept"] == case["concept"]]
    assert case["implied"] in set(found["implied"]), links[["concept", "text", "implied"]]


def test_what_is_implied_counts_for_less_than_what_is_said():
    links = capabilities(processes="câblage")
    said = links[links["implied"] == "no"]["score"].min()
    assert (links[links["implied"] == "yes"]["score"] < said).all()


def test_a_family_beside_its_member_in_one_line_is_left_out():
    assert set(capabilities(products="disques de frein (freinage)")["concept"]) & {"C-BDISC", "C-BRAKE"} == {"C-BDISC"}
    assert {"C-BDISC", "C-BRAKE"} <= set(capabilities(products="disques de frein; freinage")["concept"])


def test_a_compound_phrase_gives_part_process_material_and_system():
    links = capabilities(products="boîtier plastique injecté de faisceau HT")
    assert {"component", "process", "material"} <= set(links["role"])
    systems = links[(links["role"] == "component") & (links["implied"] == "no")].set_index("concept")["system"]
    assert "C-WIRING" in set(systems)


def test_rules_name_concepts_that_exist():
    for rule in data.rows("linking/contexts.csv"):
        named = f"{rule['found']} {rule['materials']} {rule['read_as']} {rule['unless']}".split()
        assert not set(named) - set(TAXONOMY.concepts)
        assert TAXONOMY.kind(rule["found"]) == TAXONOMY.kind(rule["read_as"]) == "process"


def requirements(**values: str):
    cells = {name: CellRef("made_up.csv", "", 2, column) for column, name in enumerate(values, start=1)}
    record = Record("need", CellRef("made_up.csv", "", 2), {"need_id": "X1"} | values, cells)
    return normalization.requirements_table([record], TAXONOMY).set_index("concept")["score"]


def test_a_process_that_nearly_every_part_implies_is_asked_less_firmly_unless_it_is_stated():
    implied = requirements(component="pompe à carburant")
    assert implied["P-ASSY"] == pytest.approx(implied["P-INJ"] / 2)
    stated = requirements(component="pompe à carburant", processes="assemblage; injection plastique")
    assert stated["P-ASSY"] == stated["P-INJ"] == 1
    commonplace = {row["concept"] for row in data.rows("linking/commonplace.csv")}
    assert {TAXONOMY.kind(concept) for concept in commonplace} == {"process"}


@pytest.mark.parametrize(
    ("cell", "held"),
    [
        ("ISO 9001, IATF en cours", {"K-9001", "K-IATF"}),  # the wider is surer than the narrower
        ("ISO 9001 / IATF 16949", {"K-IATF"}),
        ("IATF 16949", {"K-IATF"}),
    ],
)
def test_a_certificate_that_is_held_stands_beside_a_narrower_one_under_way(cell: str, held: set[str]) -> None:
    assert set(capabilities(certifications=cell)["concept"]) == held
