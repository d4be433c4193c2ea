"""What analysts state for a valuation beside needs and suppliers: of a need, a supplier, both or the whole job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrator.valuation.figures import Given

ByName = Mapping[str, Given]


@dataclass(frozen=True)
class Stated:
    """Stated inputs by name, see `data/valuation/inputs.csv`."""

    of_job: ByName = field(default_factory=dict)
    """Rows that name neither need nor supplier: they hold for every need that does not state its own."""
    of_needs: Mapping[str, ByName] = field(default_factory=dict)
    of_suppliers: Mapping[str, ByName] = field(default_factory=dict)
    of_pairs: Mapping[tuple[str, str], ByName] = field(default_factory=dict)
    """By need and supplier."""

    def of_need(self, need_id: str) -> dict[str, Given]:
        """What holds for a need: its own inputs, else those of the job."""
        return {**self.of_job, **self.of_needs.get(need_id, {})}

    def of_supplier(self, supplier_id: str) -> dict[str, Given]:
        """What holds for a supplier whatever the need."""
        return dict(self.of_suppliers.get(supplier_id, {}))
