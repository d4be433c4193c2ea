"""How a job wants its opportunities valued; the section `valuation` of a job file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Options:
    """See `config.Valuation`, which checks them."""

    assumptions: bool = False
    depth: int = 1
    left_out: tuple[str, ...] = ("powertrain",)
    lot: float = 0.0
    suppliers_per_need: int | None = None
    needs_per_supplier: int | None = None
    teams: int = 3
    weights: Mapping[str, float] = field(default_factory=dict)
