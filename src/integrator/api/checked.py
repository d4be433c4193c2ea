"""What reading and validating found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from integrator import pipeline, summaries
from integrator.api import html

if TYPE_CHECKING:
    from integrator.errors import Problem
    from integrator.intake import Inputs
    from integrator.records import SheetCount


class Checked:
    """The inputs of a job: how many rows of each sheet are used, and every problem."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs

    @property
    def counts(self) -> tuple[SheetCount, ...]:
        """The accounting of each sheet: rows == used + set_aside."""
        return self._inputs.counts

    @property
    def problem_list(self) -> tuple[Problem, ...]:
        """Every problem, sorted by its place."""
        return self._inputs.problems

    @property
    def problems(self) -> pd.DataFrame:
        """The same as the table `problems` of a run: severity, code, file, sheet, row, column, message, action, raw."""
        return pipeline.problems_table(self._inputs.problems)

    @property
    def files(self) -> dict[str, str]:
        """Name of each input file -> sha256 of its bytes."""
        return dict(self._inputs.files)

    @property
    def unchanged(self) -> tuple[str, ...]:
        """Files that an earlier run had read already, taken from the cache."""
        return self._inputs.unchanged

    def summary(self) -> str:
        """What `integrator check` prints."""
        return summaries.check_text(self._inputs)

    def as_dict(self) -> dict[str, Any]:
        """What `integrator check --json` prints."""
        return summaries.check_data(self._inputs)

    def __str__(self) -> str:
        return self.summary()

    def __repr__(self) -> str:
        return f"<integrator.Checked: {len(self.counts)} sheets, {len(self.problem_list)} problems>"

    def _repr_html_(self) -> str:
        return html.block("Inputs", html.rows_read(self.counts), html.problems(self.problem_list))
