"""Page one of a sheet, which must do alone: what, for whom, how much, who, what is missing, what next."""

from integrator.project_sheets.front.writing import write_front

__all__ = ["write_front"]
