"""One Spark for all tests: two tasks at a time on this machine, each tried up to four times."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

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
