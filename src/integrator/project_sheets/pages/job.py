"""What every page of a job is written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from integrator.project_sheets.content import SheetContent
    from integrator.project_sheets.valuations import Valued


@dataclass(frozen=True)
class Job:
    """The tables of a run, its sheets in the order of the portfolio, and the figures of all needs together."""

    tables: Mapping[str, pd.DataFrame]
    contents: Sequence[SheetContent]
    sheets: Mapping[str, str]
    """Name of the sheet of a need, by its id."""
    whole: Valued
