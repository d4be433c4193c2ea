"""One Spark for all tests: two tasks at a time on this machine, each tried up to four times."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from spark_world import World, world

from integrator import blocks
from integrator.errors import IntegratorError
from integrator.spark import session

REQUIRED = "INTEGRATOR_SPARK_TESTS"


@pytest.fixture(scope="session")
def spark() -> Iterator[session.Session]:
    """A session; the matching under test finds it active and leaves it."""
    options = session.Options(master="local[2,4]")
    try:
        session.check(options)
    except IntegratorError as error:
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(str(error))
        pytest.skip(str(error))
    with session.session(options) as one:
        yield one


@pytest.fixture(scope="session")
def job() -> World:
    """The made-up job of these tests."""
    return world()


@pytest.fixture(scope="session")
def expected(job: World) -> blocks.Matched:
    """What one machine finds for it."""
    return job.matched()
