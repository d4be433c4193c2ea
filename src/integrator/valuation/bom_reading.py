"""Rows of a bill of materials -> vehicles, what is to be localised, and what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from integrator.errors import Problem
from integrator.records import CellRef
from integrator.text.numbers import Decimal
from integrator.valuation import bom_cells
from integrator.valuation.bom import HOME, Line, Local, Vehicle
from integrator.valuation.bounds import times, total
from integrator.valuation.figures import Range

SHARES = ("domestic_share", "foreign_materials", "same_heading_materials", "local_domestic_share")


@dataclass(frozen=True)
class BomRow:
    """One row as read: a purchase, or what assembly or margin add to the value."""

    vehicle: str
    kind: str
    """`purchase`, `assembly` or `other`."""
    line: Line
    """Its price is per vehicle, quantity included."""
    currency: str
    volume: Range | None
    year: str
    local: Local | None
    """Not None: the line is to be localised."""
    ref: CellRef
    need_id: str = ""
    """Of the need that buys it; "" = none."""


def read_bom_rows(
    rows: Sequence[Mapping[str, str]],
    file: str = "",
    sheet: str = "",
    numbers: Sequence[int] = (),
    units: Mapping[str, str] | None = None,
    decimals: Sequence[Mapping[str, Decimal]] = (),
) -> tuple[tuple[BomRow, ...], tuple[Problem, ...]]:
    """Rows of one table, keyed by the canonical columns -> lines, and problems.

    A cell that cannot be read is unknown, never 0. `numbers`: the row of the sheet of each (from 2 on when left out);
    `units`: what the heading of a field says in brackets, a currency or %, without which the figures of a share
    column tell whether it is in percent; `decimals`: by row and field the decimal sign, where its column tells it.
    """
    units = units or {}
    scales = {
        field: "percent"
        if _is_percent(units.get(field, ""))
        else bom_cells.scale_of(row.get(field, "") for row in rows)
        for field in SHARES
    }
    names_vehicles = any(bom_cells.said(row, "vehicle") for row in rows)
    found: list[BomRow] = []
    problems: list[Problem] = []
    signs = decimals or [{}] * len(rows)
    for row, number, sign in zip(rows, numbers or range(2, len(rows) + 2), signs, strict=True):
        ref = CellRef(file, sheet, number)
        fault = _fault(row, names_vehicles)
        if not fault:
            reader = _RowReader(row, scales, ref, units, sign)
            found.append(reader.read())
            problems += reader.problems
        elif any(text.strip() for text in row.values()):
            problems.append(replace(_problem(ref, "", "bom_row", fault, "fill it in"), severity="set_aside"))
    return tuple(found), tuple(problems)


def _is_percent(unit: str) -> bool:
    return unit.strip() in ("%", "٪")


def _problem(ref: CellRef, column: str, code: str, message: str, action: str, raw: str = "") -> Problem:
    return Problem(ref.file, ref.sheet, ref.row, column, code, "warning", message, action, raw[:200])


def _kind(row: Mapping[str, str]) -> str:
    text = bom_cells.said(row, "kind")
    return bom_cells.meaning("kind", text) if text else "purchase"


def _fault(row: Mapping[str, str], names_vehicles: bool) -> str:
    """Why a row cannot be a line of the bill."""
    if not _kind(row):
        return f"the kind {bom_cells.said(row, 'kind')!r} is neither purchase, assembly nor other"
    if _kind(row) == "purchase" and not bom_cells.said(row, "line"):
        return "the row names no line"
    return "the row names no vehicle" if names_vehicles and not bom_cells.said(row, "vehicle") else ""


class _RowReader:
    """Reads the cells of one row and keeps what it could not read."""

    def __init__(
        self, row: Mapping[str, str], scales: Mapping[str, str], ref: CellRef, units: Mapping[str, str],
        decimals: Mapping[str, Decimal],
    ) -> None:  # fmt: skip
        self._row, self._scales, self._ref, self._units, self._decimals = row, scales, ref, units, decimals
        self.problems: list[Problem] = []

    def read(self) -> BomRow:
        kind = _kind(self._row)
        price, currency = self._amount("price")
        local_price, local_currency = self._amount("local_price")
        quantity = self._amount("quantity")[0] if self._text("quantity") else Range(1.0, 1.0, 1.0)
        stated = self._text("currency").upper() or currency or local_currency
        if len({stated, currency or stated, local_currency or stated}) > 1:
            self._doubt("currency", "bom_currency", "the row holds two currencies", "give its prices in one currency")
            price = local_price = None
        line = Line(
            self._text("line") or kind,
            None if price is None or quantity is None else times(price, quantity),
            *self._made(),
            hs_code="".join(char for char in self._text("hs_code") if char.isdigit()),
            proof=self._flag("proof"),
            foreign_materials=self._share("foreign_materials"),
            new_heading=self._flag("new_heading"),
            same_heading_materials=self._share("same_heading_materials"),
        )
        need_id = self._text("need_id")
        if need_id and kind != "purchase":
            self._doubt("need_id", "bom_contradiction", f"a line of {kind} buys no need", "tie the need to a purchase")
            need_id = ""
        gain = self._share("local_domestic_share")
        wanted = self._flag("localise") or (local_price is not None and self._flag("localise") is None)
        unit = None if local_price is None or quantity is None else times(local_price, quantity)
        return BomRow(
            vehicle=self._text("vehicle"),
            kind=kind,
            line=line,
            currency=stated,
            volume=self._amount("volume")[0],
            year=self._text("year"),
            local=Local(unit, gain) if wanted and kind == "purchase" else None,
            ref=self._ref,
            need_id=need_id,
        )

    def _made(self) -> tuple[bool | None, Range | None, str, str]:
        """Local flag, domestic share, group, country; a country tells a blank flag, and one that differs is doubted."""
        local, text = self._flag("local"), self._text("origin")
        named = bom_cells.countries(text)
        if text and not named:
            self._doubt("origin", "bom_cell", "names no country that is known", "write a country or its ISO code")
        origin = named[0] if len(named) == 1 else ""
        if origin and local is not None and local != (origin == HOME):
            self._doubt(
                "local",
                "bom_contradiction",
                f"the row is made in {origin} and says local: {'yes' if local else 'no'}",
                "correct one of both",
            )
            local = None
        elif origin and local is None:
            local = origin == HOME
        elif local and not text:
            origin = HOME
        group = self._text("group")
        return local, self._share("domestic_share"), bom_cells.meaning("group", group) or group, origin

    def _text(self, field: str) -> str:
        return bom_cells.said(self._row, field)

    def _amount(self, field: str) -> tuple[Range | None, str]:
        text = self._text(field)
        if not text:
            return None, ""
        cell = bom_cells.amount(text, self._units.get(field, ""), self._decimals.get(field, ""))
        if cell.fault:
            self._doubt(field, "bom_cell", f"the cell {cell.fault}", "write one number; until then it is unknown")
        return cell.value, cell.unit if len(cell.unit) == 3 else ""

    def _share(self, field: str) -> Range | None:
        text = self._text(field)
        if not text:
            return None
        scale: bom_cells.Scale = "percent" if self._scales[field] == "percent" else "share"
        cell = bom_cells.share(text, scale, self._decimals.get(field, ""))
        if cell.fault:
            self._doubt(field, "bom_cell", f"the cell {cell.fault}", "write it with %; until then it is unknown")
        return cell.value

    def _flag(self, field: str) -> bool | None:
        text = self._text(field)
        meaning = bom_cells.meaning("flag", text) if text else ""
        if text and not meaning:
            self._doubt(
                field, "bom_cell", "the cell is neither yes nor no", "write yes or no; until then it is unknown"
            )
        return None if not meaning else meaning == "yes"

    def _doubt(self, column: str, code: str, message: str, action: str) -> None:
        problem = _problem(self._ref, column, code, message, action, self._text(column))
        if problem not in self.problems:
            self.problems.append(problem)


def vehicles(rows: Sequence[BomRow]) -> tuple[tuple[Vehicle, ...], dict[str, dict[str, Local]], tuple[Problem, ...]]:
    """Rows -> vehicles in order of name, the lines to localise by vehicle and name, and problems.

    Assembly and other value are the sums of their rows, unknown without a row. Lines of one name are numbered by
    price. What a vehicle says in two ways (currency, volume, year) is unknown.
    """
    found: list[Vehicle] = []
    locals_: dict[str, dict[str, Local]] = {}
    problems: list[Problem] = []
    for name in sorted({row.vehicle for row in rows}):
        of_vehicle = sorted((row for row in rows if row.vehicle == name), key=_by_content)
        currencies = {row.currency for row in of_vehicle if row.currency}
        volumes = {row.volume for row in of_vehicle if row.volume is not None}
        years = {row.year for row in of_vehicle if row.year}
        for what, values in (("currency", currencies), ("volume", volumes), ("year", years)):
            if len(values) > 1:
                message = f"vehicle {name!r} has two values of {what}"
                odd = _odd_one([row for row in of_vehicle if getattr(row, what)], what)
                problems.append(_problem(odd, what, "bom_contradiction", message, "give one for each vehicle"))
        named = numbered(of_vehicle)
        lines = tuple(line if len(currencies) < 2 else replace(line, price=None) for line, _ in named)
        found.append(
            Vehicle(
                name,
                lines,
                _sum(of_vehicle, "assembly") if len(currencies) < 2 else None,
                _sum(of_vehicle, "other") if len(currencies) < 2 else None,
                volumes.pop() if len(volumes) == 1 else None,
                currencies.pop() if len(currencies) == 1 else "",
                years.pop() if len(years) == 1 else "",
                len(currencies) > 1,
            )
        )
        locals_[name] = {line.name: row.local for line, row in named if row.local is not None}
    return tuple(found), {name: of for name, of in locals_.items() if of}, tuple(problems)


def _odd_one(rows: Sequence[BomRow], what: str) -> CellRef:
    """The first row that says what fewest rows say."""
    counts = Counter(getattr(row, what) for row in rows)
    return min(rows, key=lambda row: (counts[getattr(row, what)], row.ref)).ref


def _by_content(row: BomRow) -> tuple[str, str, str, str, CellRef]:
    return (row.kind, row.line.name, f"{row.line!r} {row.local!r}", row.need_id, row.ref)


def numbered(of_vehicle: Sequence[BomRow]) -> list[tuple[Line, BomRow]]:
    """The purchases of a vehicle with names of their own and the row of each: the second of a name is `NAME (2)`."""
    rows = sorted((row for row in of_vehicle if row.kind == "purchase"), key=_by_content)
    seen: dict[str, int] = {}
    taken = {row.line.name for row in rows}
    named = []
    for row in rows:
        name = row.line.name
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        own = name if seen[name] == 1 else f"{name} ({seen[name]})"
        named.append((replace(row.line, name=own), row))
    return named


def _sum(rows: Sequence[BomRow], kind: str) -> Range | None:
    """The sum of the rows of a kind; None without one, or when one of them is not known."""
    prices = [row.line.price for row in rows if row.kind == kind]
    known = [price for price in prices if price is not None]
    return total(known) if prices and len(known) == len(prices) else None
