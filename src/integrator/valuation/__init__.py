"""Matches -> what is at stake: opportunities, value, capacity, teams, jobs."""

from integrator.valuation.assessing.context import Context
from integrator.valuation.opportunities import opportunities_table
from integrator.valuation.options import Options
from integrator.valuation.stage import valued
from integrator.valuation.trade_position import trade_of

__all__ = ["Context", "Options", "opportunities_table", "trade_of", "valued"]
