"""Teams of firms for a need that asks for several processes."""

from integrator.valuation.teams.finding import cover_of, find_teams
from integrator.valuation.teams.results import Incomplete, Team, Teams
from integrator.valuation.teams.task import Offer, Task

__all__ = ["Incomplete", "Offer", "Task", "Team", "Teams", "cover_of", "find_teams"]
