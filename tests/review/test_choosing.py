"""Which pairs a reviewer gets: a stated rule, whatever the order of the rows."""

from __future__ import annotations

import pandas as pd

from integrator.review import batch
from integrator.review.choosing import pairs_to_judge

ROWS = [
    {"need_id": f"N{n}", "supplier_id": f"S{rank}", "rank": rank, "score": 90.0 - 5 * rank - n, "grade": 4 - rank // 2}
    for n in (1, 2)
    for rank in range(1, 7)
]
MATCHES = pd.DataFrame([*ROWS, {"need_id": "N3", "supplier_id": "", "rank": None, "score": None, "grade": None}])


def chosen(limit: int, frame: pd.DataFrame = MATCHES) -> list[str]:
    return [f"{row.need_id}-{row.supplier_id}" for row in pairs_to_judge(frame, limit).itertuples()]


def test_first_actors_then_the_border_by_score():
    assert chosen(7) == ["N1-S1", "N1-S2", "N1-S3", "N1-S4", "N2-S1", "N2-S2", "N2-S3"]
    assert chosen(100) == [f"N{n}-S{rank}" for n in (1, 2) for rank in range(1, 6)]


def test_the_limit_holds_and_every_need_is_served_first():
    assert chosen(2) == ["N1-S1", "N2-S1"]
    assert chosen(3) == ["N1-S1", "N1-S2", "N2-S1"]


def test_row_order_does_not_count():
    shuffled = MATCHES.sample(frac=1, random_state=3)
    assert chosen(8, shuffled) == chosen(8)
    assert _batch(shuffled) == _batch(MATCHES)


def test_another_grade_or_another_name_is_another_batch():
    changed = MATCHES.assign(grade=MATCHES["grade"].where(MATCHES.index != 0, 2))
    assert _batch(changed) != _batch(MATCHES)
    assert _batch(MATCHES, "Autre atelier (démo)") != _batch(MATCHES)


def _batch(matches: pd.DataFrame, name: str = "Atelier (démo)") -> str:
    suppliers = pd.DataFrame({"supplier_id": [f"S{i}" for i in range(1, 7)], "name": name, "products": "vis"})
    needs = pd.DataFrame({"need_id": ["N1", "N2", "N3"], "component": "support"})
    real = matches[matches["supplier_id"] != ""].assign(reasons="", missing="")
    return batch({"matches": real, "suppliers": suppliers, "needs": needs})
