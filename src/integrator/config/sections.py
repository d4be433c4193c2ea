"""The sections of a job file: every key with its type, default and bounds.

The sentence below a key is what docs/reference/job.md says of it.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from integrator import budget
from integrator.workbooks import Limits

Language = Literal["fr", "en", "ar"]


class Section(BaseModel):
    """Closed and frozen: an unknown key is a fault, and nothing changes a job once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Inputs(Section):
    """What to read: files, folders or globs, relative to the job file."""

    suppliers: tuple[str, ...] = ("data/suppliers",)
    """Directories of suppliers."""
    needs: tuple[str, ...] = ("data/needs",)
    """Lists of needs."""
    judgements: tuple[str, ...] = ()
    """Graded pairs, to train and to measure."""
    boms: tuple[str, ...] = ()
    """Bills of materials of vehicles, see docs/value-rates.md."""
    values: tuple[str, ...] = ()
    """Inputs of a valuation that no table of needs or suppliers holds, see docs/value.md."""
    trade: tuple[str, ...] = ()
    """Exports and imports by code of the Harmonized System, see docs/value-trade.md."""
    input_output: str = ""
    """One file: the input-output table of the sector form, see docs/value-domestic.md; blank = none."""
    include_hidden: bool = False
    """Read hidden sheets too."""
    encoding: str = ""
    """Encoding of every delimited text; blank = found out for each."""
    delimiter: str = Field(default="", max_length=1)
    """Sign between the cells of every delimited text; blank = found out for each."""
    header_rows: dict[str, Annotated[int, Field(ge=1)]] = {}
    """Last header row of a file ("a.xlsx") or of a sheet ("a.xlsx [Feuil2]"), where the one found is wrong."""


class TradeFile(Section):
    """What is said of one trade file where the file does not say it itself."""

    flow: Literal["import", "export"] | None = None
    """Which way the goods go; left out = as the file says."""
    year: int | None = Field(default=None, ge=1950, le=2099)
    """Year of the figures; left out = as the file says."""
    country: str = Field(default="MA", pattern="^[A-Z]{2}$")
    """ISO 3166-1 code of the country that reports."""


