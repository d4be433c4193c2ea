"""Needs x suppliers -> candidate pairs, from several channels, each with its score."""

from integrator.retrieval.candidates import candidate_pairs
from integrator.retrieval.channels import Channel, all_channels
from integrator.retrieval.recall import recall_table

__all__ = ["Channel", "all_channels", "candidate_pairs", "recall_table"]
