"""Every table that stages exchange and that a run folder holds: columns, order, keys.

Tables are pandas frames of plain columns. A column is `text` ("" when unknown), `number` (NaN when
unknown), `integer` (nullable) or `flag` (`yes`, `no`, "" when unknown). Written below as `name`,
`name:number`, `name:integer`, `name:flag`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from integrator.tables.checking import TableError as TableError
from integrator.tables.checking import check as check
from integrator.tables.checking import empty as empty
from integrator.tables.checking import frame as frame
from integrator.tables.checking import mappings as mappings
from integrator.tables.checking import spread as spread

VERSION = "1"
"""Version of the column contract below; it rises when a column or a table is renamed or removed, or comes to mean
something else. Both are added within a version: columns are read by name (docs/api.md)."""

ColumnType = Literal["text", "number", "integer", "flag"]

SUPPLIER_FIELDS = (
    "supplier_id name group capital_country city zone region products processes materials machines "
    "certifications headcount annual_capacity spare_capacity revenue investment revenue_or_investment "
    "customers hs_codes status imported_content_share ice source_title source_url source_date confidence"
    " confidentiality"
).split()
NEED_FIELDS = (
    "need_id component component_en component_ar buyer plant programme hs_code processes materials "
    "specification certifications annual_volume unit unit_price annual_value price_or_value currency "
    "imported_from sop programme_years evidence source_title source_url source_date confidence confidentiality"
).split()
JUDGEMENT_FIELDS = "need_id supplier_id grade reason missing judged_by judged_on".split()
BOM_FIELDS = (
    "vehicle line need_id kind price quantity currency origin local domestic_share group hs_code proof "
    "foreign_materials new_heading same_heading_materials volume year local_price local_domestic_share localise"
).split()
VALUE_FIELDS = "need_id supplier_id input low value high unit source_title source_url source_date".split()
FIELDS = {
    "supplier": SUPPLIER_FIELDS, "need": NEED_FIELDS, "judgement": JUDGEMENT_FIELDS, "bom": BOM_FIELDS,
    "value": VALUE_FIELDS,
}  # fmt: skip
REQUIRED = {
    "supplier": ("name",),
    "need": ("component",),
    "judgement": ("need_id", "supplier_id", "grade"),
    "bom": (),
    "value": ("input",),
}
"""Fields that every row fills."""
COLUMNS: dict[str, tuple[tuple[str, ...], ...]] = {
    **{kind: tuple((field,) for field in fields) for kind, fields in REQUIRED.items()},
    "bom": (("line",),),  # assembly and margin are rows without a line
    "value": (("input",), ("value", "low", "high")),
}
"""What a table of a kind must have: of each of these groups one column."""
IDENTIFIERS = {"supplier": "supplier_id", "need": "need_id", "judgement": "need_id"}


@dataclass(frozen=True)
class Table:
    """The contract of one table."""

    name: str
    columns: tuple[tuple[str, ColumnType], ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Column names in their published order."""
        return [name for name, _ in self.columns]


def _table(name: str, key: str, columns: str) -> Table:
    pairs = (column.partition(":")[::2] for column in columns.split())
    typed = tuple((column, cast(ColumnType, kind or "text")) for column, kind in pairs)
    return Table(name, typed, tuple(key.split()))


