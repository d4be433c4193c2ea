"""The cells of a sheet that an analyst may change, and the formulas that follow from them."""

from integrator.project_sheets.calculator.lines import Line, lines_of
from integrator.project_sheets.calculator.writing import Calculated, write_calculator

__all__ = ["Calculated", "Line", "lines_of", "write_calculator"]
