"""The job: `integrator.toml` + command line -> a closed, typed, frozen configuration."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from integrator import budget
from integrator.errors import UsageError
from integrator.workbooks import Limits

MOST_BYTES = 1_000_000
"""A larger file is no job file: it is refused before it is read."""
Language = Literal["fr", "en", "ar"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Inputs(_Section):
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


class TradeFile(_Section):
    """What is said of one trade file where the file does not say it itself."""

    flow: Literal["import", "export"] | None = None
    """Which way the goods go; left out = as the file says."""
    year: int | None = Field(default=None, ge=1950, le=2099)
    """Year of the figures; left out = as the file says."""
    country: str = Field(default="MA", pattern="^[A-Z]{2}$")
    """ISO 3166-1 code of the country that reports."""


class Output(_Section):
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
    date: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    """The date printed on the sheets; blank = SOURCE_DATE_EPOCH, else none."""
    outline: str = ""
    """One file: rings to draw on the map, see docs/portfolio.md; blank = none, and none is shipped."""


class Matching(_Section):
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


class Valuation(_Section):
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


class Bounds(_Section):
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


class Resources(_Section):
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


class Spark(_Section):
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


class Store(_Section):
    """What outlives a run."""

    path: str = "integrator-store"
    """Its folder: judgements, decisions, statuses, confirmed headings, and the cache."""


class Knowledge(_Section):
    """What the project knows beside the shipped knowledge."""

    terms: str = "integrator-terms.csv"
    """Own words, see `taxonomy/overlay`; blank or a file that does not exist = none."""


class Config(_Section):
    """One job."""

    inputs: Inputs = Inputs()
    trade: dict[str, TradeFile] = {}
    """By file, as it is named in the job or by its name alone."""
    output: Output = Output()
    matching: Matching = Matching()
    valuation: Valuation = Valuation()
    limits: Bounds = Bounds()
    resources: Resources = Resources()
    spark: Spark = Spark()
    store: Store = Store()
    knowledge: Knowledge = Knowledge()
    base: Path = Field(default=Path(), exclude=True)
    """Folder that relative paths start from: that of the job file."""

    @property
    def run_date(self) -> str:
        """The date for the sheets (ISO), or "" when none is given: a run never asks the clock."""
        if self.output.date:
            return self.output.date
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not epoch.isdigit():
            return ""
        import datetime

        return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date().isoformat()

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
        return _validated(merged, self.base, where)


def load(path: Path | None) -> Config:
    """Read a job file; None = `./integrator.toml` when there is one, else the defaults.

    Raises `UsageError` for a missing or malformed file, an unknown key (with the nearest known one)
    or a value that does not fit.
    """
    if path is None:
        path = Path("integrator.toml")
        if not path.is_file():
            return Config()
    if not path.is_file():
        raise UsageError(f"{path}: no such job file: write one with `integrator init`.")
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UsageError(f"{path}: {size} bytes are too many for a job file: name the job file, not its data.")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}): check its rights.") from error
    except RecursionError:
        raise UsageError(
            f"{path}: its values are nested too deeply for a job file: write one with `integrator init`."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        hint = "" if path.suffix == ".toml" else "; to read it as data, use --suppliers or --needs"
        raise UsageError(f"{path}: a job file is expected here, and this is not valid TOML ({error}){hint}.") from error
    return _validated(content, path.parent, str(path))


def _validated(content: Mapping[str, Any], base: Path, where: str) -> Config:
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
    model: type[BaseModel] = Config
    if section[:1] == ("trade",) and len(section) > 1:
        return list(TradeFile.model_fields)
    for part in section:
        inner = model.model_fields[str(part)].annotation
        model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model
    return [name for name in model.model_fields if name != "base"]
