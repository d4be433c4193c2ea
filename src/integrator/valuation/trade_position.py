"""Where a heading stands in the trade of a country: import value, RCA, density, outlook gain, for a sheet.

Exports of goods say nothing of what a firm can do; free zones and re-exports distort RCA; imports, the thing to
replace, are not in it. So ease (density) and gain (COG) stay two figures, shown beside the import value and the
suppliers found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from integrator.valuation.figures import Figure, Given, exact, unknown
from integrator.valuation.product_space import Numbers, Space, product_space

NAMES = ("import_value", "rca", "density", "outlook_gain")
LEVELS = (6, 4)
"""Digits at which the space of products is made: a need states a code of six digits or a heading of four."""
_MIN_COUNTRIES = 3


@dataclass(frozen=True)
class Level:
    """The space of products at one level of the codes."""

    countries: tuple[str, ...]
    products: tuple[str, ...]
    exports: Numbers
    space: Space


@dataclass(frozen=True)
class Trade:
    """A long table of trade with the spaces made of its exports."""

    frame: pd.DataFrame
    """Columns of `reading.trade_files.COLUMNS`."""
    year: int | None
    """Of the exports: the latest with three countries or more; None = there is none."""
    currency: str
    levels: Mapping[int, Level]
    """By digits."""


def trade_of(frame: pd.DataFrame) -> Trade:
    """The spaces of the latest year in which three or more countries export, in the currency with most of them."""
    exports = frame[frame["flow"] == "export"]
    counts = exports[exports["value"] > 0].groupby(["year", "currency"]).agg(size=("country", "nunique")).reset_index()
    enough = counts[counts["size"] >= _MIN_COUNTRIES]
    if enough.empty:
        return Trade(frame, None, "", {})
    best = enough.sort_values(["year", "size", "currency"], ascending=[False, False, True]).iloc[0]
    year, currency = int(best["year"]), str(best["currency"])
    chosen = exports[(exports["year"] == year) & (exports["currency"] == currency)]
    return Trade(frame, year, currency, {digits: _level(chosen, digits) for digits in LEVELS})


def position(trade: Trade | None, country: str, hs_code: str) -> tuple[Figure, ...]:
    """The figures `NAMES` of a code of four digits or more (beyond six it is cut) for a country, ISO alpha-2.

    Each is missing, never 0, without a trade file (`trade_file`), without a usable code (`hs_code`), and where the file
    does not say it: `imports_of_CODE`, `exports_of_COUNTRY`, `exports_of_CODE`, `exports_of_other_countries`,
    `comparative_advantage` (the country or code has none), `complexity` (it is not defined for these exports).
    """
    if trade is None:
        return tuple(unknown(name, "", ("trade_file",)) for name in NAMES)
    code = re.sub(r"[\s.]", "", hs_code)
    if not re.fullmatch(r"[0-9]{4}|[0-9]{6,10}", code):
        return tuple(unknown(name, "", ("hs_code",)) for name in NAMES)
    code = code[:6]
    return (import_value(trade.frame, country, code), *_measures(trade, country, code))


def import_value(frame: pd.DataFrame, country: str, code: str) -> Figure:
    """Imports of a country under a code or heading in the latest year that says any: the market to replace, gross.

    With two currencies in that year the first by name is taken. The value is as the file says, mostly CIF.
    """
    found = frame[(frame["flow"] == "import") & (frame["country"] == country) & frame["hs6"].str.startswith(code)]
    if found.empty:
        return unknown("import_value", "", (f"imports_of_{code}",))
    latest = found[found["year"] == found["year"].max()]
    latest = latest[latest["currency"] == latest["currency"].min()].sort_values("hs6")
    currency, year = str(latest["currency"].iloc[0]), str(latest["year"].iloc[0])
    inputs = tuple(
        Given(f"imports[{hs6}]", exact(float(value)), f"{currency}/year", "stated", str(file), year)
        for hs6, value, file in latest[["hs6", "value", "file"]].itertuples(index=False)
    )
    return Figure("import_value", exact(float(latest["value"].sum())), f"{currency}/year", inputs, note=year)


def _measures(trade: Trade, country: str, code: str) -> list[Figure]:
    level = trade.levels.get(len(code))
    if level is None:
        return [unknown(name, "", ("exports_of_other_countries",)) for name in NAMES[1:]]
    for key, known in ((country, level.countries), (code, level.products)):
        if key not in known:
            return [unknown(name, "", (f"exports_of_{key}",)) for name in NAMES[1:]]
    at = level.countries.index(country), level.products.index(code)
    files = trade.frame.loc[(trade.frame["year"] == trade.year) & (trade.frame["flow"] == "export"), "file"]
    source, unit = "; ".join(sorted(set(files))), f"{trade.currency}/year"
    inputs = tuple(
        Given(name, exact(float(value)), unit, "stated", source, str(trade.year))
        for name, value in (
            (f"exports_of_{country}[{code}]", level.exports[at]),
            (f"exports_of_{country}", level.exports[at[0]].sum()),
            (f"world_exports[{code}]", level.exports[:, at[1]].sum()),
            ("world_exports", level.exports.sum()),
        )
    )
    note = f"{trade.year}, {len(level.countries)} countries, {len(level.products)} codes of {len(code)} digits"
    found = zip(NAMES[1:], (level.space.rca, level.space.density, level.space.outlook_gain), strict=True)
    return [_figure(name, float(values[at]), inputs, note) for name, values in found]


def _figure(name: str, value: float, inputs: tuple[Given, ...], note: str) -> Figure:
    if np.isnan(value):
        lacking = "comparative_advantage" if name == "density" else "complexity"
        return unknown(name, "", (lacking,), inputs)
    return Figure(name, exact(value), "", inputs, note=note)


def _level(exports: pd.DataFrame, digits: int) -> Level:
    codes = exports["hs6"].str[:digits].rename("code")
    table = exports.groupby(["country", codes])["value"].sum().unstack(fill_value=0).sort_index().sort_index(axis=1)
    table = table.loc[table.sum(axis=1) > 0, table.sum(axis=0) > 0]
    matrix = table.to_numpy(dtype=float)
    return Level(tuple(map(str, table.index)), tuple(map(str, table.columns)), matrix, product_space(matrix))
