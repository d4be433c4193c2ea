"""What a row of an input may say: the fields of each kind of file, and which of them it must have."""

from __future__ import annotations

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
NEED_NAMES = ("component", "component_en", "component_ar")
"""Fields that say what a need is called, a language each."""
ABILITY_FIELDS = ("products", "processes", "materials", "machines")
"""Fields in which a supplier says what it can do."""
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
