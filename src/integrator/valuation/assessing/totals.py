"""Sums over the needs of a job: only what is known is added, and how much that is stands beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from integrator.valuation.assessing.context import Case
from integrator.valuation.assessing.money import figure_at_home
from integrator.valuation.bounds import total
from integrator.valuation.figures import Figure, Given, kind_of, unknown

MONEY = ("gross_import_replaced", "net_domestic_value", "net_domestic_value_certain", "remaining_imports")
SUMMED = (*MONEY, "jobs")


def totals(cases: Sequence[Case], figures: Mapping[str, Mapping[str, Figure]]) -> Iterator[Figure]:
    """One figure for each of `SUMMED`; the note counts what is left out.

    All money is in the currency that most gross values have, so that the sums can stand beside one another: net is
    never above gross. Each need that is in the sum is an input of it. With none the figure is missing.
    """
    unit = ""
    for name in SUMMED if cases else ():
        found = {case.need_id: figure_at_home(figures[case.need_id][name], case) for case in cases}
        unit = unit if name in MONEY[1:] else _unit(found.values())
        parts = [
            Given(need_id, one.value, unit, kind_of(one.inputs), source=f"explain --value {need_id}")
            for need_id, one in found.items()
            if one.value is not None and one.unit == unit
        ]
        if not parts:
            missing = dict.fromkeys(text for one in found.values() for text in one.missing)
            yield unknown(name, "", tuple(missing))
            continue
        note = f"{len(parts)} of {len(cases)} needs; the others are not known or in another unit, and not in the sum"
        yield Figure(name, total(part.value for part in parts), unit, tuple(parts), note=note)


def _unit(found: Iterable[Figure]) -> str:
    """The unit that most of the known figures have, of several the first by name."""
    units = Counter(one.unit for one in found if one.value is not None)
    return min(units, key=lambda one: (-units[one], one), default="")
