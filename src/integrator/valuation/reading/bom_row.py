"""One row of a bill of materials: its cells -> a line, and what could not be read of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from integrator.errors import Problem
from integrator.records import CellRef
from integrator.text.numbers import Decimal
from integrator.valuation.bom import HOME, Line, Local
from integrator.valuation.bounds import times
from integrator.valuation.figures import Range
from integrator.valuation.reading import bom_cells

SHARES = ("domestic_share", "foreign_materials", "same_heading_materials", "local_domestic_share")
"""Fields that hold a part of 1, or of 100 %."""


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


def row_problem(ref: CellRef, column: str, code: str, message: str, action: str, raw: str = "") -> Problem:
    """A warning about a row, or about a column of it; `raw`: the first 200 characters of what stands there."""
    return Problem(ref.file, ref.sheet, ref.row, column, code, "warning", message, action, raw[:200])


def kind_of(row: Mapping[str, str]) -> str:
    """What a row adds to the value: `purchase` when it does not say, "" when its word is not known."""
    text = bom_cells.said(row, "kind")
    return bom_cells.meaning("kind", text) if text else "purchase"


class RowReader:
    """Reads the cells of one row and keeps what it could not read."""

    def __init__(
        self, row: Mapping[str, str], scales: Mapping[str, str], ref: CellRef, units: Mapping[str, str],
        decimals: Mapping[str, Decimal],
    ) -> None:  # fmt: skip
        self._row, self._scales, self._ref, self._units, self._decimals = row, scales, ref, units, decimals
        self.problems: list[Problem] = []

    def read(self) -> BomRow:
        """The row; what could not be read of it stands in `problems`."""
        kind = kind_of(self._row)
        price, local_price, currency = self._prices()
        quantity = self._amount("quantity")[0] if self._text("quantity") else Range(1.0, 1.0, 1.0)
        line = self._line(kind, _for_all(price, quantity))
        need_id = self._need(kind)
        gain = self._share("local_domestic_share")
        wanted = self._flag("localise") or (local_price is not None and self._flag("localise") is None)
        return BomRow(
            vehicle=self._text("vehicle"),
            kind=kind,
            line=line,
            currency=currency,
            volume=self._amount("volume")[0],
            year=self._text("year"),
            local=Local(_for_all(local_price, quantity), gain) if wanted and kind == "purchase" else None,
            ref=self._ref,
            need_id=need_id,
        )

    def _prices(self) -> tuple[Range | None, Range | None, str]:
        """The price, the local price, their currency: prices of two currencies are unknown."""
        price, currency = self._amount("price")
        local_price, local_currency = self._amount("local_price")
        stated = self._text("currency").upper() or currency or local_currency
        if len({stated, currency or stated, local_currency or stated}) > 1:
            self._doubt("currency", "bom_currency", "the row holds two currencies", "give its prices in one currency")
            return None, None, stated
        return price, local_price, stated

    def _line(self, kind: str, price: Range | None) -> Line:
        return Line(
            self._text("line") or kind,
            price,
            *self._made(),
            hs_code="".join(char for char in self._text("hs_code") if char.isdigit()),
            proof=self._flag("proof"),
            foreign_materials=self._share("foreign_materials"),
            new_heading=self._flag("new_heading"),
            same_heading_materials=self._share("same_heading_materials"),
        )

    def _need(self, kind: str) -> str:
        need_id = self._text("need_id")
        if need_id and kind != "purchase":
            self._doubt("need_id", "bom_contradiction", f"a line of {kind} buys no need", "tie the need to a purchase")
            return ""
        return need_id

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
        problem = row_problem(self._ref, column, code, message, action, self._text(column))
        if problem not in self.problems:
            self.problems.append(problem)


def _for_all(price: Range | None, quantity: Range | None) -> Range | None:
    """What the pieces of a vehicle cost together."""
    return None if price is None or quantity is None else times(price, quantity)
