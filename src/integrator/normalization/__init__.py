"""Raw records -> canonical tables: concepts, volumes, places, statuses, codes, facts."""

from integrator.normalization.checking import value_problems
from integrator.normalization.coverage import coverage_table, linked, need_languages
from integrator.normalization.decisions import decisions_table
from integrator.normalization.duplicates import duplicates_table, likely_duplicates, proposed_duplicates
from integrator.normalization.facts import facts_table
from integrator.normalization.judgements import LEFT_OUT, judgements, latest_grades
from integrator.normalization.kept_links import KeptLinks, KeptProposals
from integrator.normalization.linking import asked_of, capabilities_table, offered_in, requirements_table
from integrator.normalization.merging import joined, standing_ids
from integrator.normalization.needs import needs_table
from integrator.normalization.saying import SaidLine, said_lines
from integrator.normalization.suppliers import suppliers_table
from integrator.normalization.terms import ranked, said_terms, unknown_terms
from integrator.normalization.wordings import Line, LineLinks, Linker, link_lines

__all__ = [
    "LEFT_OUT", "KeptLinks", "KeptProposals", "Line", "LineLinks", "Linker", "SaidLine", "asked_of",
    "capabilities_table", "coverage_table", "decisions_table", "duplicates_table", "facts_table", "joined",
    "judgements", "latest_grades", "likely_duplicates", "link_lines", "linked", "need_languages", "needs_table",
    "offered_in", "proposed_duplicates", "ranked", "requirements_table", "said_lines", "said_terms", "standing_ids",
    "suppliers_table", "unknown_terms", "value_problems",
]  # fmt: skip
