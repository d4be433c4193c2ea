"""Texts as vectors of meaning, across languages: the optional extra `semantic`."""

from integrator.meaning.encoding import Meaning, Vectors, likeness
from integrator.meaning.model import PACKAGE

__all__ = ["PACKAGE", "Meaning", "Vectors", "likeness"]
