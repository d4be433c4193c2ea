"""A Spark session for one job: the only module that knows pyspark."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import integrator
from integrator.errors import IntegratorError, MissingExtra, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

LOCAL = "local[2,4]"
"""Two tasks at a time, each tried four times; plain `local[2]` would try none again."""
JAVA = 17
_LOOPBACK = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
_QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
"""Set where spark-submit started this program: the session is then its own affair."""


@dataclass(frozen=True)
class Options:
    """What a job says of Spark, see docs/spark.md."""

    master: str = ""
    """Blank = what spark-submit says, else `LOCAL`."""
    partitions: int = 0
    """Tasks that the needs are shared out to; 0 = four for each that runs at the same time."""
    shard: int = 200_000
    """Suppliers that a worker holds at a time."""
    conf: Mapping[str, str | int | float | bool] = field(default_factory=dict)
    """More settings of Spark, by their names."""


class SparkFailed(IntegratorError):
    """Spark could not be started, or gave a job up."""


Task = Callable[[Iterable["pa.RecordBatch"]], Iterator["pa.RecordBatch"]]


class Session:
    """Runs numbered pieces of work on Spark."""

    def __init__(self, spark: Any, partitions: int) -> None:
        self._spark = spark
        self.partitions = partitions or 4 * int(spark.sparkContext.defaultParallelism)

    def answers(self, count: int, task: Task, schema: str) -> list[dict[str, Any]]:
        """What `task` gives for the numbers 0 to `count` - 1, shared out in runs; in no stated order.

        Raises `SparkFailed` when a piece failed as often as Spark tries it.
        """
        numbers = self._spark.range(0, count, 1, min(self.partitions, max(count, 1)))
        try:
            with _silence():
                return [row.asDict() for row in numbers.mapInArrow(task, schema).collect()]
        except Exception as error:  # of the JVM, of pyspark, of its bridge: no common class
            if not type(error).__module__.startswith(("pyspark.", "py4j.")):
                raise
            raise SparkFailed(f"Spark gave up after trying again: {_reason(str(error))}") from error


@contextmanager
def session(options: Options) -> Iterator[Session]:
    """The session that is active already (a notebook, a test), else a new one, stopped at the end.

    Raises `MissingExtra` without pyspark, `UsageError` without Java `JAVA`, `SparkFailed` when Spark does not start.
    """
    check(options)
    with _silence():
        from pyspark.sql import SparkSession

        active = SparkSession.getActiveSession()
        spark = active or _started(SparkSession.builder, options)
    try:
        yield Session(spark, options.partitions)
    finally:
        if active is None:
            spark.stop()


def check(options: Options) -> None:
    """Refuse, before anything is read, what would fail later. Raises as `session` does."""
    strange = [name for name in options.conf if not name.startswith("spark.")]
    if strange:
        raise UsageError(f"[spark.conf] {strange[0]}: settings of Spark begin with `spark.`.")
    if find_spec("pyspark") is None:
        raise MissingExtra('--engine spark needs pyspark: pip install "integrator[spark]".')
    if os.environ.get(_SUBMITTED):
        return
    found = java_version()
    if found is None:
        raise UsageError(f"--engine spark needs Java {JAVA} or newer and there is none: {_ADVICE}.")
    if found < JAVA:
        raise UsageError(f"--engine spark needs Java {JAVA} or newer, this is Java {found}: {_ADVICE}.")


_ADVICE = (
    f"install it (Debian, Ubuntu: apt-get install openjdk-{JAVA}-jre-headless) or set JAVA_HOME to the folder of one"
)


def java_version() -> int | None:
    """The version of Java that Spark would start, by JAVA_HOME, else by the path; None when it finds none."""
    home = os.environ.get("JAVA_HOME", "")
    program = str(Path(home, "bin", "java")) if home else shutil.which("java")
    if program is None:
        return None
    try:
        said = subprocess.run([program, "-version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(found.group(1)) if found else None


def _started(builder: Any, options: Options) -> Any:
    settings, here = _settings(options), False
    if not os.environ.get(_SUBMITTED):
        here = settings["spark.master"].startswith("local")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        with _same_python() if here else nullcontext():
            return builder.getOrCreate()
    except Exception as error:
        raise SparkFailed(
            f"Spark does not start with master {settings.get('spark.master')}: {_reason(str(error))}"
        ) from error


def _settings(options: Options) -> dict[str, str]:
    """By name; what the job says goes before what stands here."""
    settings = {"spark.app.name": "integrator", **_QUIET}
    master = options.master or ("" if os.environ.get(_SUBMITTED) else LOCAL)
    if master:
        settings["spark.master"] = master
    if master.startswith("local"):
        settings |= _LOOPBACK | {"spark.driver.extraJavaOptions": _logging()}
    return settings | {name: _text(value) for name, value in options.conf.items()}


@contextmanager
def _same_python() -> Iterator[None]:
    """Workers on this machine run this interpreter and find this package, wherever it lies."""
    here = str(Path(integrator.__file__).parents[1])
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path not in ("", here)]
    wanted = {
        "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join([here, *paths]), "SPARK_LOCAL_IP": "127.0.0.1",
    }  # fmt: skip
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _logging() -> str:
    return f"-Dlog4j2.configurationFile=file:{files('integrator.data').joinpath('spark/log4j2.properties')}"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _reason(message: str) -> str:
    """The line of a long report that says what went wrong."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Refused|Failed)\b[^:]*:", line)]
    return ((telling or lines or ["no reason given"])[-1 if telling else 0])[:500]


@contextmanager
def _silence() -> Iterator[None]:
    """Spark warns of the version of pandas, whose frames are never given to it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
