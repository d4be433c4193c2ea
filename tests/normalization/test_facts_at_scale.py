"""Facts built as columns of numbers are those of a slow twin that makes them one at a time; made-up records."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from integrator import normalization, tables
from integrator.normalization.choosing import choose, list_fields
from integrator.normalization.facts import stated
from integrator.normalization.values import read_record_field, value_fields
from integrator.records import CellRef, Quantity, Record

ABOUT = {"source_title", "source_url", "source_date", "confidence", "confidentiality"}
TEXTS = {
    "supplier": {
        "products": ["joints; durites", "câbles"], "headcount": ["250", "200-300", "> 500", "beaucoup"],
        "annual_capacity": ["300000 batteries/an (2018; 500000 visé)", "12 t"], "revenue": ["2 MDH", "3 M€ (2019)"],
        "source_date": ["2019", "2021-03"], "source_url": ["https://example.org"], "confidence": ["low"],
    },
    "need": {
        "component": ["joint", "câble"], "annual_volume": ["1000", "500-700 pièces/an"], "sop": ["2027", "T3 2026+"],
        "source_title": ["Journal"],
    },
}  # fmt: skip


def rows(kind):
    return st.lists(
        st.fixed_dictionaries({}, optional={name: st.sampled_from(some) for name, some in TEXTS[kind].items()}),
        max_size=5,
    )


def records(kind, drawn, ids):
    found = []
    for number, row in enumerate(drawn, start=9):  # rows 9 and 10: cells are in order as texts
        values = {f"{kind}_id": f"{kind}{number % ids}"} | row
        cells = {name: CellRef("f.xlsx", "A", number, 24 + i) for i, name in enumerate(values)}
        found.append(Record(kind, CellRef("f.xlsx", "A", number), values, cells, continues=9 if number == 10 else 0))
    return found


def slow(suppliers, needs):
    found = []
    for record in (*needs, *suppliers):
        for field, text in record.values.items():
            if field in ABOUT or (field == tables.IDENTIFIERS[record.kind] and record.continues):
                continue
            reading = read_record_field(record, field) if field in value_fields(record.kind) else None
            figures = reading.quantities if reading and reading.quantities else (None,)
            for part, figure in enumerate(figures, start=1):
                found.append((record, field, text, part, figure, reading.period if reading else None))
    return tables.frame(tables.FACTS, [line(one, found) for one in found])


def line(one, every):
    record, field, text, part, figure, period = one
    cell, own = record.cells[field], tables.IDENTIFIERS[record.kind]
    read = {"low": None, "high": None, "unit": "", "period": "", "basis": "", "year": None, "approximate": ""}
    if figure:
        read = {name: getattr(figure, name) for name in read} | {"approximate": "yes" if figure.approximate else "no"}
    elif period:
        read |= {"period": period.precision, "basis": period.open, "year": period.start.year}
    return {
        "entity": record.kind, "entity_id": record.get(own), "field": field, "value": text, "raw": text, "part": part,
        **read, "start": period.start.isoformat() if period else "", "end": period.end.isoformat() if period else "",
        **choice(one, every), "file": cell.file, "sheet": cell.sheet, "cell": cell.cell,
        **{name: record.get(name) for name in ("source_title", "source_url", "source_date", "confidence")},
        "evidence_class": "E4" if record.get("source_url") else "E3",
    }  # fmt: skip


def choice(one, every):
    own = tables.IDENTIFIERS[one[0].kind]
    rivals = [x for x in every if (x[0].kind, x[0].get(own), x[1]) == (one[0].kind, one[0].get(own), one[1])]
    if len(rivals) == 1:
        return {"chosen": "yes", "choice": "only"}
    if (one[0].kind, one[1]) in list_fields():
        return {"chosen": "yes", "choice": "list"}
    values = [
        stated(record, field, figure or Quantity(None, None), part) for record, field, _, part, figure, _ in rivals
    ]
    used, why = choose(values)[next(i for i, rival in enumerate(rivals) if rival is one)]
    return {"chosen": "yes" if used else "no", "choice": why}


@given(rows("supplier"), rows("need"), st.integers(1, 6))
def test_facts_against_their_slow_twin(suppliers, needs, ids):
    suppliers, needs = records("supplier", suppliers, ids), records("need", needs, 100)
    pd.testing.assert_frame_equal(normalization.facts_table(suppliers, needs), slow(suppliers, needs))
