"""Needs x suppliers -> candidate pairs, from several channels, each with its score."""

from integrator.retrieval.answers import MatrixAnswer
from integrator.retrieval.best_lines import score_block, score_pairs
from integrator.retrieval.candidates import BLOCK_BYTES, candidate_pairs
from integrator.retrieval.channels import Channel, all_channels
from integrator.retrieval.kept import line_index
from integrator.retrieval.recall import recall_table
from integrator.retrieval.texts import cell_lines

__all__ = [
    "BLOCK_BYTES",
    "Channel",
    "MatrixAnswer",
    "all_channels",
    "candidate_pairs",
    "cell_lines",
    "line_index",
    "recall_table",
    "score_block",
    "score_pairs",
]
