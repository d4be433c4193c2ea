"""Needs x suppliers -> candidate pairs, from several channels, each with its score."""

from integrator.retrieval.candidates import candidate_pairs
from integrator.retrieval.channels import ConceptChannel, HsChannel, TextChannel

__all__ = ["ConceptChannel", "HsChannel", "TextChannel", "candidate_pairs"]
