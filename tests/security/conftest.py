"""One stage for the folder; each test begins with the seed."""

from collections.abc import Iterator

import pytest

from tests.security.stage import Stage, staged


@pytest.fixture(scope="session")
def _stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(_stage: Stage) -> Stage:
    """The running program, just reset."""
    _stage.run(_stage.reset())
    return _stage
