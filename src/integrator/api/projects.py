"""Where projects stand: what people say of a sheet."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from integrator import circulation, pipeline
from integrator.api.job import Job, configured, path_of, store_of
from integrator.records import ProjectStatus
from integrator.wording import wording

if TYPE_CHECKING:
    from integrator.config import Config


@dataclass(frozen=True)
class Statuses:
    """What was said of projects, in the order given; `str()` is what `integrator status` prints."""

    said: tuple[ProjectStatus, ...]
    text: str = field(repr=False)

    @property
    def frame(self) -> pd.DataFrame:
        """One word a row: sheet_id, status, reason, stated_on, owner, due, stated_by."""
        columns = [one.name for one in dataclasses.fields(ProjectStatus)]
        return pd.DataFrame([dataclasses.astuple(one) for one in self.said], columns=columns)

    def __str__(self) -> str:
        return self.text


def statuses(job: Job = None, *, sheet_id: str = "") -> Statuses:
    """Where every project stands, or all that was said of one sheet; nothing is read or matched."""
    config = configured(job)
    store = store_of(config)
    if sheet_id:
        said = tuple(one for one in store.statuses() if one.sheet_id == sheet_id)
        return Statuses(said, circulation.history_text(store, sheet_id))
    return Statuses(store.statuses(), circulation.list_text(store, wording(config.output.lang)))


def set_status(
    sheet_id: str, status: str, job: Job = None, *, reason: str = "", owner: str = "", due: str = "", by: str = ""
) -> Statuses:
    """Record where the project of a sheet stands; all that was said of it comes back.

    `status` is a code of `data/project_statuses.csv` or its wording. Raises `UsageError` for a sheet that the job does
    not have, an unknown status, a status that needs a reason and has none, or a day that is none.
    """
    config = configured(job, judgements=[])
    said = ProjectStatus(sheet_id, status, reason, _today(config), owner, due, by)
    circulation.set_status(store_of(config), _sheets(config), said)
    return statuses(config, sheet_id=sheet_id)


def import_statuses(path: str | Path, job: Job = None, *, by: str = "") -> int:
    """Take a whole list of statuses, all or none; how many were new comes back. Raises `InputRefused`."""
    config = configured(job, judgements=[])
    store, day = store_of(config), _today(config)
    known = _sheets(config)
    latest = {one.sheet_id: one for one in store.statuses()}
    said = circulation.read_statuses(path_of(path), latest, known, day, by, config.limits.limits())
    return store.add_statuses(said)


def _today(config: Config) -> str:
    return config.run_date or datetime.date.today().isoformat()  # noqa: DTZ011 (the day where it is said)


def _sheets(config: Config) -> set[str]:
    return set(pipeline.run(config).tables["opportunities"]["sheet_id"])
