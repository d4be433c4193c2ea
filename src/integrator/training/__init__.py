"""Judgements -> a trained ranker and its report."""

from integrator.training.card import card_text
from integrator.training.ranker import check_target, train, train_run

__all__ = ["card_text", "check_target", "train", "train_run"]
