"""Rows that may be one company: near names first, then what every field says; proposed, never merged."""

from integrator.normalization.duplicates.likely import likely_duplicates
from integrator.normalization.duplicates.proposals import duplicates_table, proposed_duplicates

__all__ = ["duplicates_table", "likely_duplicates", "proposed_duplicates"]
