"""Lines of a trade file that other lines are the sum of: each amount is counted once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from integrator.errors import Problem
from integrator.valuation.reading.trade_shapes import TOTALS

KEY = ("year", "country", "flow", "hs6", "currency")
HS6 = 6


def counted_once(lines: pd.DataFrame, problems: list[Problem], file: str) -> pd.DataFrame:
    """Without the lines that another line of the same country, year, flow and code is the sum of."""
    lines = _only(lines, lines["digits"] == HS6, KEY, problems, file, "national codes within a code of six digits")
    for name in TOTALS:
        rest = [other for other in TOTALS if other != name]
        what = f"within the line over all of column {name}"
        lines = _only(lines, lines[name].astype(bool), [*KEY, *rest], problems, file, what)
    return lines


def _only(
    lines: pd.DataFrame, is_sum: pd.Series, key: Sequence[str], problems: list[Problem], file: str, what: str
) -> pd.DataFrame:
    has_sum = is_sum.groupby([lines[name] for name in key]).transform("any")
    dropped = lines[has_sum & ~is_sum]
    for sheet, row in _places(dropped):
        problems.append(Problem(file, sheet, row, "", "trade_part", "note", f"counted {what}", ""))
    return lines[~has_sum | is_sum]


def _places(lines: pd.DataFrame) -> Iterator[tuple[str, int]]:
    for sheet, row in lines[["sheet", "row"]].drop_duplicates().itertuples(index=False):
        yield str(sheet), int(row)
