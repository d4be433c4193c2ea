"""The stage of the job that values its opportunities."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from integrator import tables
from integrator.valuation.assessing.capacity import shared_out
from integrator.valuation.assessing.context import Case, Context, cases
from integrator.valuation.assessing.employing import employment, trade_rows
from integrator.valuation.assessing.making import making
from integrator.valuation.assessing.money import at_home
from integrator.valuation.assessing.originating import origin_rows
from integrator.valuation.assessing.pooled import pools_of, pools_table
from integrator.valuation.assessing.rating import line_rows, part_rows, portfolio_rows, vehicle_rows
from integrator.valuation.assessing.sectors import multiplier_rows
from integrator.valuation.assessing.standing import axis_rows
from integrator.valuation.assessing.supporting import support, support_rows
from integrator.valuation.assessing.team_building import team_rows
from integrator.valuation.assessing.totals import totals
from integrator.valuation.assessing.upstream_steps import upstream_rows
from integrator.valuation.assessing.worth import worth, worth_of_part
from integrator.valuation.bom import HOME
from integrator.valuation.figures import Figure, Given
from integrator.valuation.pooling import Pool
from integrator.valuation.rows import Row, stated_rows, values_tables
from integrator.valuation.trade_position import position
from integrator.valuation.trades import TradeNeed, demand_table

Found = dict[str, list[Row]]


def valued(context: Context) -> dict[str, pd.DataFrame]:
    """Every table of a valuation, by name."""
    listed = list(cases(context))
    first = {"teams": _table("teams", team_rows(listed, context))}  # before the figures are held
    figures: dict[str, dict[str, Figure]] = {}
    trades: dict[str, tuple[TradeNeed, ...]] = {}
    found: Found = {"rates": [], "sensitivities": [], "trades": [], "supports": []}
    pools = pools_of(listed, context.lexicon)
    worths: dict[str, Given] = {}
    for case in listed:
        figures[case.need_id], trades[case.need_id] = _assess(case, context, pools.get(case.need_id), found, worths)
    found["rates"] += [*vehicle_rows(context), *portfolio_rows(context)]
    shared = shared_out(listed, context, worths)
    said = {need_id: tuple(of.values()) for need_id, of in figures.items()}
    values, inputs = values_tables({**said, "": (*totals(listed, figures), shared.figure)})
    first["axes"] = _table("axes", axis_rows(listed, figures, context))
    figures.clear()  # the largest of what is held
    said.clear()
    made: dict[str, Callable[[], Iterable[Row] | pd.DataFrame]] = {  # rows of one table at a time: they are large
        "stated": lambda: stated_rows(context.stated),
        "rates": lambda: found.pop("rates"),
        "origins": lambda: origin_rows(context),
        "bill_lines": lambda: line_rows(context),
        "multipliers": lambda: multiplier_rows(context),
        "sensitivities": lambda: found.pop("sensitivities"),
        "pools": lambda: pools_table(pools, context),
        "allocations": lambda: shared.allocations,
        "covers": lambda: shared.covers,
        "capacities": lambda: shared.capacities,
        "upstream": lambda: upstream_rows(listed, context),
        "trades": lambda: found.pop("trades"),
        "supports": lambda: found.pop("supports"),
    }
    return {
        "values": values,
        "value_inputs": inputs,
        **first,
        **{name: _table(name, make()) for name, make in made.items()},
        "skills": tables.check(tables.SKILLS, demand_table(trades)),
    }


def _table(name: str, rows: Iterable[Row] | pd.DataFrame) -> pd.DataFrame:
    return rows if isinstance(rows, pd.DataFrame) else tables.frame(tables.ALL[name], list(rows))


def _assess(
    case: Case, context: Context, pool: Pool | None, found: Found, worths: dict[str, Given]
) -> tuple[dict[str, Figure], tuple[TradeNeed, ...]]:
    """The figures of one need by name; rows of other tables are added to `found`, the worth of a part to `worths`."""
    value = worth(case, context)
    part = worth_of_part(case, value)
    if part is not None:
        worths[case.need_id] = at_home(part, case)
    made = making(case, context, pool)
    work = employment(case, context)
    measures, premiums = support(case, context, work.figures)
    market = position(context.trade, HOME, str(case.need["hs_code"]).split("; ")[0])
    all_ = (
        value.gross,
        value.share,
        value.net,
        value.certain,
        value.left,
        *made.figures,
        *work.figures,
        *premiums,
        *market,
    )
    figures = {one.name: one for one in all_}
    found["rates"] += part_rows(case, value.share, figures["local_unit_cost"])
    found["sensitivities"] += made.sensitivities
    found["trades"] += trade_rows(case.need_id, work.trades)
    found["supports"] += support_rows(case.need_id, measures, context.language)
    return figures, work.trades
