"""The page report.html: portfolio, matches and every need in one file that a browser opens without a network."""

from integrator.project_sheets.html.page import write_report

__all__ = ["write_report"]
