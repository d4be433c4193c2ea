"""Matches -> what is at stake: opportunities, value, capacity."""

from integrator.valuation.allocations import allocations_table
from integrator.valuation.opportunities import opportunities_table

__all__ = ["allocations_table", "opportunities_table"]
