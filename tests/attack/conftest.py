"""Companies that were played once for all attacks."""

from __future__ import annotations

import asyncio
from typing import Final

import pytest

from tests.attack.stage import Played, play
from tests.attack.world import SCHEMES, Scheme, make_world

#: One small company here; `make attack` plays as many as are asked for.
SEED: Final = 1


@pytest.fixture(scope="session", params=SCHEMES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """By either scheme."""
    return _played(request.param, tmp_path_factory)


@pytest.fixture(scope="session")
def rotated(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return _played("slices", tmp_path_factory)


def _played(scheme: Scheme, folders: pytest.TempPathFactory) -> Played:
    return asyncio.run(play(make_world(SEED, scheme), folders.mktemp(scheme)))
