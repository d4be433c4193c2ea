"""Judgements -> a ranker that is never worse than the scorecard on needs it has not seen."""

from integrator.training.train import train, train_run

__all__ = ["train", "train_run"]
