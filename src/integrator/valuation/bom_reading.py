"""Rows of a bill of materials -> vehicles, what is to be localised, and what could not be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from integrator.errors import Problem
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
    row: int


@dataclass(frozen=True)
class _Place:
    file: str
    sheet: str
    row: int

    def problem(self, column: str, code: str, message: str, action: str, raw: str = "") -> Problem:
        return Problem(self.file, self.sheet, self.row, column, code, "warning", message, action, raw[:200])


def read_bom_rows(
    rows: Sequence[Mapping[str, str]],
    file: str = "",
    sheet: str = "",
    first_row: int = 2,
    percent_fields: Collection[str] = (),
) -> tuple[tuple[BomRow, ...], tuple[Problem, ...]]:
    """Rows keyed by the canonical columns -> lines, and problems: a cell that cannot be read is unknown, never 0.

    `percent_fields`: share columns whose heading says that they are in percent; of the others the figures tell.
    """
    scales = {
        field: "percent" if field in percent_fields else bom_cells.scale_of(row.get(field, "") for row in rows)
        for field in SHARES
    }
    names_vehicles = any(bom_cells.said(row, "vehicle") for row in rows)
    found: list[BomRow] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows, start=first_row):
        place = _Place(file, sheet, number)
        fault = _fault(row, names_vehicles)
        if not fault:
            reader = _RowReader(row, scales, place)
            found.append(reader.read())
            problems += reader.problems
        elif any(text.strip() for text in row.values()):
            problems.append(replace(place.problem("", "bom_row", fault, "fill it in"), severity="set_aside"))
    return tuple(found), tuple(problems)


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

    def __init__(self, row: Mapping[str, str], scales: Mapping[str, str], place: _Place) -> None:
        self._row, self._scales, self._place = row, scales, place
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
            row=self._place.row,
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
                f"the row is made in {origin} and says local: {local}",
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
        cell = bom_cells.amount(text)
        if cell.fault:
            self._doubt(field, "bom_cell", f"the cell {cell.fault}", "write one number; until then it is unknown")
        return cell.value, cell.unit if len(cell.unit) == 3 else ""

    def _share(self, field: str) -> Range | None:
        text = self._text(field)
        if not text:
            return None
        cell = bom_cells.share(text, "percent" if self._scales[field] == "percent" else "share")
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
        problem = self._place.problem(column, code, message, action, self._text(column))
        if problem not in self.problems:
            self.problems.append(problem)


def vehicles(
    rows: Sequence[BomRow], file: str = "", sheet: str = ""
) -> tuple[tuple[Vehicle, ...], dict[str, dict[str, Local]], tuple[Problem, ...]]:
    """Rows -> vehicles in order of name, the lines to localise by vehicle and name, and problems.

    Assembly and other value are the sums of their rows, unknown without a row. Lines of one name are numbered by
    price. What a vehicle says in two ways (currency, volume, year) is unknown.
    """
    found: list[Vehicle] = []
    locals_: dict[str, dict[str, Local]] = {}
    problems: list[Problem] = []
    for name in sorted({row.vehicle for row in rows}):
        of_vehicle = sorted((row for row in rows if row.vehicle == name), key=_by_content)
        place = _Place(file, sheet, of_vehicle[0].row)
        currencies = {row.currency for row in of_vehicle if row.currency}
        volumes = {row.volume for row in of_vehicle if row.volume is not None}
        years = {row.year for row in of_vehicle if row.year}
        for what, values in (("currency", currencies), ("volume", volumes), ("year", years)):
            if len(values) > 1:
                message = f"vehicle {name!r} has two values of {what}"
                problems.append(place.problem(what, "bom_contradiction", message, "give one for each vehicle"))
        named = _numbered([row for row in of_vehicle if row.kind == "purchase"])
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
            )
        )
        locals_[name] = {line.name: local for line, local in named if local is not None}
    return tuple(found), {name: of for name, of in locals_.items() if of}, tuple(problems)


def _by_content(row: BomRow) -> tuple[str, str, str, int]:
    return (row.kind, row.line.name, repr(row.line), row.row)


def _numbered(rows: Sequence[BomRow]) -> list[tuple[Line, Local | None]]:
    """Lines with names of their own: the second of a name becomes `NAME (2)`."""
    seen: dict[str, int] = {}
    taken = {row.line.name for row in rows}
    named = []
    for row in rows:
        name = row.line.name
        seen[name] = seen.get(name, 0) + 1
        while seen[name] > 1 and f"{name} ({seen[name]})" in taken:
            seen[name] += 1
        own = name if seen[name] == 1 else f"{name} ({seen[name]})"
        named.append((replace(row.line, name=own), row.local))
    return named


def _sum(rows: Sequence[BomRow], kind: str) -> Range | None:
    """The sum of the rows of a kind; None without one, or when one of them is not known."""
    prices = [row.line.price for row in rows if row.kind == kind]
    known = [price for price in prices if price is not None]
    return total(known) if prices and len(known) == len(prices) else None
