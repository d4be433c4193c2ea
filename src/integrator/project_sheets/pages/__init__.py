"""Pages of a whole job: the overview; after the list of needs the map, white spots, axes, rates, capacities, trades."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from integrator.project_sheets.pages.axes import write_axes
from integrator.project_sheets.pages.capacities import has_capacities, write_capacities
from integrator.project_sheets.pages.overview import write_overview
from integrator.project_sheets.pages.sectors import has_sectors, write_sectors
from integrator.project_sheets.pages.site_map import has_positions, write_map
from integrator.project_sheets.pages.skills import has_skills, write_skills
from integrator.project_sheets.pages.vehicles import has_vehicles, write_vehicles
from integrator.project_sheets.pages.white import has_processes, has_white_spots, write_processes, write_white_spots

if TYPE_CHECKING:
    import pandas as pd

    from integrator.project_sheets.pages.job import Job
    from integrator.wording import Wording
    from integrator.workbooks.writing import WorkbookWriter

Tables = Mapping[str, "pd.DataFrame"]


class JobPage(NamedTuple):
    """One page: the key of its name, whether it has anything to say, and what writes it."""

    name: str
    has_content: Callable[[Tables], bool]
    write: Callable[[WorkbookWriter, str, Job, Wording], None]
    is_first: bool = False
    """Whether it stands before the list of needs."""


PAGES = (
    JobPage("pages.overview", lambda tables: True, write_overview, is_first=True),
    JobPage("pages.map", has_positions, write_map),
    JobPage("pages.white", has_white_spots, write_white_spots),
    JobPage("pages.processes", has_processes, write_processes),
    JobPage("pages.axes", lambda tables: True, write_axes),
    JobPage("pages.vehicles", has_vehicles, write_vehicles),
    JobPage("pages.capacities", has_capacities, write_capacities),
    JobPage("pages.skills", has_skills, write_skills),
    JobPage("pages.sectors", has_sectors, write_sectors),
)
