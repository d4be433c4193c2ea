"""Matches -> what is at stake: opportunities, value, capacity, teams, jobs.

Names are loaded when they are asked for: reading the inputs of a valuation needs none of its solvers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integrator.valuation.assessing.context import Context
    from integrator.valuation.assessing.hard_criteria import deciding
    from integrator.valuation.opportunities import opportunities_table
    from integrator.valuation.options import Options
    from integrator.valuation.stage import valued
    from integrator.valuation.trade_position import trade_of

__all__ = ["Context", "Options", "deciding", "opportunities_table", "trade_of", "valued"]
_HOMES = {
    "Context": "assessing.context",
    "Options": "options",
    "deciding": "assessing.hard_criteria",
    "opportunities_table": "opportunities",
    "trade_of": "trade_position",
    "valued": "stage",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
