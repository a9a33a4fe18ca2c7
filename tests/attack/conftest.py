"""Companies that are played once for all attacks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from typing import Final

import pytest

from tests.attack.stage import Played, play
from tests.attack.world import SCHEMES, Scheme, make_world

#: One company here; `make attack` plays as many as are asked for.
SEED: Final = 1


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Scheme], Played]:
    @cache
    def played(scheme: Scheme) -> Played:
        return asyncio.run(play(make_world(SEED, scheme), tmp_path_factory.mktemp(scheme)))

    return played


@pytest.fixture(params=SCHEMES)
def played(request: pytest.FixtureRequest, company: Callable[[Scheme], Played]) -> Played:
    """By either scheme."""
    return company(request.param)


@pytest.fixture
def rotated(company: Callable[[Scheme], Played]) -> Played:
    return company("slices")
