"""Why a pair has its score and rank, and where each number of a sheet comes from: as parts and as text."""

from integrator.explaining.building import explain
from integrator.explaining.parts import Comparison, Contribution, Counterfactual, Difference, Explanation
from integrator.explaining.text import explanation_data, explanation_text
from integrator.explaining.traced import Interval, TracedInput, TracedNumber, TracedRow, ValueExplanation
from integrator.explaining.value_text import value_data, value_text
from integrator.explaining.values import explain_value

__all__ = [
    "Comparison", "Contribution", "Counterfactual", "Difference", "Explanation", "Interval", "TracedInput",
    "TracedNumber", "TracedRow", "ValueExplanation", "explain", "explain_value", "explanation_data",
    "explanation_text", "value_data", "value_text",
]  # fmt: skip
