"""Files -> raw records that keep their place."""

from integrator.sources.headings import KINDS
from integrator.sources.inputs import find_inputs, read_inputs
from integrator.sources.mappings import Mappings

__all__ = ["KINDS", "Mappings", "find_inputs", "read_inputs"]
