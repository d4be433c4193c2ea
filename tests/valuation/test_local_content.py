"""Formulas of other countries: the worked checks, and ranges that hold their points; made-up amounts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrator.valuation.figures import Range, exact
from integrator.valuation.local_content import iktva, pli_auto, sats_1286

LOCAL = tuple(map(exact, (5.2, 1.1, 0.05, 0.02, 0.03)))


def test_worked_checks() -> None:
    assert iktva(LOCAL, exact(16.0), exact(0.02)).point == pytest.approx(0.42)  # type: ignore[union-attr]
    assert sats_1286(exact(46.0), exact(100.0)).point == pytest.approx(54.0)  # type: ignore[union-attr]
    assert pli_auto(exact(100.0), exact(46.0)).point == pytest.approx(0.54)  # type: ignore[union-attr]


def test_over_nothing_is_missing() -> None:
    assert iktva(LOCAL, Range(0.0, 16.0)) is None
    assert sats_1286(exact(1.0), exact(0.0)) is None
    assert pli_auto(Range(0.0, 1.0), exact(0.0)) is None


ENDS = st.tuples(st.floats(1, 100), st.floats(1, 100), st.floats(1, 100)).map(sorted)


@given(ENDS, ENDS)
def test_ranges_hold_their_points_and_move_the_right_way(one: list[float], other: list[float]) -> None:
    x, y = Range(one[0], one[2], one[1]), Range(other[0], other[2], other[1])
    for function in (lambda a, b: iktva([a], b), sats_1286, lambda a, b: pli_auto(b, a)):
        wide, inner = function(x, y), function(exact(one[1]), exact(other[1]))
        assert wide is not None
        assert inner is not None
        assert wide.low - 1e-9 <= inner.low <= wide.high + 1e-9
    more = sats_1286(exact(one[2]), exact(other[1]))
    fewer = sats_1286(exact(one[0]), exact(other[1]))
    assert more is not None
    assert fewer is not None
    assert more.low <= fewer.low
