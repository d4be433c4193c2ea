"""The band of places, block by block, is the one that comparing every two opportunities by itself gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.valuation import axes
from integrator.valuation.axes import AXES, SWING, Axis, Measured, axis_weights, placed
from integrator.valuation.figures import Range, exact

VALUE = st.one_of(
    st.none(), st.integers(0, 3).map(exact), st.tuples(st.integers(0, 3), st.integers(0, 3)).map(
        lambda ends: Range(min(ends), max(ends))
    )
)  # fmt: skip


def slow_band(low: np.ndarray, high: np.ndarray, weights: list[float]) -> list[tuple[int, int]]:
    """Best and worst place of each: who must and who can be ahead, two by two; ties go by place."""

    def most(ahead: int, behind: int) -> float:
        gains = [float(high[ahead][a] - low[behind][a]) for a in range(len(weights))]
        return sum(w * (1 + SWING if gain > 0 else 1 - SWING) * gain for w, gain in zip(weights, gains, strict=True))

    def leads(number: float, ahead: int, behind: int) -> bool:
        return number > 1e-12 or (abs(number) <= 1e-12 and ahead < behind)

    everyone = range(len(low))
    return [
        (
            1 + sum(leads(-most(i, j), j, i) for j in everyone if j != i),
            1 + sum(leads(most(j, i), j, i) for j in everyone if j != i),
        )
        for i in everyone
    ]


@pytest.mark.parametrize("cells", [1, 7, 250_000])
@given(rows=st.lists(st.tuples(VALUE, VALUE, VALUE, VALUE), max_size=7))
def test_band_against_its_slow_twin(cells: int, rows: list[tuple[Range | None, ...]]) -> None:
    portfolio = [Measured(f"o{i}", dict[Axis, Range | None](zip(AXES, row, strict=True))) for i, row in enumerate(rows)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(axes, "_CELLS", cells)
        found = sorted(placed(portfolio), key=lambda one: one.id)
    weights = [axis_weights()[axis] for axis in AXES]
    for names in (("best_rank", "worst_rank"), ("best_rank_uncertain", "worst_rank_uncertain")):
        is_wide = "uncertain" in names[0]
        low = [[_end(one.positions[axis], "low" if is_wide else "point", 0.0) for axis in AXES] for one in found]
        high = [[_end(one.positions[axis], "high" if is_wide else "point", 1.0) for axis in AXES] for one in found]
        expected = slow_band(np.array(low), np.array(high), weights)
        assert [tuple(getattr(one, name) for name in names) for one in found] == expected


def _end(value: Range | None, name: str, unknown: float) -> float:
    return unknown if value is None else float(getattr(value, name))
