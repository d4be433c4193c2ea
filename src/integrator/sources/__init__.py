"""Files -> raw records that keep their place."""

from integrator.sources.inputs import read_inputs
from integrator.sources.mappings import Mappings

__all__ = ["Mappings", "read_inputs"]
