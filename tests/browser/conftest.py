"""The whole system, once for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.stack import Stack, stack


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack(tmp_path_factory.mktemp("stack") / ".local") as running:
        yield running
