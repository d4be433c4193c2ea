"""A small world of made-up suppliers and needs, from records to matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from integrator import config, intake, pipeline
from integrator.ranking import Scorecard, Scorer
from integrator.records import CellRef, Record

Fields = Mapping[str, str]


def records(kind: str, rows: list[Fields]) -> tuple[Record, ...]:
    made = []
    for number, values in enumerate(rows, start=2):
        ref = CellRef(f"{kind}s.csv", "", number)
        made.append(Record(kind, ref, values, dict.fromkeys(values, ref)))  # type: ignore[arg-type]
    return tuple(made)


Match = Callable[..., Mapping[str, pd.DataFrame]]


@pytest.fixture(scope="session")
def run_match() -> Match:
    """Runs everything after reading on made-up suppliers and needs; further values are those of `[matching]`.

    The expert scorecard ranks unless another ranker is named: what it gives can be worked out by hand.
    """

    def run(suppliers: list[Fields], needs: list[Fields], **matching: object) -> Mapping[str, pd.DataFrame]:
        made = {"supplier": records("supplier", suppliers), "need": records("need", needs), "judgement": ()}
        job = config.Config().with_changes({"matching": {"ranker": "scorecard", **matching}})
        return pipeline.match(job, intake.Inputs(made, (), (), {})).tables  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def run_whole() -> Callable[..., pipeline.Run]:
    """The same as a whole run, with another scorer or language where one is given."""

    def run(
        suppliers: list[Fields], needs: list[Fields], scorer: Scorer | None = None, lang: str = "en"
    ) -> pipeline.Run:
        made = {"supplier": records("supplier", suppliers), "need": records("need", needs), "judgement": ()}
        settings = config.Config().with_changes({"output": {"lang": lang}})
        return pipeline.match(settings, intake.Inputs(made, (), (), {}), scorer=scorer or Scorecard())  # type: ignore[arg-type]

    return run


@pytest.fixture
def match(run_match: Match) -> Match:
    """The same, by its shorter name."""
    return run_match
