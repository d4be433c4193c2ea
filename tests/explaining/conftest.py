"""The made-up job of `value_world`, matched and valued once."""

from __future__ import annotations

from pathlib import Path

import pytest
from value_world import valued_run

from integrator import config, pipeline
from integrator.pipeline import Run


@pytest.fixture(scope="session")
def valued() -> Run:
    """In French, with assumptions switched on."""
    return valued_run(assumptions=True)


@pytest.fixture(scope="session")
def example() -> Run:
    """The made-up job of examples/value, from its files."""
    return pipeline.run(config.load(Path(__file__).parents[2] / "examples/value/job.toml"))


@pytest.fixture(scope="session", params=["valued", "example"])
def any_run(request: pytest.FixtureRequest) -> Run:
    """Each of both."""
    found: Run = request.getfixturevalue(request.param)
    return found
