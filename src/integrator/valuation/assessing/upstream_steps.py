"""The next upstream steps of the parts that could be localised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from integrator.valuation.assessing.context import UNSURE, Case, Context
from integrator.valuation.bounds import times
from integrator.valuation.rows import Row, ends
from integrator.valuation.sourced import lineage
from integrator.valuation.upstream import DerivedNeed, PartInput, bom_inputs, lexicon_inputs, next_steps

if TYPE_CHECKING:
    from integrator.taxonomy import Taxonomy


def upstream_rows(cases: list[Case], context: Context) -> Iterator[Row]:
    """`tables.UPSTREAM`: for each need with an actor, by the bill of its part (named as the need), else the lexicon.

    What some supplier makes already is no need; the depth is that of the job.
    """
    from_lexicon, billed = lexicon_inputs(context.lexicon), bom_inputs(_bill_inputs(context))
    made, processes = _said(context, "component"), _suppliers_of(context)
    rows: dict[str, list[Row]] = {}
    for case in cases:
        if not case.makers:
            continue
        if billed(case.need_id):
            found = next_steps(case.need_id, billed, context.options.depth)
            yield from (_row(case.need_id, one, context, processes) for one in found)
        elif case.component:
            if case.component not in rows:  # the same for every need of the part
                found = next_steps(case.component, from_lexicon, context.options.depth, made)
                rows[case.component] = [_row("", one, context, processes) for one in found]
            yield from ({**row, "need_id": case.need_id} for row in rows[case.component])


def _row(need_id: str, one: DerivedNeed, context: Context, suppliers: Mapping[str, frozenset[str]]) -> Row:
    def said(name: str) -> str:
        return context.lexicon.label(name, context.language) if name in context.lexicon.concepts else name

    processes = _processes(one.name, context.lexicon)
    able = frozenset[str]().union(*(suppliers.get(process, frozenset()) for process in processes))
    return {
        "need_id": need_id, "name": one.name, "label": said(one.name), "path": " > ".join(one.path),
        "depth": one.depth, **ends(one.value), "unit": one.unit, "basis": one.basis, "source": one.source,
        "rivals": "; ".join(map(said, one.rivals)), "processes": "; ".join(map(said, processes)),
        "suppliers": len(able) if processes else None,
    }  # fmt: skip


def _processes(part: str, lexicon: Taxonomy) -> tuple[str, ...]:
    """What makes a part: its own links, else those of its nearest family with any."""
    chain = lineage(lexicon, part)
    return next((lexicon.linked(one, "made_by") for one in chain if lexicon.linked(one, "made_by")), ())


def _bill_inputs(context: Context) -> Iterator[tuple[str, PartInput]]:
    """(part, its input) of every line: what of its price is imported, as far as that is known."""
    for vehicle in context.bills.vehicles:
        for line in vehicle.lines:
            abroad = None if line.local is None else not line.local
            cell = context.bills.cells.get((vehicle.name, line.name), "")
            price = times(line.price, vehicle.volume) if line.price and vehicle.volume else line.price
            unit = vehicle.currency + ("/year" if line.price and vehicle.volume else "")
            yield vehicle.name, PartInput(line.name, abroad, price, unit, "bom", cell)


def _said(context: Context, role: str) -> frozenset[str]:
    """Concepts of a role that some supplier says."""
    return frozenset(_sure(context, role)["concept"])


def _suppliers_of(context: Context) -> dict[str, frozenset[str]]:
    """Process -> the suppliers that say it, or a narrower one."""
    found: dict[str, set[str]] = {}
    said = _sure(context, "process")[["supplier_id", "concept"]].drop_duplicates()
    for supplier, process in zip(*(said[name].to_numpy(object) for name in said), strict=True):
        for one in (process, *context.lexicon.ancestors(process)):
            found.setdefault(one, set()).add(supplier)
    return {process: frozenset(of) for process, of in found.items()}


def _sure(context: Context, role: str) -> pd.DataFrame:
    said = context.capabilities
    return said[(said["role"] == role) & (said["implied"] != "yes") & ~said["step"].isin(UNSURE)]
