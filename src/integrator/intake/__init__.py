"""Everything a job reads, and what is doubtful in it; nothing is matched here."""

from integrator.intake.outlines import Rings
from integrator.intake.reading import Inputs, read

__all__ = ["Inputs", "Rings", "read"]
