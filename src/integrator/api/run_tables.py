"""The tables of a run: by name, and as attributes of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import overload

import pandas as pd

from integrator import parts


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name, in the order of `integrator.tables`; each look gives a frame of its own.

    What is changed in a frame stays there: the run, its explanations and its folder are not touched.
    """

    def __init__(self, held: Mapping[str, pd.DataFrame]) -> None:
        self._held = held

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._held:
            raise KeyError(f"{name!r} is no table of a run: {', '.join(self)}")
        return self._held[name].copy()

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def rows(self, name: str) -> int:
        """How many rows a table has, without reading one that lies on disk."""
        return parts.rows_of(self._held, name)

    def __repr__(self) -> str:
        return f"<tables: {', '.join(f'{name} ({self.rows(name)})' for name in self)}>"


class TableOf:
    """An attribute of a run that gives one of its tables, a frame of the reader's own at each look."""

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, run: None, owner: type) -> TableOf: ...
    @overload
    def __get__(self, run: WithTables, owner: type) -> pd.DataFrame: ...
    def __get__(self, run: WithTables | None, owner: type) -> TableOf | pd.DataFrame:
        """The table of a run; of the class, the attribute itself."""
        return self if run is None else run.tables[self.name]

    def __set__(self, run: WithTables, value: object) -> None:
        raise AttributeError(f"{self.name} is what the run found: change a frame of your own")


class WithTables:
    """The tables of `integrator.tables` as attributes; `unknown_terms` is in `tables` alone (a method has the name)."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    @property
    def tables(self) -> Tables:
        """Every table by its name."""
        return self._tables

    suppliers = TableOf("A supplier a row: what its row says and what was read of it.")
    needs = TableOf("A need a row.")
    requirements = TableOf("What needs ask for: one concept of the lexicon a row, with its cell.")
    capabilities = TableOf("What suppliers offer: one concept a row, with its cell.")
    candidates = TableOf("Pairs that were scored, with one column a feature.")
    contributions = TableOf("Of each match the points by feature, which sum to the score.")
    matches = TableOf("The ranked actors of each need: score, probability, grade 0-4, reasons.")
    reasons = TableOf("Of each match one criterion a row: state met, failed or unknown, points, both values, cells.")
    opportunities = TableOf("A need a row as opportunity: best grade, actors by grade, outlook, value, next action.")
    values = TableOf("Figures of the valuation, as intervals with unit and status.")
    value_inputs = TableOf("What each figure rests on, with source and cell.")
    stated = TableOf("What analysts state beside needs and suppliers.")
    rates = TableOf("Integration rates A to F, shares 0-1, before and after.")
    origins = TableOf("Preferential origin by agreement.")
    bill_lines = TableOf("What was read of the bills of materials.")
    multipliers = TableOf("Domestic value and imports of one unit of output, by sector.")
    sensitivities = TableOf("Figures after a step of one driver.")
    pools = TableOf("Needs whose demand is added up.")
    allocations = TableOf("Who makes how much of what, in the cautious and the hopeful plan.")
    covers = TableOf("How much of each need's demand the plans serve, and why not all.")
    capacities = TableOf("How much of each supplier's capacity the plans use.")
    teams = TableOf("Teams of suppliers for needs of several processes.")
    upstream = TableOf("What a localised part still buys abroad.")
    trades = TableOf("Trades that needs ask for, by level.")
    skills = TableOf("Trades by region and year, over all needs.")
    supports = TableOf("Support measures that a need may be eligible for.")
    axes = TableOf("Position of needs on four axes, 0-1, with composite and rank.")
    statuses = TableOf("Where projects stand, as people said last.")
    facts = TableOf("Every value that was read, with its cell and source.")
    problems = TableOf("Every problem of the inputs, with its place and what to do.")
    duplicates = TableOf("Pairs of supplier rows that may be one company.")
    coverage = TableOf("How many lines have a concept, by side, field, language and step.")
    recall = TableOf("Of the pairs judged able, how many are among the ranked actors.")
    decisions = TableOf("What people said of pairs.")
