"""The organizer's file of requests: each row used, or set aside with its cell."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.data import read
from integrator.errors import InputRefused
from integrator.meetings import Known, read_requests

NEEDS = pd.DataFrame({"buyer": ["Constructeur démo", "secteur"], "named_buyer": ["yes", "no"]})
SUPPLIERS = pd.DataFrame({"supplier_id": ["S1", "S2", "S3"], "name": ["Atelier Un", "Jumeau", "Jumeau SA"]})
KNOWN = Known.of(NEEDS, SUPPLIERS)
with Path(__file__).with_name("requests_cases.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(read(stream, "requests_cases.csv"))


def written(folder: Path, *lines: str) -> Path:
    path = folder / "requests.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_rows_of_the_file(tmp_path, case):
    path = written(tmp_path, case["header"], case["row"])
    if case["severity"] == "refused":
        with pytest.raises(InputRefused, match=case["words"]):
            read_requests(path, KNOWN)
        return
    frame, problems = read_requests(path, KNOWN)
    kept = " ".join(f"{r.supplier_id} {r.asked_by} {r.priority}" for r in frame.itertuples())
    assert kept == case["kept"]
    assert [p.severity for p in problems] == ([case["severity"]] if case["severity"] else [])
    assert all((p.row, p.column) == (2, case["column"]) and case["words"] in p.message for p in problems)


def test_the_same_request_counts_once_with_its_highest_priority(tmp_path):
    head = "buyer;supplier_id;asked_by;priority"
    rows = [f"Constructeur démo;S1;{side};{priority}" for side, priority in (("buyer", 3), ("both", 1), ("buyer", 2))]
    frame, problems = read_requests(written(tmp_path, head, *rows), KNOWN)
    assert [(r.asked_by, r.priority, r.row) for r in frame.itertuples()] == [("buyer", 1, 2), ("supplier", 1, 3)]
    assert [(p.row, p.code) for p in problems] == [(3, "request_twice"), (4, "request_twice")]


CELLS = st.tuples(
    st.sampled_from(["Constructeur démo", "Autre", ""]), st.sampled_from(["S1", "S2", "Jumeau", ""]),
    st.sampled_from(["buyer", "supplier", "both", "x", ""]), st.sampled_from(["1", "3", "9", ""]),
)  # fmt: skip


@given(st.lists(CELLS, max_size=8))
def test_no_row_is_lost(tmp_path_factory, rows):
    lines = [";".join(row) for row in rows]
    path = written(tmp_path_factory.mktemp("rows"), "buyer;supplier_id;asked_by;priority", *lines)
    frame, problems = read_requests(path, KNOWN)
    told = {p.row for p in problems} | set(frame["row"])
    assert {i for i, row in enumerate(rows, start=2) if any(row)} <= told
