"""The next upstream steps of the parts that could be localised."""

from __future__ import annotations

from collections.abc import Iterator

from integrator.valuation.assessing.context import Case, Context
from integrator.valuation.bounds import times
from integrator.valuation.rows import Row, ends
from integrator.valuation.upstream import DerivedNeed, PartInput, bom_inputs, lexicon_inputs, next_steps


def upstream_rows(cases: list[Case], context: Context) -> Iterator[Row]:
    """`tables.UPSTREAM`: for each need with an actor, by the bill of its part (named as the need), else the lexicon.

    What some supplier makes already is no need; the depth is that of the job.
    """
    from_lexicon, billed = lexicon_inputs(context.lexicon), bom_inputs(_bill_inputs(context))
    made = _made(context)
    for case in cases:
        if not case.makers:
            continue
        if billed(case.need_id):
            found = next_steps(case.need_id, billed, context.options.depth)
        elif case.component:
            found = next_steps(case.component, from_lexicon, context.options.depth, made)
        else:
            continue
        for one in found:
            yield _row(case.need_id, one, context)


def _row(need_id: str, one: DerivedNeed, context: Context) -> Row:
    def said(name: str) -> str:
        return context.lexicon.label(name, context.language) if name in context.lexicon.concepts else name

    return {
        "need_id": need_id, "name": one.name, "label": said(one.name), "path": " > ".join(one.path),
        "depth": one.depth, **ends(one.value), "unit": one.unit, "basis": one.basis, "source": one.source,
        "rivals": "; ".join(map(said, one.rivals)),
    }  # fmt: skip


def _bill_inputs(context: Context) -> Iterator[tuple[str, PartInput]]:
    """(part, its input) of every line: what of its price is imported, as far as that is known."""
    for vehicle in context.bills.vehicles:
        for line in vehicle.lines:
            abroad = None if line.local is None else not line.local
            cell = context.bills.cells.get((vehicle.name, line.name), "")
            price = times(line.price, vehicle.volume) if line.price and vehicle.volume else line.price
            unit = vehicle.currency + ("/year" if line.price and vehicle.volume else "")
            yield vehicle.name, PartInput(line.name, abroad, price, unit, "bom", cell)


def _made(context: Context) -> frozenset[str]:
    """Parts that a supplier says it makes."""
    said = context.capabilities
    chosen = said[
        (said["role"] == "component") & (said["implied"] != "yes") & ~said["step"].isin(("similar", "semantic"))
    ]
    return frozenset(chosen["concept"])
