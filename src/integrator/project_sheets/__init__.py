"""Opportunities -> the workbooks that people hold in their hands."""

from integrator.project_sheets.quality import write_quality
from integrator.project_sheets.workbook import write_project_sheets

__all__ = ["write_project_sheets", "write_quality"]
