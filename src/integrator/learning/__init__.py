"""Estimators that learn an order from graded pairs. They know numbers and groups, no supplier and no need.

Names are loaded when asked for: a saved ensemble of trees predicts without scikit-learn being imported.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from integrator.learning.ensemble import TreeEnsemble
    from integrator.learning.fitted import FittedLadder
    from integrator.learning.safe import SafeRanker
    from integrator.learning.trees import LambdaRanker

_HOME = {"FittedLadder": "fitted", "LambdaRanker": "trees", "SafeRanker": "safe", "TreeEnsemble": "ensemble"}

__all__ = ["FittedLadder", "LambdaRanker", "SafeRanker", "TreeEnsemble"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"integrator.learning.{_HOME[name]}"), name)
    raise AttributeError(f"module 'integrator.learning' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
