"""Needs and suppliers' capacities -> who makes what, what that is worth, and why the rest is not made."""

from integrator.valuation.allocation.problem import Capacity, Need, Pair, Problem, Rules
from integrator.valuation.allocation.sharing import Allocation, Plan, plan, share_out, worth_of_more

__all__ = ["Allocation", "Capacity", "Need", "Pair", "Plan", "Problem", "Rules", "plan", "share_out", "worth_of_more"]
