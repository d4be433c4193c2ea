"""Needs x suppliers -> candidate pairs, from several channels, each with its score."""

from integrator.retrieval.candidates import candidate_pairs
from integrator.retrieval.channels import Channel, all_channels

__all__ = ["Channel", "all_channels", "candidate_pairs"]
