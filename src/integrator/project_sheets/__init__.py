"""Opportunities -> the workbooks and the page that people hold in their hands."""

from integrator.project_sheets.html import write_report
from integrator.project_sheets.quality import write_quality
from integrator.project_sheets.workbook import write_project_sheets

__all__ = ["write_project_sheets", "write_quality", "write_report"]
