"""What making a need locally is worth: figures, rates, origin, bills of materials, support."""

from __future__ import annotations

from integrator.tables.contract import table

VALUES = table(
    "values",
    key="need_id figure",
    columns="need_id figure low:number point:number high:number unit status missing note",
    about=(
        'figure: a line of data/valuation/figures.csv; need_id "" = of the whole portfolio; status: known (every '
        "input is stated), estimated (a default, an assumption or something unverified went in) or missing; missing: "
        'names of inputs, separated by "; ": without them it cannot be said, or only as an interval'
    ),
)

VALUE_INPUTS = table(
    "value_inputs",
    key="need_id figure place",
    columns=(
        "need_id figure place:integer input low:number point:number high:number unit kind source date cell "
        "verified:flag"
    ),
    about="kind: stated, derived, default or assumption; verified: no when it was not read in the primary text",
)

STATED = table(
    "stated",
    key="need_id supplier_id input",
    columns="need_id supplier_id input low:number point:number high:number unit source date cell",
    about='what analysts state beside needs and suppliers, as it was read; both ids "" = of the whole job',
)

RATES = table(
    "rates",
    key="scope of need_id rate",
    columns=(
        "scope of need_id rate depth year left_out before_low:number before:number before_high:number "
        "after_low:number after:number after_high:number change_low:number change:number change_high:number "
        "gap_low:number gap:number gap_high:number currency missing"
    ),
    about=(
        'scope: part (of = the need), vehicle or portfolio; need_id: of the one line that is localised, "" = all '
        "lines that the bill marks; rate: A to F of data/valuation/rates.csv; shares, not percent; gap: local price "
        "- price of today"
    ),
)

ORIGINS = table(
    "origins",
    key="of need_id state agreement",
    columns=(
        "of need_id state agreement originating:flag share_low:number share:number share_high:number rule kind "
        "limit:number deciding missing unverified source date"
    ),
    about=(
        'of: the vehicle, or the part (a need id); state: today, or localised; originating: yes, no, "" = not known; '
        "deciding: lines that decide it; unverified: what was not read in the primary text"
    ),
)

BILL_LINES = table(
    "bill_lines",
    key="vehicle kind line",
    columns=(
        "vehicle kind line need_id price_low:number price:number price_high:number currency volume:number year "
        "local:flag origin domestic_low:number domestic:number domestic_high:number group hs_code proof:flag "
        "localise:flag local_price_low:number local_price:number local_price_high:number local_domestic_low:number "
        "local_domestic:number local_domestic_high:number cell"
    ),
    about=(
        "what was read of the bills of materials: prices per vehicle, shares 0-1; kind: purchase, assembly or other "
        "(value added in the vehicle, with a price alone); local: where the plant of today stands; localise: the "
        "bill marks it"
    ),
)

MULTIPLIERS = table(
    "multipliers",
    key="sector",
    columns=(
        "sector domestic_share:number import_content:number own:number tier_1:number tier_2:number further:number"
    ),
    about=(
        "of one unit of final output, by the input-output table of the job: domestic value added by tier, and imports"
    ),
)

SENSITIVITIES = table(
    "sensitivities",
    key="need_id driver change figure",
    columns="need_id driver change:number figure low:number point:number high:number unit missing estimated:flag",
    about=("estimated: a default or an assumption went into the figure or into the step (the share of the material)"),
)

UPSTREAM = table(
    "upstream",
    key="need_id path",
    columns=(
        "need_id name label path depth:integer low:number point:number high:number unit basis source rivals "
        "processes suppliers:integer"
    ),
    about=(
        'a need that follows from the localisation of another; path: from the part to this input, separated by " > '
        '"; basis: bom or lexicon; processes: what makes it by the lexicon; suppliers: how many say that they have '
        "one of them"
    ),
)

SUPPORTS = table(
    "supports",
    key="need_id measure",
    columns=(
        "need_id measure eligible:flag premium_low:number premium_high:number to_confirm:flag missing label source "
        "date verified:flag"
    ),
    about=("premium: share of the investment that can be counted on; to_confirm: yes = the formula is not public"),
)

AXES = table(
    "axes",
    key="need_id",
    columns=(
        "need_id value_low:number value:number value_high:number feasibility_low:number feasibility:number "
        "feasibility_high:number jobs_low:number jobs:number jobs_high:number readiness_low:number readiness:number "
        "readiness_high:number composite_low:number composite:number composite_high:number rank:integer "
        "best_rank:integer worst_rank:integer best_rank_uncertain:integer worst_rank_uncertain:integer "
        "gap_low:number gap:number gap_high:number"
    ),
    about=(
        "positions 0-1 (1 = best) on four axes; composite: by the weights of the job; rank 1 = best, blank when "
        "nothing is known; best and worst: the places it can take when weights (and, _uncertain, positions) move; "
        "gap: local over landed cost less 1"
    ),
)
