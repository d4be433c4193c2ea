"""The made-up job of `value_world`, matched and valued once."""

from __future__ import annotations

import pytest
from value_world import valued_run

from integrator.pipeline import Run


@pytest.fixture(scope="session")
def valued() -> Run:
    """In French, with assumptions switched on."""
    return valued_run(assumptions=True)
