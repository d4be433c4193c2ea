"""Why a pair has its score and rank, as parts and as text."""

from integrator.explaining.building import explain
from integrator.explaining.parts import Comparison, Contribution, Counterfactual, Difference, Explanation
from integrator.explaining.text import explanation_data, explanation_text

__all__ = [
    "Comparison", "Contribution", "Counterfactual", "Difference", "Explanation", "explain", "explanation_data",
    "explanation_text",
]  # fmt: skip