class Output(Section):
    """What to write."""

    folder: str = "out"
    """The run folder."""
    lang: Language = "fr"
    """Language of the workbooks and of sentences in tables; ids, ranks and grades are the same in each."""
    top: int = Field(default=10, ge=1, le=200)
    """Actors shown on a sheet."""
    sheets: int = Field(default=500, ge=0)
    """Opportunities that get a sheet and a page of the report, the best first; 0 = neither workbook nor report."""
    notice: str = Field(default="", max_length=120)
    """A sentence on every page of the workbooks, e.g. that the data are made up or confidential."""
    confidentiality: Literal["public", "members", "restricted"] = "members"
    """Who may see a need or supplier whose row does not say it; see docs/distribution.md."""
    date: str = Field(default="", pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")
    """The date printed on the sheets; blank = SOURCE_DATE_EPOCH, else none."""
    outline: str = ""
    """One file: rings to draw on the map, see docs/portfolio.md; blank = none, and none is shipped."""

    @field_validator("date")
    @classmethod
    def _is_day(cls, text: str) -> str:
        try:
            datetime.date.fromisoformat(text or "2000-01-01")
        except ValueError:
            raise ValueError(f"{text} is no day of the calendar: write it as 2026-12-31") from None
        return text


class Matching(Section):
    """How to match."""

    candidates: int = Field(default=50, ge=1)
    """Scored suppliers kept a need."""
    ranker: str = "auto"
    """`auto` (the shipped ranker; with `semantic` the scorecard), `scorecard` (the expert scorecard), or the path of a
    trained ranker."""
    buyer_experience: bool = True
    """Whether to use what can give an answer away: customers named, judgements of like needs (`leaks` in the table of
    features). Off, it is unknown."""
    engine: Literal["local", "spark"] = "local"
    """Where pairs are matched: here, or by Apache Spark with the extra `spark`; the tables are the same."""
    semantic: bool = False
    """Compare meanings too, with the model of the extra `semantic`. Off by default and never by what is installed:
    one job gives the same tables everywhere."""


class Valuation(Section):
    """How to value, see docs/value.md."""

    assumptions: bool = False
    """Use assumptions (defaults without a source) where nothing better is known; what rests on them is marked."""
    depth: int = Field(default=1, ge=0, le=5)
    """Upstream steps that are followed from a localised part."""
    left_out: tuple[str, ...] = ("powertrain",)
    """Groups of lines of a bill that rate B leaves out."""
    lot: float = Field(default=0, ge=0)
    """Least yearly amount that one supplier makes of one need; 0 = any."""
    suppliers_per_need: int | None = Field(default=None, ge=1)
    """Most suppliers that share one need in the plan of capacities; left out = any."""
    needs_per_supplier: int | None = Field(default=None, ge=1)
    """Most needs of one supplier in that plan; left out = any."""
    teams: int = Field(default=3, ge=0, le=20)
    """Teams shown for a need of several processes."""
    weights: dict[str, Annotated[float, Field(gt=0)]] = {}
    """Axis (value, feasibility, jobs, readiness) -> its weight in the composite; the others are as shipped."""


class Bounds(Section):
    """How large an input may be; see `workbooks.Limits`."""

    file_bytes: int = Field(default=Limits.file_bytes, ge=1)
    """Bytes of a file."""
    unzipped_bytes: int = Field(default=Limits.unzipped_bytes, ge=1)
    """Bytes of a workbook when unpacked."""
    ratio: int = Field(default=Limits.ratio, ge=1)
    """How many times larger a part of a workbook may be unpacked."""
    rows: int = Field(default=Limits.rows, ge=1)
    """Rows of a sheet."""
    columns: int = Field(default=Limits.columns, ge=1)
    """Columns of a sheet."""
    cells: int = Field(default=Limits.cells, ge=1)
    """Cells of a file."""

    def limits(self) -> Limits:
        """The bounds as the reader takes them."""
        return Limits(**self.model_dump())


class Resources(Section):
    """What a run may take of the machine; the outputs are the same whatever it says."""

    workers: int = Field(default=1, ge=1, le=64)
    """Processes that match blocks of needs at the same time."""
    cache: bool = True
    """Keep what was worked out in the folder of the store and take it from there, see docs/reading.md."""
    max_memory: str = ""
    """What a run may take at its peak, as 500MB or 2GB; blank = no limit. See docs/performance.md."""

    @field_validator("max_memory")
    @classmethod
    def _is_size(cls, text: str) -> str:
        if text:
            budget.bytes_of(text)
        return text

    @property
    def allowed_bytes(self) -> int | None:
        """The limit in bytes, None without one."""
        return budget.bytes_of(self.max_memory) if self.max_memory else None


class Spark(Section):
    """How Spark is asked when `matching.engine` is `spark`, see docs/spark.md; the outputs are the same."""

    master: str = ""
    """Where the tasks run; blank = what spark-submit says, else two at a time on this machine."""
    partitions: int = Field(default=0, ge=0, le=100_000)
    """Tasks that the needs are shared out to; 0 = four for each that runs at the same time."""
    shard: int = Field(default=200_000, ge=1)
    """Suppliers that a worker holds at a time."""
    artifact: str = ""
    """Folder that every machine reaches under the same path; blank = a temporary one, for this machine alone."""
    conf: dict[str, str | int | float | bool] = {}
    """More settings of Spark by their names, which begin with `spark.`."""


class Store(Section):
    """What outlives a run."""

    path: str = "integrator-store"
    """Its folder: judgements, decisions, statuses, confirmed headings, and the cache."""


class Knowledge(Section):
    """What the project knows beside the shipped knowledge."""

    terms: str = "integrator-terms.csv"
    """Own words, see `taxonomy/overlay`; blank or a file that does not exist = none."""
