"""Who could make what, how good the match is and why, and what people decided."""

from __future__ import annotations

from integrator.tables.contract import table

CANDIDATES = table(
    "candidates",
    key="need_id supplier_id",
    columns="need_id supplier_id channels",
    about="the suppliers found for each need; followed by one number column a feature: see ranking/features",
)

CONTRIBUTIONS = table(
    "contributions",
    key="need_id supplier_id",
    columns="need_id supplier_id",
    about="of the matches; followed by one number column a feature: its points, which sum to the score",
)

MATCHES = table(
    "matches",
    key="need_id rank",
    columns=(
        "need_id supplier_id rank:integer score:number probability:number grade:integer grade_basis reasons missing "
        "questions distance_km:number ranker conflict"
    ),
    about='conflict: what the grade by rule and the learned probability say against each other, "" = nothing',
)

REASONS = table(
    "reasons",
    key="need_id supplier_id criterion",
    columns=(
        "need_id supplier_id criterion state weight:number points:number need_value supplier_value need_cell "
        "supplier_cell"
    ),
)

OPPORTUNITIES = table(
    "opportunities",
    key="need_id",
    columns=(
        "sheet_id need_id component buyer best_grade:integer actors_4:integer actors_3:integer actors_2:integer "
        "actors_1:integer actor_1 actor_2 actor_3 outlook volume:number volume_unit volume_basis gross_value:number "
        "currency value_status value_basis value_missing completeness:number next_action questions"
    ),
    about=(
        "actor_1 to actor_3: supplier ids; outlook: actors (a grade 3 or 4), convertible (a grade 2), none; "
        "value_status: computed, stated or missing"
    ),
)

STATUSES = table(
    "statuses",
    key="sheet_id",
    columns="sheet_id need_id status reason owner due stated_on stated_by since count:integer",
    about=(
        'the latest that people said of each sheet; need_id: "" = the job has no such sheet any more; status: a code '
        "of data/project_statuses.csv; since: stated_on of the first time that it was said without another one in "
        "between; count: how often something was said of the sheet"
    ),
)

DECISIONS = table(
    "decisions",
    key="need_id supplier_id number",
    columns=(
        "need_id supplier_id number:integer grade:integer decision reason judged_by judged_on run source "
        "standing:flag counts:flag disagreement:flag"
    ),
    about=(
        'what people said of a pair, in the order given; decision: yes, no, unsure or "" (a grade alone); judged_by: '
        "R1, R2, ... and never a name; judged_on: or the day on which the review came back; run: mark of the review "
        "workbook; source: review (imported) or file; standing: the latest answer of this person on the pair; "
        "counts: the grade that is learned from; disagreement: standing answers of the pair contradict each other"
    ),
)