SUPPLIERS = _table(
    "suppliers",
    "supplier_id",
    " ".join(SUPPLIER_FIELDS)
    # level: who may see the row: codes of data/reading/confidentiality_words.csv, the strictest counts; "" = as the job
    # says
    # active: yes, no (closed, given up) or unknown; activity: a code of data/statuses.csv
    # certificates: what the certifications were read as, e.g. "IATF 16949:2016 (stated, 2024)", separated by "; "
    + " active:flag activity status_year:integer certificates latitude:number longitude:number"
    # place_verified: no when the position is general knowledge that no source backs
    + " place_verified:flag level file sheet row:integer",
)
NEEDS = _table(
    "needs",
    "need_id",
    " ".join(NEED_FIELDS)
    # aggregate: a statistic over many parts; named_buyer: the buyer is a company, not "sector"
    + " aggregate:flag named_buyer:flag import_country"
    # volume_basis: demand, capacity, target, total (over several years) or unknown
    + " volume:number volume_low:number volume_high:number volume_unit volume_period volume_basis"
    + " volume_year:integer latitude:number longitude:number place_verified:flag level file sheet row:integer",
)
REQUIREMENTS = _table(
    "requirements",
    "need_id role concept field",
    # line: the place of the cell's item among the lines of the need; the first process listed is the main one;
    # system: the system of the vehicle that a part belongs to; source: lexicon, or overlay where only a word of the
    # project names the concept so
    "need_id line:integer role concept label text step score:number implied:flag system source field file sheet cell",
)
CAPABILITIES = _table(
    "capabilities",
    "supplier_id line role concept field",
    "supplier_id line:integer role concept label text step score:number implied:flag system source field file sheet"
    " cell",
)
CANDIDATES = _table(
    "candidates", "need_id supplier_id", "need_id supplier_id channels"
)  # followed by one number column a feature: see ranking/features
CONTRIBUTIONS = _table(
    "contributions", "need_id supplier_id", "need_id supplier_id"
)  # of the matches; followed by one number column a feature: its points, which sum to the score
MATCHES = _table(
    "matches",
    "need_id rank",
    # conflict: what the grade by rule and the learned probability say against each other, "" = nothing
    "need_id supplier_id rank:integer score:number probability:number grade:integer grade_basis"
    " reasons missing questions distance_km:number ranker conflict",
)
REASONS = _table(
    "reasons",
    "need_id supplier_id criterion",
    "need_id supplier_id criterion state weight:number points:number need_value supplier_value need_cell supplier_cell",
)
OPPORTUNITIES = _table(
    "opportunities",
    "need_id",
    "sheet_id need_id component buyer best_grade:integer"
    " actors_4:integer actors_3:integer actors_2:integer actors_1:integer"
    " actor_1 actor_2 actor_3"  # supplier ids
    " outlook"  # actors (a grade 3 or 4), convertible (a grade 2), none
    " volume:number volume_unit volume_basis gross_value:number currency"
    " value_status value_basis value_missing"  # status: computed, stated or missing
    " completeness:number next_action questions",
)
VALUES = _table(
    "values",
    "need_id figure",
    # figure: a line of data/valuation/figures.csv; need_id "" = of the whole portfolio; status: known (every input is
    # stated), estimated (a default, an assumption or something unverified went in) or missing; missing: names of
    # inputs, separated by "; ": without them it cannot be said, or only as an interval
    "need_id figure low:number point:number high:number unit status missing note",
)
VALUE_INPUTS = _table(
    "value_inputs",
    "need_id figure place",
    # kind: stated, derived, default or assumption; verified: no when it was not read in the primary text
    "need_id figure place:integer input low:number point:number high:number unit kind source date cell verified:flag",
)
STATED = _table(
    "stated",
    "need_id supplier_id input",
    # what analysts state beside needs and suppliers, as it was read; both ids "" = of the whole job
    "need_id supplier_id input low:number point:number high:number unit source date cell",
)
RATES = _table(
    "rates",
    "scope of need_id rate",
    # scope: part (of = the need), vehicle or portfolio; need_id: of the one line that is localised, "" = all lines that
    # the bill marks; rate: A to F of data/valuation/rates.csv; shares, not percent; gap: local price - price of today
    "scope of need_id rate depth year left_out before_low:number before:number before_high:number after_low:number"
    " after:number after_high:number change_low:number change:number change_high:number gap_low:number gap:number"
    " gap_high:number currency missing",
)
ORIGINS = _table(
    "origins",
    "of need_id state agreement",
    # of: the vehicle, or the part (a need id); state: today, or localised; originating: yes, no, "" = not known;
    # deciding: lines that decide it; unverified: what was not read in the primary text
    "of need_id state agreement originating:flag share_low:number share:number share_high:number rule kind limit:number"
    " deciding missing unverified source date",
)
BILL_LINES = _table(
    "bill_lines",
    "vehicle kind line",
    # what was read of the bills of materials: prices per vehicle, shares 0-1; kind: purchase, assembly or other (value
    # added in the vehicle, with a price alone); local: where the plant of today stands; localise: the bill marks it
    "vehicle kind line need_id price_low:number price:number price_high:number currency volume:number year local:flag"
    " origin domestic_low:number domestic:number domestic_high:number group hs_code proof:flag localise:flag"
    " local_price_low:number local_price:number local_price_high:number local_domestic_low:number local_domestic:number"
    " local_domestic_high:number cell",
)
MULTIPLIERS = _table(
    "multipliers",
    "sector",
    # of one unit of final output, by the input-output table of the job: domestic value added by tier, and imports
    "sector domestic_share:number import_content:number own:number tier_1:number tier_2:number further:number",
)
SENSITIVITIES = _table(
    "sensitivities",
    "need_id driver change figure",
    # estimated: a default or an assumption went into the figure or into the step (the share of the material)
    "need_id driver change:number figure low:number point:number high:number unit missing estimated:flag",
)
POOLS = _table(
    "pools",
    "need_id unit member_id",
    # the needs whose demand is added to that of need_id; role: counted, unknown (no yearly demand) or other_unit
    "need_id pool unit member_id buyer role low:number point:number high:number",
)
ALLOCATIONS = _table(
    "allocations",
    "run need_id supplier_id",
    # run: cautious or hopeful; amount: of the need, in unit; worth_unit: a currency, or `need` where each need counts 1
    # (worth is then the share of its largest demand that is made)
    "run need_id supplier_id amount:number unit capacity_used:number capacity_unit worth:number worth_unit",
)
COVERS = _table(
    "covers",
    "run need_id",
    # one row a need and run; reason: a code of the allocation, "" when it is served in full; words: why, in the
    # language of the job, one sentence a line
    # price: what one more unit of the demand adds to the plan, in price_unit; demand, served blank = not known
    "run need_id unit demand:number served:number price:number price_unit reason words",
)
CAPACITIES = _table(
    "capacities",
    "run supplier_id",
    # price: what one more unit of the capacity adds to the plan, in price_unit; known: no = nothing states the capacity
    # in a unit of the needs; unit, used are blank where it is not known and the needs are counted in several units
    "run supplier_id unit capacity:number used:number price:number price_unit known:flag words",
)
TEAMS = _table(
    "teams",
    "need_id team step supplier_id",
    # team: 1 is the best; 0 the nearest incomplete one, whose missing processes have no supplier; step: place of the
    # process in the order of the need; costs of the team, coordination among them; single: the process cannot be made
    # when this firm drops out; firm: no = only if what is not known turns out well; distance_km: from the maker of the
    # process before, in a straight line; amount and costs are blank where the demand is not known; unit: of the amount,
    # money: of prices and costs
    "need_id team:integer step:integer process supplier_id label amount:number price_low:number price_high:number"
    " lead:flag single:flag firm:flag distance_km:number cost_low:number cost_high:number coordination_low:number"
    " coordination_high:number unit money note",
)
UPSTREAM = _table(
    "upstream",
    "need_id path",
    # a need that follows from the localisation of another; path: from the part to this input, separated by " > ";
    # basis: bom or lexicon; processes: what makes it by the lexicon; suppliers: how many say that they have one of them
    "need_id name label path depth:integer low:number point:number high:number unit basis source rivals processes"
    " suppliers:integer",
)
TRADES = _table(
    "trades",
    "need_id level isco08",
    # level: manager, technician, operator; first, last: months YYYY-MM in which people must be there
    "need_id level isco08 rome rem title_fr title_en title_ar low:number point:number high:number region first last"
    " missing estimated:flag verified:flag",
)
SKILLS = _table(
    "skills",
    "isco08 level region year",
    # needs: how many are in the sum; unknown: needs that ask for the trade without a number
    "isco08 level region year title_fr title_en title_ar low:number point:number high:number needs:integer"
    " unknown:integer",
)
SUPPORTS = _table(
    "supports",
    "need_id measure",
    # premium: share of the investment that can be counted on; to_confirm: yes = the formula is not public
    "need_id measure eligible:flag premium_low:number premium_high:number to_confirm:flag missing label source date"
    " verified:flag",
)
AXES = _table(
    "axes",
    "need_id",
    # positions 0-1 (1 = best) on four axes; composite: by the weights of the job; rank 1 = best, blank when nothing is
    # known; best and worst: the places it can take when weights (and, _uncertain, positions) move; gap: local over
    # landed cost less 1
    "need_id value_low:number value:number value_high:number feasibility_low:number feasibility:number"
    " feasibility_high:number jobs_low:number jobs:number jobs_high:number readiness_low:number readiness:number"
    " readiness_high:number composite_low:number composite:number composite_high:number rank:integer best_rank:integer"
    " worst_rank:integer best_rank_uncertain:integer worst_rank_uncertain:integer gap_low:number gap:number"
    " gap_high:number",
)
STATUSES = _table(
    "statuses",
    "sheet_id",
    # the latest that people said of each sheet; need_id: "" = the job has no such sheet any more; status: a code of
    # data/project_statuses.csv; since: stated_on of the first time that it was said without another one in between;
    # count: how often something was said of the sheet
    "sheet_id need_id status reason owner due stated_on stated_by since count:integer",
)
FACTS = _table(
    "facts",
    "entity entity_id field file sheet cell part",
    # part: the place of a figure among those of its cell; basis: codes of data/reading/quantity_words.csv, or `after`,
    # `before` of an open date; start, end: first and last day of a date, period then says how precise it is; chosen:
    # the value in use among several; choice: the criterion of data/reading/choice.csv, `only` without rivals,
    # `list` where the values of several rows add up
    "entity entity_id field value part:integer low:number high:number unit period basis year:integer approximate:flag"
    " start end chosen:flag choice raw"
    " file sheet cell source_title source_url source_date confidence evidence_class",
)
PROBLEMS = _table(
    "problems",
    "file sheet row column code raw",
    "severity code file sheet row:integer column message action raw",
)
DUPLICATES = _table(
    "duplicates",
    "supplier_id other_id",
    # two rows that may be one company: proposed, never merged without a decision; the likeliest only, a problem
    # `more_duplicates` says how many more there are. score: how likely they are one (0-1); evidence: how the names
    # agree; weights: what each field adds, as natural logarithm of odds
    "supplier_id other_id name other_name score:number evidence weights city_agrees:flag group_agrees:flag"
    " trade_agrees:flag cell other_cell",
)
UNKNOWN_TERMS = _table(
    "unknown_terms",
    "term_id",
    # state: nothing (no concept in the line) or no_component (no part where a part should be named); language: as in
    # coverage, the most frequent; spellings: ways of writing that are one term after folding; needs, value, no_value,
    # other_currency: of the needs that say it, blank for a supplier's term; proposals: up to three concepts with their
    # likeness (0-1), the first also in proposed and score
    "term_id term field side state language spellings:integer rows:integer needs:integer suppliers:integer"
    " value:number currency no_value:integer other_currency:integer proposed score:number proposals example",
)
COVERAGE = _table(
    "coverage",
    "side field language step",
    # field, language: `all` stands for their sum; step: the surest that found a concept in the line, or none. The steps
    # of a side, field and language add up; no_component and no_process stand beside them
    "side field language step lines:integer share:number",
)
RECALL = _table(
    "recall",
    "language",
    # of the judged pairs of grade 3 or 4, how many are among the ranked actors of their need; language: that of the
    # need's name, or all; recall is blank where there is no such pair
    "language needs:integer pairs:integer found:integer recall:number",
)
DECISIONS = _table(
    "decisions",
    "need_id supplier_id number",
    # what people said of a pair, in the order given; decision: yes, no, unsure or "" (a grade alone); judged_by: R1,
    # R2, ... and never a name; judged_on: or the day on which the review came back; run: mark of the review workbook;
    # source: review (imported) or file; standing: the latest answer of this person on the pair; counts: the grade that
    # is learned from; disagreement: standing answers of the pair contradict each other
    "need_id supplier_id number:integer grade:integer decision reason judged_by judged_on run source standing:flag"
    " counts:flag disagreement:flag",
)
PARTICIPANTS = _table(
    "participants",
    "side participant_id",
    # side: buyer (the id is the buyer's name as in the needs) or supplier (a supplier id); slots count from 1;
    # most_meetings: blank = no limit of its own
    "participant_id side unavailable_slots most_meetings:integer",
)
"""Given by the organizer of a buyer-supplier day; no table of a run."""
WITHHELD = _table(
    "withheld",
    "need_id section",
    # sections of a sheet (wording `section.<name>`) from which something known was taken out for a level
    "need_id section",
)
"""Beside the tables of a pack; no table of a run."""
REQUESTS = _table(
    "requests",
    "buyer supplier_id asked_by",
    # asked_by: buyer or supplier (a row that says both becomes two); priority: 1 must, 2 wished, 3 if possible
    "buyer supplier_id asked_by priority:integer file sheet row:integer",
)
"""Given by the organizer too."""
ALL: dict[str, Table] = {
    table.name: table
    for table in (
        SUPPLIERS, NEEDS, REQUIREMENTS, CAPABILITIES, CANDIDATES, CONTRIBUTIONS, MATCHES,
        REASONS, OPPORTUNITIES, VALUES, VALUE_INPUTS, STATED, RATES, ORIGINS, BILL_LINES, MULTIPLIERS, SENSITIVITIES,
        POOLS, ALLOCATIONS, COVERS, CAPACITIES, TEAMS, UPSTREAM, TRADES, SKILLS, SUPPORTS, AXES, STATUSES, FACTS,
        PROBLEMS, DUPLICATES, UNKNOWN_TERMS, COVERAGE, RECALL, DECISIONS,
    )
}  # fmt: skip
