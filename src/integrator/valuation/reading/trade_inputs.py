"""The trade files of a job -> one table, or the refusals of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from integrator.errors import InputRefused, Problem
from integrator.records import SheetCount
from integrator.valuation.reading.trade_files import Told, TradeTable, merged, read_trade
from integrator.workbooks import DEFAULT_LIMITS, InputFile, Limits


def read_trade_files(
    files: Sequence[InputFile],
    told: Mapping[str, Told],
    *,
    limits: Limits = DEFAULT_LIMITS,
    encoding: str = "",
    delimiter: str = "",
    include_hidden: bool = False,
) -> tuple[TradeTable, tuple[SheetCount, ...]]:
    """One table of all files, and the lines of each that are used and not. `told`: by file as it is shown.

    Raises `InputRefused` with the refusals of every file.
    """
    parts: dict[str, TradeTable] = {}
    refusals: list[Problem] = []
    for file in files:
        try:
            parts[file.shown_as] = read_trade(
                file.path, file.shown_as, told.get(file.shown_as), limits,
                encoding=encoding, delimiter=delimiter, include_hidden=include_hidden,
            )  # fmt: skip
        except InputRefused as error:
            refusals += error.problems
    if refusals:
        raise InputRefused(refusals)
    counts = tuple(
        SheetCount(name, "", "trade", 0, part.rows, part.used, part.rows - part.used, part.used)
        for name, part in parts.items()
    )
    return merged(list(parts.values())), counts
