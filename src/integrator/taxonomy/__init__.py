"""The lexicon of the trade: concepts and labels in French, English and Arabic."""

from integrator.taxonomy.loading import load
from integrator.taxonomy.model import Concept, Label, Taxonomy

__all__ = ["Concept", "Label", "Taxonomy", "load"]
