"""Files -> raw records that keep their place."""

from integrator.sources.inputs import read_inputs

__all__ = ["read_inputs"]
