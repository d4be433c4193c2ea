"""What it takes: pooled demand, capacities shared out, teams, trades and skills."""

from __future__ import annotations

from integrator.tables.contract import table

POOLS = table(
    "pools",
    key="need_id unit member_id",
    columns="need_id pool unit member_id buyer role low:number point:number high:number",
    about=(
        "the needs whose demand is added to that of need_id; role: counted, unknown (no yearly demand) or other_unit"
    ),
)

ALLOCATIONS = table(
    "allocations",
    key="run need_id supplier_id",
    columns=("run need_id supplier_id amount:number unit capacity_used:number capacity_unit worth:number worth_unit"),
    about=(
        "run: cautious or hopeful; amount: of the need, in unit; worth_unit: a currency, or `need` where each need "
        "counts 1 (worth is then the share of its largest demand that is made)"
    ),
)

COVERS = table(
    "covers",
    key="run need_id",
    columns="run need_id unit demand:number served:number price:number price_unit reason words",
    about=(
        'one row a need and run; reason: a code of the allocation, "" when it is served in full; words: why, in the '
        "language of the job, one sentence a line; price: what one more unit of the demand adds to the plan, in "
        "price_unit; demand, served blank = not known"
    ),
)

CAPACITIES = table(
    "capacities",
    key="run supplier_id",
    columns="run supplier_id unit capacity:number used:number price:number price_unit known:flag words",
    about=(
        "price: what one more unit of the capacity adds to the plan, in price_unit; known: no = nothing states the "
        "capacity in a unit of the needs; unit, used are blank where it is not known and the needs are counted in "
        "several units"
    ),
)

TEAMS = table(
    "teams",
    key="need_id team step supplier_id",
    columns=(
        "need_id team:integer step:integer process supplier_id label amount:number price_low:number "
        "price_high:number lead:flag single:flag firm:flag distance_km:number cost_low:number cost_high:number "
        "coordination_low:number coordination_high:number unit money note"
    ),
    about=(
        "team: 1 is the best; 0 the nearest incomplete one, whose missing processes have no supplier; step: place of "
        "the process in the order of the need; costs of the team, coordination among them; single: the process "
        "cannot be made when this firm drops out; firm: no = only if what is not known turns out well; distance_km: "
        "from the maker of the process before, in a straight line; amount and costs are blank where the demand is "
        "not known; unit: of the amount, money: of prices and costs"
    ),
)

TRADES = table(
    "trades",
    key="need_id level isco08",
    columns=(
        "need_id level isco08 rome rem title_fr title_en title_ar low:number point:number high:number region first "
        "last missing estimated:flag verified:flag"
    ),
    about="level: manager, technician, operator; first, last: months YYYY-MM in which people must be there",
)

SKILLS = table(
    "skills",
    key="isco08 level region year",
    columns=(
        "isco08 level region year title_fr title_en title_ar low:number point:number high:number needs:integer "
        "unknown:integer"
    ),
    about="needs: how many are in the sum; unknown: needs that ask for the trade without a number",
)
