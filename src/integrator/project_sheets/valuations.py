"""What the tables of a valuation say of each need, gathered."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from integrator.tables import ALL

Row = dict[str, Any]
MISSING, ESTIMATED = "missing", "estimated"
_LISTED = (
    "rates", "sensitivities", "pools", "allocations", "covers", "teams", "upstream", "trades", "supports",
)  # fmt: skip


@dataclass(frozen=True)
class Valued:
    """All rows of a valuation that concern one need; see `integrator.tables` for the columns."""

    figures: Mapping[str, Row] = field(default_factory=dict)
    """By name."""
    inputs: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """By figure, in their order."""
    listed: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """Rows of the other tables by table."""
    suppliers: Mapping[str, str] = field(default_factory=dict)
    """Names by id."""
    needs: Mapping[str, str] = field(default_factory=dict)
    """Names by id."""

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table."""
        return self.listed.get(table, ())

    def figure(self, name: str) -> Row | None:
        """A figure, None when the tables do not have it."""
        return self.figures.get(name)

    def known(self, *names: str) -> list[Row]:
        """Those of the figures that have a value."""
        found = (self.figures.get(name) for name in names)
        return [row for row in found if row is not None and row["status"] != MISSING]

    def missing(self, *names: str) -> list[str]:
        """What the figures lack, each input once, in the order in which it is met."""
        found = (self.figures.get(name) for name in names)
        return list(dict.fromkeys(token for row in found if row for token in tokens(row["missing"])))

    def is_estimated(self, name: str) -> bool:
        """Whether a figure rests on a default, an assumption or something not verified."""
        row = self.figures.get(name)
        return row is not None and row["status"] == ESTIMATED


def tokens(text: str) -> list[str]:
    """The names in a cell of the columns `missing`, `deciding` and `unverified`."""
    return [part.strip() for part in text.split("; ") if part.strip()]


def valuations(tables: Mapping[str, pd.DataFrame], chosen: Collection[str] | None = None) -> dict[str, Valued]:
    """Need id -> what its valuation says. A vehicle's origin belongs to each need that is a line of it.

    Needs that are not among the `chosen` (None = all are) have their figures alone.
    """
    suppliers = dict(zip(tables["suppliers"]["supplier_id"], tables["suppliers"]["name"], strict=True))
    needs = dict(zip(tables["needs"]["need_id"], tables["needs"]["component"], strict=True))
    figures: dict[str, dict[str, Row]] = {}
    for row in rows_of(tables["values"]):
        figures.setdefault(row["need_id"], {})[row["figure"]] = row
    inputs: dict[str, dict[str, list[Row]]] = {}
    for row in rows_of(_of(tables["value_inputs"], chosen).sort_values(["need_id", "figure", "place"])):
        inputs.setdefault(row["need_id"], {}).setdefault(row["figure"], []).append(row)
    listed: dict[str, dict[str, list[Row]]] = {}
    for table in _LISTED:
        for row in rows_of(_of(tables[table], chosen).sort_values(list(ALL[table].key))):
            for need_id in _owners(table, row, needs):
                listed.setdefault(need_id, {}).setdefault(table, []).append(row)
    for need_id, rows in _origins(tables, needs).items():
        listed.setdefault(need_id, {})["origins"] = rows
    return {
        need_id: Valued(
            figures=figures.get(need_id, {}),
            inputs={name: tuple(of) for name, of in inputs.get(need_id, {}).items()},
            listed={name: tuple(of) for name, of in listed.get(need_id, {}).items()},
            suppliers=suppliers,
            needs=needs,
        )
        for need_id in ("", *needs)
    }


def _of(frame: pd.DataFrame, chosen: Collection[str] | None) -> pd.DataFrame:
    """The rows of the chosen needs and those of no need alone."""
    return frame if chosen is None else frame[frame["need_id"].isin(chosen) | (frame["need_id"] == "")]


def _owners(table: str, row: Row, needs: Mapping[str, str]) -> set[str]:
    """The need of a row; a rate of a part, or of a bill that is named as a need, is that need's."""
    if table != "rates":
        return {row["need_id"]}
    return {one for one in (row["need_id"], row["of"]) if one in needs} or {""}


def _origins(tables: Mapping[str, pd.DataFrame], needs: Mapping[str, str]) -> dict[str, list[Row]]:
    lines: dict[str, set[str]] = {}
    for vehicle, joined in tables["bill_lines"][["vehicle", "need_id"]].itertuples(index=False):
        lines.setdefault(vehicle, set()).update(one for one in joined.split("; ") if one)
    found: dict[str, list[Row]] = {}
    for row in rows_of(tables["origins"].sort_values(["of", "agreement", "state"])):
        own = {row["need_id"]} if row["need_id"] in needs else lines.get(row["of"], set())
        for need_id in sorted(own):
            found.setdefault(need_id, []).append(row)
    return found


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Rows as plain dictionaries; unknown numbers are None."""
    names = [str(name) for name in frame.columns]
    return [
        dict(zip(names, values, strict=True)) for values in zip(*map(_plain, names, [frame] * len(names)), strict=True)
    ]


def _plain(name: str, frame: pd.DataFrame) -> list[Any]:
    column = frame[name]
    unknown = column.isna()
    plain = column.astype(object)
    values = (plain.mask(unknown, None) if unknown.any() else plain).tolist()
    known: dict[Any, Any] = {}  # equal texts once in memory: a column says few things many times
    return [known.setdefault(value, value) if isinstance(value, str) else value for value in values]
