"""One supplier over several lines (B3): its lists add up, and every fact has the cell that says it. Made-up file."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from integrator import normalization
from integrator.sources import read_inputs
from integrator.taxonomy import load

ROWS = (
    ("Code", "Société", "Ville", "Procédés", "Effectif"),
    ("S1", "Alpha", "Fès", "emboutissage", 120),
    (None, None, None, "forge", None),
    (None, None, None, "Emboutissage; soudage", 150),
    ("S2", "Beta", "Rabat", "usinage", 80),
)


def test_b03_one_supplier_over_several_lines(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    for merged in ("A2:A4", "B2:B4", "C2:C4"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "a.xlsx")
    read = read_inputs(["a.xlsx"], "supplier", tmp_path)
    suppliers, rows, notes = normalization.joined(read.records, ())
    assert [(count.rows, count.used, count.set_aside) for count in read.counts] == [(4, 4, 0)]
    assert [(note.code, note.row) for note in notes] == [("merged_row", 3), ("merged_row", 4)]

    table = normalization.suppliers_table(suppliers).set_index("supplier_id")
    assert table["processes"].to_dict() == {
        "S1": "emboutissage; forge; Emboutissage; soudage",
        "S2": "usinage",
    }
    capabilities = normalization.capabilities_table(rows, load())
    said = capabilities[(capabilities["supplier_id"] == "S1") & (capabilities["implied"] == "no")]
    assert set(zip(said["line"], said["text"], said["cell"], strict=True)) >= {
        (1, "emboutissage", "D2"), (2, "forge", "D3"), (4, "soudage", "D4"),
    }  # fmt: skip
    facts = normalization.facts_table(rows, ())
    own = facts[facts["entity_id"] == "S1"].set_index(["field", "cell"])
    assert own.loc["processes", "choice"].to_dict() == {"D2": "list", "D3": "list", "D4": "list"}
    assert own.loc["name", "choice"].to_dict() == {"B2": "only"}
    assert own.loc["headcount", "chosen"].to_dict() == {"E2": "yes", "E4": "no"}
