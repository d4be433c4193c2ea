"""Any table of suppliers written as delimited text reads back the same. All content is made up."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrator import tables
from integrator.sources import read_inputs

FOLDER = Path(tempfile.mkdtemp(prefix="round-trip-"))
FIELDS = [field for field in tables.SUPPLIER_FIELDS if field not in ("supplier_id", "name")]
WORDS = st.sampled_from(
    "Alpha Béta œuf Ça 12 3,5 1.234 (visé) acier;cuivre l'usine 50% A/B شركة طنجة ٤٥ N° «x» - n/a=3 "
    '+212 =1+1 "cité" a,b x\ty deux\nlignes NULL NA'.split(" ")
)
CELLS = st.lists(WORDS, min_size=1, max_size=4).map(lambda words: "x" + " ".join(words))
SUPPLIERS = st.lists(st.dictionaries(st.sampled_from(["name", *FIELDS]), CELLS, max_size=6), min_size=1, max_size=8)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@settings(deadline=None, max_examples=60)
@given(suppliers=SUPPLIERS, columns=st.permutations(FIELDS), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_suppliers_read_back_as_they_were_written(
    delimiter: str, suppliers: list[dict[str, str]], columns: list[str], encoding: str
) -> None:
    rows = [{"supplier_id": f"S{i:04}", "name": "Alpha"} | cells for i, cells in enumerate(suppliers, start=1)]
    with (FOLDER / "a.csv").open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, ["supplier_id", "name", *columns], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    result = read_inputs(["a.csv"], "supplier", FOLDER)
    assert [dict(record.values) for record in result.records] == rows
    assert [record.ref.row for record in result.records] == list(range(2, len(rows) + 2))
    assert [problem for problem in result.problems if problem.severity != "note"] == []
