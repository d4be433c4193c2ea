"""The lexicon of the trade: concepts and labels in French, English and Arabic."""

from integrator.taxonomy.entries import Concept, Label
from integrator.taxonomy.loading import digest, extended, load
from integrator.taxonomy.model import Taxonomy

__all__ = ["Concept", "Label", "Taxonomy", "digest", "extended", "load"]
