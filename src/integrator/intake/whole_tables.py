"""Inputs that are one table and no rows to compare: trade files, an input-output table, an outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from integrator import sources
from integrator.config import Config
from integrator.errors import InputRefused, Problem, UsageError
from integrator.intake.outlines import Rings, read_outline
from integrator.records import SheetCount
from integrator.workbooks import InputFile

if TYPE_CHECKING:
    from integrator.valuation.leontief import Economy
    from integrator.valuation.reading.trade_files import Told, TradeTable


@dataclass(frozen=True)
class WholeTables:
    """What was read; without a file nothing of it is loaded."""

    trade: TradeTable | None = None
    economy: Economy | None = None
    outline: Rings = ()
    problems: tuple[Problem, ...] = ()
    counts: tuple[SheetCount, ...] = ()


def read_whole_tables(config: Config) -> WholeTables:
    """The trade files, the input-output table and the outline of a job.

    Raises `InputRefused` with the refusals of all of them.
    """
    refusals: list[Problem] = []
    found: list[WholeTables] = []
    for one in (_trade, _economy, _outline):
        try:
            found.append(one(config))
        except InputRefused as error:
            refusals += error.problems
    if refusals:
        raise InputRefused(refusals)
    trade, economy, outline = found
    return WholeTables(
        trade.trade, economy.economy, outline.outline,
        tuple(problem for one in found for problem in one.problems),
        tuple(count for one in found for count in one.counts),
    )  # fmt: skip


def _trade(config: Config) -> WholeTables:
    files, notes = sources.find_inputs(config.inputs.trade, config.base)
    told = _told(config, files)
    if not config.inputs.trade:
        return WholeTables()
    from integrator.valuation.reading.trade_inputs import read_trade_files

    refusals = [problem for problem in notes if problem.severity == "refused"]
    try:
        table, counts = read_trade_files(
            files, told, limits=config.limits.limits(), encoding=config.inputs.encoding,
            delimiter=config.inputs.delimiter, include_hidden=config.inputs.include_hidden,
        )  # fmt: skip
    except InputRefused as error:
        raise InputRefused([*refusals, *error.problems]) from None
    if refusals:
        raise InputRefused(refusals)
    return WholeTables(table, None, (), (*notes, *table.problems), counts)


def _told(config: Config, files: Sequence[InputFile]) -> Mapping[str, Told]:
    """What the job says of its trade files, by file. Raises `UsageError` for a name that is none or several of them."""
    if not config.trade:
        return {}
    from integrator.valuation.reading.trade_files import Told

    found = {}
    for name, said in config.trade.items():
        meant = [file.shown_as for file in files if name in (file.shown_as, file.path.name)]
        if name in meant:
            meant = [name]
        if len(meant) != 1:
            listed = ", ".join(file.shown_as for file in files) or "none"
            what = f"names {len(meant)} trade files" if meant else "is no trade file"
            raise UsageError(f"trade: {name!r} {what} of this job; its trade files are: {listed}.")
        found[meant[0]] = Told(said.year, said.flow, said.country)
    return found


def _economy(config: Config) -> WholeTables:
    name = config.inputs.input_output
    if not name:
        return WholeTables()
    from integrator.valuation.reading.economy_file import read_economy

    file, notes = _one_file(name, config, "an input-output table")
    economy, problems, count = read_economy(
        file, limits=config.limits.limits(), encoding=config.inputs.encoding, delimiter=config.inputs.delimiter
    )
    return WholeTables(None, economy, (), (*notes, *problems), (count,))


def _outline(config: Config) -> WholeTables:
    name = config.output.outline
    if not name:
        return WholeTables()
    file, notes = _one_file(name, config, "an outline")
    rings = read_outline(
        file, limits=config.limits.limits(), encoding=config.inputs.encoding, delimiter=config.inputs.delimiter
    )
    return WholeTables(outline=rings, problems=notes)


def _one_file(name: str, config: Config, what: str) -> tuple[InputFile, tuple[Problem, ...]]:
    """The file that the job names, and notes."""
    files, notes = sources.find_inputs([name], config.base)
    refusals = [problem for problem in notes if problem.severity == "refused"]
    if not refusals and len(files) != 1:
        message = f"it names {len(files)} files, and {what} is one"
        refusals = [Problem(name, "", 0, "", "unreadable_path", "refused", message, "name one file")]
    if refusals:
        raise InputRefused(refusals)
    return files[0], notes
