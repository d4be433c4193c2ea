"""Raw records -> canonical tables: concepts, volumes, places, statuses, codes, facts."""

from integrator.normalization.checking import value_problems
from integrator.normalization.duplicates import duplicates_table
from integrator.normalization.facts import facts_table
from integrator.normalization.judgements import judgements
from integrator.normalization.linking import capabilities_table, requirements_table, unknown_terms
from integrator.normalization.merging import joined
from integrator.normalization.needs import needs_table
from integrator.normalization.suppliers import suppliers_table

__all__ = [
    "capabilities_table", "duplicates_table", "facts_table", "joined",
    "judgements", "needs_table", "requirements_table", "suppliers_table",
    "unknown_terms", "value_problems",
]  # fmt: skip
