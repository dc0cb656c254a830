"""Browser tests are skipped, with the reason, where no Chromium is installed."""

from collections.abc import Iterator

import pytest

from tests.e2e.browser import Browser, chromium
from tests.e2e.gallery import Gallery


@pytest.fixture(scope="session")
def page() -> Iterator[Browser]:
    """One browser for the whole run."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with Browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def gallery() -> Iterator[Gallery]:
    """A workspace with the gallery's app in it, one per module."""
    if chromium() is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with Gallery() as running:
        yield running
