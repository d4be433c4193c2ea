"""A job is run, or only read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from integrator import intake, pipeline
from integrator.api.checked import Checked
from integrator.api.job import Job, Paths, configured, store_of
from integrator.api.run import Run
from integrator.errors import UsageError

if TYPE_CHECKING:
    from typing import Literal


def run(
    job: Job = None, *, suppliers: Paths = None, needs: Paths = None, judgements: Paths = None, boms: Paths = None,
    values: Paths = None, trade: Paths = None, lang: Literal["fr", "en", "ar"] | None = None, top: int | None = None,
    sheets: int | None = None, candidates: int | None = None, ranker: str | Path | None = None,
    engine: Literal["local", "spark"] | None = None, spark_work: str | Path | None = None,
    semantic: bool | None = None, max_memory: str | None = None, workers: int | None = None,
    include_hidden: bool = False, no_cache: bool = False, progress: Callable[[str, int, int], None] | None = None,
) -> Run:  # fmt: skip
    """Match suppliers to needs; nothing is written, see `Run.write`.

    `job` is a job file, a `Config`, or None: `integrator.toml` of the working directory, else the defaults. Everything
    else stands in place of what the job says, under the names of the command line; None = as in the job, [] = none.
    Paths start at the working directory. `progress` is told the stage at hand, its number and how many there are.

    Raises `UsageError` for a wrong argument or job, `InputRefused` with every refusal of the inputs, `MissingExtra`
    when `semantic` or the engine spark is asked for and not installed.

    >>> import integrator
    >>> run = integrator.run("examples/job.toml", lang="en")
    >>> len(run.needs)
    3
    """
    return Run(
        pipeline.run(
            configured(
                job, suppliers=suppliers, needs=needs, judgements=judgements, boms=boms, values=values, trade=trade,
                lang=lang, top=top, sheets=sheets, candidates=candidates, ranker=ranker, engine=engine,
                spark_work=spark_work, semantic=semantic, max_memory=max_memory, workers=workers,
                include_hidden=include_hidden, no_cache=no_cache,
            ),
            progress,
        )
    )  # fmt: skip


def check(
    job: Job = None, *, suppliers: Paths = None, needs: Paths = None, judgements: Paths = None, boms: Paths = None,
    values: Paths = None, trade: Paths = None, include_hidden: bool = False, no_cache: bool = False,
    mapping: Mapping[str, str] | None = None, save_mapping: bool = False,
) -> Checked:  # fmt: skip
    """Read and validate every input; nothing is matched.

    `mapping` says what headings mean (heading -> field, "" = leave the column out); with `save_mapping` that is kept
    in the store for sheets with the same headings. Raises as `run` does, and `UsageError` for a heading that no sheet
    has, or a field that is none.
    """
    if save_mapping and not mapping:
        raise UsageError("save_mapping: say what to keep with mapping={heading: field}.")
    config = configured(
        job, suppliers=suppliers, needs=needs, judgements=judgements, boms=boms, values=values, trade=trade,
        include_hidden=include_hidden, no_cache=no_cache,
    )  # fmt: skip
    inputs = intake.read(config, mapping or {})
    if save_mapping:
        store_of(config).add_mappings(inputs.mapped)
    return Checked(inputs)
