"""Who may post activities to us, over HTTP: nobody but Teams, and for this bot alone."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import jwt
import pytest
import pytest_asyncio

from bot.cards import Reply
from bot.errors import Fault
from bot.events import Event, Wrote
from tests.contract import teams_client as client
from tests.contract.teams_clock import Clock
from tests.contract.teams_stub import APP, SECRET, Weather, key
from tests.contract.teams_talk import Talk, talking

pytestmark = pytest.mark.contract


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def talk(heard: list[Event], clock: Clock) -> AsyncIterator[Talk]:
    async def handle(event: Event) -> Reply:
        heard.append(event)
        return Reply()

    async with talking(handle, clock) as talk:
        yield talk


async def status(talk: Talk, activity: Any = None, token: str | None = None) -> int:
    if activity is None:
        activity = client.typed("hello", service=talk.stub.region)
    async with await talk.post(activity, token) as response:
        await talk.teams.idle()
        return response.status


async def test_what_teams_posts_is_heard(talk: Talk, heard: list[Event]) -> None:
    assert await status(talk) == 201
    [event] = heard
    assert isinstance(event, Wrote)
    assert event.text == "hello"


async def test_without_a_token_nothing_is_heard(talk: Talk, heard: list[Event]) -> None:
    assert await status(talk, token="") == 401
    assert heard == []


def unsigned() -> str:
    def part(told: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")

    claims = {"iss": "https://api.botframework.com", "aud": APP, "exp": int(time.time()) + 600}
    return f"{part({'alg': 'none', 'kid': 'k1'})}.{part(claims)}."


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(time.time()) - 400},
        {"exp": None},
        {"nbf": int(time.time()) + 4_000},
        {"aud": "another bot"},
        {"aud": None},
        {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"},
        {"iss": None},
    ],
    ids=str,
)
async def test_an_expired_or_foreign_token_is_refused(
    talk: Talk, heard: list[Event], claims: dict[str, Any]
) -> None:
    assert await status(talk, token=talk.stub.token(**claims)) == 401
    assert heard == []
    assert talk.teams.news() == []


async def test_a_forged_token_is_refused(talk: Talk, heard: list[Event]) -> None:
    claims = jwt.decode(talk.stub.token(), options={"verify_signature": False})
    forged = [
        jwt.encode(claims, key("another"), "RS256", {"kid": "k1"}),
        jwt.encode(claims, key("another"), "RS256", {"kid": "another"}),
        jwt.encode(claims, key("another"), "RS256"),
        jwt.encode(claims, SECRET * 3, "HS256", {"kid": "k1"}),
        unsigned(),
        talk.stub.token()[:-8],
        "nonsense",
        "a.b.c",
    ]
    assert [await status(talk, token=token) for token in forged] == [401] * len(forged)
    assert heard == []


async def test_a_token_for_another_service_address_is_refused(
    talk: Talk, heard: list[Event]
) -> None:
    token = talk.stub.token(serviceurl="https://elsewhere.example.com/")
    assert await status(talk, token=token) == 403
    assert await status(talk, token=talk.stub.token(serviceurl=None)) == 403
    assert heard == []


@pytest.mark.parametrize(
    "service",
    [
        "https://elsewhere.example.com/",
        "http://127.0.0.1/",
        "{address}.evil.example.com/",
        "{address}@evil.example.com/",
        "",
        None,
        7,
    ],
)
async def test_a_service_address_that_is_not_listed_is_never_called(
    talk: Talk, heard: list[Event], service: Any
) -> None:
    if isinstance(service, str):
        service = service.format(address=talk.stub.address)
    activity = {**client.typed("hello"), "serviceUrl": service}
    token = talk.stub.token(serviceurl=service)
    assert await status(talk, activity, token) in (400, 403)
    assert heard == []
    assert talk.teams.news() == []
    assert {what for what, _ in talk.stub.calls} <= {"keys"}


async def test_a_key_that_does_not_vouch_for_teams_is_refused(talk: Talk) -> None:
    talk.stub.endorsements = ["webchat"]
    assert await status(talk) == 401


async def test_keys_are_fetched_once_and_again_when_microsoft_changes_them(
    talk: Talk, clock: Clock
) -> None:
    for _ in range(3):
        assert await status(talk) == 201
    assert talk.stub.done("keys") == 1
    talk.stub.signing, talk.stub.published = "k2", ["k1", "k2"]
    clock.now += 120
    assert await status(talk) == 201
    assert talk.stub.done("keys") == 2


async def test_unknown_keys_do_not_make_us_ask_each_time(talk: Talk, clock: Clock) -> None:
    assert await status(talk) == 201
    talk.stub.signing = "k9"
    clock.now += 120
    assert [await status(talk) for _ in range(4)] == [401] * 4
    assert talk.stub.done("keys") == 2


async def test_without_keys_teams_is_told_to_come_again(talk: Talk, heard: list[Event]) -> None:
    talk.stub.weather["keys"].append(Weather(503))
    assert await status(talk) == 503
    assert heard == []
    assert await status(talk) == 201


async def test_old_keys_hold_while_new_ones_cannot_be_fetched(talk: Talk, clock: Clock) -> None:
    assert await status(talk) == 201
    clock.now += 100_000
    talk.stub.weather["keys"].append(Weather(500))
    assert await status(talk) == 201


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'{"type": 7}',
        b'{"text": "no type"}',
        b'{"type": "message", "text": "\\ud800"}',
        b'{"type": "message", "x": NaN}',
        b"[" * 100_000,
    ],
    ids=range(10),
)
async def test_what_is_no_activity_is_told_so(talk: Talk, heard: list[Event], body: bytes) -> None:
    assert await status(talk, body) == 400
    assert heard == []


@pytest.mark.parametrize("missing", ["from", "timestamp"])
async def test_an_activity_without_its_author_or_instant_is_told_so(
    talk: Talk, heard: list[Event], missing: str
) -> None:
    activity = client.typed("hello", service=talk.stub.region)
    del activity[missing]
    assert await status(talk, activity) == 400
    assert heard == []


async def test_more_than_any_activity_is_refused(talk: Talk, heard: list[Event]) -> None:
    activity = client.typed("x" * 300_000, service=talk.stub.region)
    assert await status(talk, activity) == 413
    assert await status(talk, b" " * 900_000) == 413
    assert heard == []


async def test_nobody_is_asked_only_on_this_machine_itself(heard: list[Event]) -> None:
    async def handle(event: Event) -> Reply:
        heard.append(event)
        return Reply()

    home = "http://127.0.0.1:8000"
    async with talking(handle, TEAMS_APP_ID="", ITPULSE_PUBLIC_URL=home) as talk:
        assert await status(talk, token="") == 201
        activity = client.typed("hello", service="https://smba.trafficmanager.net/emea/")
        assert await status(talk, activity, token="") == 403
        assert [finding.verdict for finding in await talk.teams.examine()] == ["warn"]
    with pytest.raises(Fault, match="TEAMS_APP_ID is empty"):
        async with talking(TEAMS_APP_ID=""):
            pass


@pytest.mark.parametrize("kind", ["SingleTenant", "UserAssignedMSI", "MultiTenant"])
async def test_every_kind_of_app_is_posted_to_alike(kind: str) -> None:
    async with talking(TEAMS_APP_TYPE=kind) as talk:
        assert await status(talk) == 201
        assert await status(talk, token=talk.stub.token(aud="another")) == 401
