"""Terms without a concept -> a workbook to decide on; the decided workbook -> rows for the project's own words."""

from integrator.own_terms.returned import Returned, read_terms
from integrator.own_terms.workbook import LIMIT, write_terms

__all__ = ["LIMIT", "Returned", "read_terms", "write_terms"]
