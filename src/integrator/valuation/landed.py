"""What an imported part costs when it stands in the buyer's plant.

    landed = CIF x (1 + duty + levy) + handling + CIF x cost of capital x days / 365

Recoverable VAT is left out. All money is of one currency, by the part; rates are shares (0.025 = 2.5 %).
"""

from __future__ import annotations

from dataclasses import dataclass

from integrator.valuation.bounds import total
from integrator.valuation.corners import corners
from integrator.valuation.figures import Range

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class Landing:
    """What is added to the price of an imported part; no input is below 0."""

    cif: Range
    """Price with freight and insurance at the border, by the part."""
    duty: Range
    """Customs duty as a share of CIF."""
    levy: Range
    """Parafiscal levy as a share of CIF."""
    handling: Range
    """Local handling and carriage, by the part."""
    days: Range
    """Days that the stock and the goods under way are financed."""
    wacc: Range
    """Cost of capital a year, as a share."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value.low < 0:
                raise ValueError(f"{name} is below 0: {value.low}")


def cif_price(fob: Range, freight: Range, insurance: Range) -> Range:
    """Price at the border from the price at the port of loading, freight and insurance, all by the part."""
    return total((fob, freight, insurance))


def landed_cost(landing: Landing) -> Range:
    """Landed cost by the part, in the currency of the CIF price; rises with every input."""
    return corners(_landed, *vars(landing).values())


def _landed(cif: float, duty: float, levy: float, handling: float, days: float, wacc: float) -> float:
    return cif * (1 + duty + levy) + handling + cif * wacc * days / DAYS_A_YEAR
