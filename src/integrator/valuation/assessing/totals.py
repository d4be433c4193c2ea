"""Sums over the needs of a job: only what is known is added, and how much that is stands beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from integrator.valuation.assessing.context import Case
from integrator.valuation.assessing.money import figure_at_home
from integrator.valuation.bounds import total
from integrator.valuation.figures import Figure, Given, kind_of, unknown

SUMMED = ("gross_import_replaced", "net_domestic_value", "net_domestic_value_certain", "remaining_imports", "jobs")


def totals(cases: Sequence[Case], figures: Mapping[str, Mapping[str, Figure]]) -> Iterator[Figure]:
    """One figure for each of `SUMMED`, in the unit that most of its needs have; the note counts what is left out.

    Each need that is in the sum is an input of it. With none the figure is missing.
    """
    for name in SUMMED if cases else ():
        found = {case.need_id: figure_at_home(figures[case.need_id][name], case) for case in cases}
        units = Counter(one.unit for one in found.values() if one.value is not None)
        if not units:
            missing = dict.fromkeys(text for one in found.values() for text in one.missing)
            yield unknown(name, "", tuple(missing))
            continue
        unit = min(units, key=lambda one: (-units[one], one))
        parts = [
            Given(need_id, one.value, unit, kind_of(one.inputs), source=f"explain --value {need_id}")
            for need_id, one in found.items()
            if one.value is not None and one.unit == unit
        ]
        note = f"{len(parts)} of {len(cases)} needs; the others are not known or in another unit, and not in the sum"
        yield Figure(name, total(part.value for part in parts), unit, tuple(parts), note=note)
