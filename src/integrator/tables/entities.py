"""What is known of suppliers and needs: as read, as understood, as doubted."""

from __future__ import annotations

from integrator.tables.contract import table
from integrator.tables.fields import NEED_FIELDS, SUPPLIER_FIELDS

SUPPLIERS = table(
    "suppliers",
    key="supplier_id",
    columns=" ".join(SUPPLIER_FIELDS)
    + (
        " active:flag activity status_year:integer certificates latitude:number longitude:number place_verified:flag "
        "level file sheet row:integer"
    ),
    about=(
        'level: who may see the row: codes of data/reading/confidentiality_words.csv, the strictest counts; "" = as '
        "the job says; active: yes, no (closed, given up) or unknown; activity: a code of data/statuses.csv; "
        'certificates: what the certifications were read as, e.g. "IATF 16949:2016 (stated, 2024)", separated by "; '
        '"; place_verified: no when the position is general knowledge that no source backs'
    ),
)

NEEDS = table(
    "needs",
    key="need_id",
    columns=" ".join(NEED_FIELDS)
    + (
        " aggregate:flag named_buyer:flag import_country volume:number volume_low:number volume_high:number "
        "volume_unit volume_period volume_basis volume_year:integer latitude:number longitude:number "
        "place_verified:flag level file sheet row:integer"
    ),
    about=(
        'aggregate: a statistic over many parts; named_buyer: the buyer is a company, not "sector"; volume_basis: '
        "demand, capacity, target, total (over several years) or unknown"
    ),
)

REQUIREMENTS = table(
    "requirements",
    key="need_id role concept field",
    columns=(
        "need_id line:integer role concept label text step score:number implied:flag system source field file sheet "
        "cell"
    ),
    about=(
        "line: the place of the cell's item among the lines of the need; the first process listed is the main one; "
        "system: the system of the vehicle that a part belongs to; source: lexicon, or overlay where only a word of "
        "the project names the concept so"
    ),
)

CAPABILITIES = table(
    "capabilities",
    key="supplier_id line role concept field",
    columns=(
        "supplier_id line:integer role concept label text step score:number implied:flag system source field file "
        "sheet cell"
    ),
)

FACTS = table(
    "facts",
    key="entity entity_id field file sheet cell part",
    columns=(
        "entity entity_id field value part:integer low:number high:number unit period basis year:integer "
        "approximate:flag start end chosen:flag choice raw file sheet cell source_title source_url source_date "
        "confidence evidence_class"
    ),
    about=(
        "part: the place of a figure among those of its cell; basis: codes of data/reading/quantity_words.csv, or "
        "`after`, `before` of an open date; start, end: first and last day of a date, period then says how precise "
        "it is; chosen: the value in use among several; choice: the criterion of data/reading/choice.csv, `only` "
        "without rivals, `list` where the values of several rows add up"
    ),
)

DUPLICATES = table(
    "duplicates",
    key="supplier_id other_id",
    columns=(
        "supplier_id other_id name other_name score:number evidence weights city_agrees:flag group_agrees:flag "
        "trade_agrees:flag cell other_cell"
    ),
    about=(
        "two rows that may be one company: proposed, never merged without a decision; the likeliest only, a problem "
        "`more_duplicates` says how many more there are. score: how likely they are one (0-1); evidence: how the "
        "names agree; weights: what each field adds, as natural logarithm of odds"
    ),
)
