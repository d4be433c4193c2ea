"""One job: its sections together, checked as a whole; what does not fit is said in a sentence a key."""

from __future__ import annotations

import datetime
import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from integrator.config import sections
from integrator.errors import UsageError


class Config(sections.Section):
    """One job."""

    inputs: sections.Inputs = sections.Inputs()
    trade: dict[str, sections.TradeFile] = Field(default={})
    """By file, as it is named in the job or by its name alone."""
    output: sections.Output = sections.Output()
    matching: sections.Matching = sections.Matching()
    valuation: sections.Valuation = sections.Valuation()
    limits: sections.Bounds = sections.Bounds()
    resources: sections.Resources = sections.Resources()
    spark: sections.Spark = sections.Spark()
    store: sections.Store = sections.Store()
    knowledge: sections.Knowledge = sections.Knowledge()
    base: Path = Field(default=Path(), exclude=True)
    """Folder that relative paths start from: that of the job file."""

    @property
    def run_date(self) -> str:
        """The date for the sheets (ISO), or "" when none is given: a run never asks the clock.

        SOURCE_DATE_EPOCH (seconds since 1970, UTC) counts where the job gives no date; one that is no day gives none.
        """
        if self.output.date:
            return self.output.date
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not (epoch.isascii() and epoch.isdigit()):
            return ""
        try:
            return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            return ""

    @property
    def out(self) -> Path:
        """The run folder."""
        return self.base / self.output.folder

    @property
    def cache_folder(self) -> Path | None:
        """Where what was worked out is kept for the next run; None when nothing is."""
        return self.base / self.store.path / "cache" if self.resources.cache else None

    @property
    def terms(self) -> Path | None:
        """The file of the project's own words, whether it exists or not."""
        return self.base / self.knowledge.terms if self.knowledge.terms else None

    def with_changes(self, changes: Mapping[str, Mapping[str, Any]], where: str = "command line") -> Config:
        """The same job with some values replaced, section by section, and checked again.

        Raises `UsageError`, which begins with `where`, for a value that does not fit.
        """
        merged = self.model_dump()
        for section, values in changes.items():
            merged[section] = {**merged[section], **values}
        return validated(merged, self.base, where)


def validated(content: Mapping[str, Any], base: Path, where: str) -> Config:
    """The job that `content` (section -> key -> value) states; relative paths start from `base`.

    Raises `UsageError` with a line a fault, each beginning with `where`; an unknown key is told with the nearest one.
    """
    if "base" in content:
        raise UsageError(f"{where}: unknown key 'base'.")
    try:
        return Config.model_validate({**content, "base": base})
    except ValidationError as error:
        raise UsageError("\n".join(_sentence(fault, where) for fault in error.errors())) from error


def _sentence(fault: Any, where: str) -> str:
    key = ".".join(str(part) for part in fault["loc"])
    if fault["type"] != "extra_forbidden":
        return f"{where}: {key}: {fault['msg'].removeprefix('Value error, ')}."
    near = difflib.get_close_matches(str(fault["loc"][-1]), _known(fault["loc"][:-1]), n=1, cutoff=0.5)
    hint = f": did you mean {near[0]!r}?" if near else "."
    return f"{where}: unknown key {key!r}{hint}"


def _known(section: tuple[Any, ...]) -> list[str]:
    """The keys that may stand in a section, given by the path to it."""
    model: type[BaseModel] = Config
    if section[:1] == ("trade",) and len(section) > 1:
        return list(sections.TradeFile.model_fields)
    for part in section:
        inner = model.model_fields[str(part)].annotation
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model
    return [name for name in model.model_fields if name != "base"]
