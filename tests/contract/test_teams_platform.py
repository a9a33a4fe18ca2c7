"""Teams as a port, on a double of Microsoft's servers, in good weather and in bad."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.teams.reach import Reach
from adapters.teams.refusals import BLOCKED, NEVER_HEARD, NOT_INSTALLED
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address
from bot.ports import Platform, Receipt
from tests.contract import teams_client as client
from tests.contract.platform_suite import Port
from tests.contract.sample_cards import FIGURES, OPENING, WORDS
from tests.contract.teams_clock import Clock
from tests.contract.teams_stub import TEAM, TENANT, Weather
from tests.contract.teams_talk import Talk, talking

pytestmark = pytest.mark.contract


class TestThePort(Port):
    @pytest_asyncio.fixture(autouse=True)
    async def _servers(self) -> AsyncIterator[None]:
        async with talking() as self.talk:
            yield

    async def connected(self) -> tuple[Platform, Address, Address]:
        await self.talk.adds_to_team()
        return self.talk.teams, self.talk.address(), self.talk.address("29:nobody")

    async def shown(self, to: Address) -> str:
        return "\n".join(client.seen(card) for card in self.talk.stub.cards(to.user))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def talk(clock: Clock) -> AsyncIterator[Talk]:
    async with talking(clock=clock) as talk:
        yield talk


async def test_a_chat_is_made_once_and_then_remembered(talk: Talk) -> None:
    to = talk.address()
    await asyncio.gather(*(talk.teams.deliver(to, OPENING, str(n)) for n in range(3)))
    await talk.teams.deliver(to, WORDS, "4")
    assert talk.stub.done("create") == 1
    assert len(talk.stub.cards("29:mia")) == 4
    [news] = talk.teams.news()
    assert (news.user, news.space, Reach.read(news.reach).conversation) == (
        "29:mia",
        TENANT,
        "a:29:mia",
    )
    assert talk.teams.news() == []


async def test_a_stored_chat_needs_none_to_be_made(talk: Talk) -> None:
    talk.stub.chat_of("29:mia")
    await talk.teams.deliver(talk.address(conversation="a:29:mia"), OPENING, "1")
    assert talk.stub.done("create") == 0


async def test_where_a_stored_chat_is_gone_another_one_is_made(talk: Talk) -> None:
    await talk.teams.deliver(talk.address(conversation="a:old"), OPENING, "1")
    assert (talk.stub.done("create"), len(talk.stub.cards("29:mia"))) == (1, 1)


@pytest.mark.parametrize("status", [429, 412])
async def test_a_refused_send_may_be_tried_again_a_little_later(talk: Talk, status: int) -> None:
    talk.stub.weather["send"].append(Weather(status, retry_after="7" if status == 429 else ""))
    with pytest.raises(Busy) as raised:
        await talk.teams.deliver(talk.address(), OPENING, "1")
    assert raised.value.retry_after >= (7 if status == 429 else 0.5)
    await talk.teams.deliver(talk.address(), OPENING, "1")
    assert len(talk.stub.cards("29:mia")) == 1


async def test_whoever_is_refused_again_and_again_waits_longer_each_time(talk: Talk) -> None:
    talk.stub.weather["send"].extend([Weather(429)] * 6)
    waits = []
    for _ in range(6):
        with pytest.raises(Busy) as raised:
            await talk.teams.deliver(talk.address(), OPENING, "1")
        waits.append(raised.value.retry_after)
    assert all(2**n / 2 <= wait <= 2**n for n, wait in enumerate(waits))


@pytest.mark.parametrize("status", [0, 408, 500, 502, 503, 504])
@pytest.mark.parametrize("arrives", [True, False])
async def test_what_may_have_arrived_is_not_sent_again(
    talk: Talk, status: int, arrives: bool
) -> None:
    talk.stub.weather["send"].append(Weather(status, arrives=arrives))
    with pytest.raises(Ambiguous):
        await talk.teams.deliver(talk.address(), OPENING, "1")
    assert (talk.stub.done("send"), len(talk.stub.cards("29:mia"))) == (1, int(arrives))
    with pytest.raises(Ambiguous):
        await talk.teams.was_delivered(talk.address(), "1")


async def test_where_nobody_listens_nothing_has_arrived() -> None:
    async with talking(TEAMS_SERVICE_URLS="http://127.0.0.1:1") as other:
        there = Reach("http://127.0.0.1:1/", "a:29:mia").wire()
        with pytest.raises(Busy):
            await other.teams.deliver(Address("teams", TENANT, "29:mia", there), OPENING, "1")


@pytest.mark.parametrize("status", [429, 412, 500, 502, 504])
async def test_a_redraw_is_tried_again_until_it_is_done(
    talk: Talk, clock: Clock, status: int
) -> None:
    receipt = await talk.teams.deliver(talk.address(), WORDS, "1")
    talk.stub.weather["update"].extend([Weather(status)] * 3)
    await talk.teams.replace(receipt, FIGURES)
    assert talk.stub.done("update") == 4
    assert "Satisfaction with IT" in client.seen(talk.stub.cards("29:mia")[0])
    assert len(clock.slept) >= 3


async def test_a_redraw_that_never_works_is_given_up(talk: Talk) -> None:
    receipt = await talk.teams.deliver(talk.address(), WORDS, "1")
    talk.stub.weather["update"].extend([Weather(502)] * 9)
    with pytest.raises(Busy):
        await talk.teams.replace(receipt, FIGURES)
    assert talk.stub.done("update") == 5


async def test_a_receipt_from_nowhere_is_told(talk: Talk) -> None:
    for where in ("", "m-1", "[]", '{"s":"","c":"","a":"","w":""}'):
        with pytest.raises(Unreachable):
            await talk.teams.replace(Receipt(where), WORDS)
    assert talk.stub.calls == []


async def test_who_cannot_be_reached_is_told_with_a_reason(talk: Talk) -> None:
    async def why(to: Address) -> str:
        with pytest.raises(Unreachable) as raised:
            await talk.teams.deliver(to, OPENING, "1")
        return str(raised.value)

    assert await why(talk.address("29:zoe")) == NOT_INSTALLED
    await talk.teams.deliver(talk.address(), OPENING, "1")
    talk.stub.blocked.add("29:mia")
    assert await why(talk.address()) == BLOCKED
    assert await why(Address("teams", "another tenant", "29:mia")) == NEVER_HEARD


async def test_an_address_that_is_not_listed_is_never_called(talk: Talk) -> None:
    async with talking() as elsewhere:
        reach = Reach(elsewhere.stub.region, "a:29:mia").wire()
        with pytest.raises(Unreachable, match="TEAMS_SERVICE_URLS"):
            await talk.teams.deliver(Address("teams", TENANT, "29:mia", reach), OPENING, "1")
        assert elsewhere.stub.calls == []
        talk.stub.weather["create"].append(
            Weather(307, location=f"{elsewhere.stub.region}v3/conversations")
        )
        with pytest.raises(Unreachable):
            await talk.teams.deliver(talk.address(), OPENING, "1")
        assert elsewhere.stub.calls == []


async def test_a_tenant_and_a_chat_are_spoken_to_no_faster_than_they_allow(talk: Talk) -> None:
    for number in range(50):
        talk.stub.hire(f"29:{number}", f"p{number}@example.com")
        await talk.teams.deliver(talk.address(f"29:{number}"), WORDS, str(number))
    for number in range(70):
        await talk.teams.deliver(talk.address(), WORDS, f"mia {number}")
    assert talk.stub.refused == 0
    assert len(talk.stub.cards("29:mia")) == 70


async def test_our_own_token_is_fetched_once_and_again_when_it_was_refused(talk: Talk) -> None:
    await asyncio.gather(
        *(talk.teams.deliver(talk.address(u), OPENING, u) for u in ("29:mia", "29:raj"))
    )
    assert talk.stub.done("token") == 1
    talk.stub.weather["send"].append(Weather(401))
    with pytest.raises(Busy):
        await talk.teams.deliver(talk.address(), OPENING, "2")
    await talk.teams.deliver(talk.address(), OPENING, "2")
    assert talk.stub.done("token") == 2


async def test_our_own_token_is_renewed_before_it_ends(talk: Talk, clock: Clock) -> None:
    await talk.teams.deliver(talk.address(), OPENING, "1")
    clock.now += 3_400
    await talk.teams.deliver(talk.address(), OPENING, "2")
    assert talk.stub.done("token") == 2


@pytest.mark.parametrize("kind", ["SingleTenant", "MultiTenant"])
async def test_the_token_comes_from_the_directory_of_the_apps_kind(kind: str) -> None:
    async with talking(TEAMS_APP_TYPE=kind) as talk:
        await talk.teams.deliver(talk.address(), OPENING, "1")
        directory = {"SingleTenant": TENANT, "MultiTenant": "botframework.com"}[kind]
        assert all(token.startswith(f"token-{directory}-") for token in talk.stub._tokens)


async def test_a_managed_identity_gets_its_token_from_the_machine_it_runs_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with talking(TEAMS_APP_TYPE="UserAssignedMSI", TEAMS_APP_PASSWORD="") as talk:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{talk.stub.address}/identity")
        monkeypatch.setenv("IDENTITY_HEADER", "this machine")
        await talk.teams.deliver(talk.address(), OPENING, "1")
        assert [f.verdict for f in await talk.teams.examine()] == ["ok", "ok"]
        assert talk.stub.done("identity") == 1


async def test_without_a_token_nothing_is_lost_and_both_log_and_doctor_say_why(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with talking(TEAMS_APP_PASSWORD="a wrong one") as talk:
        with pytest.raises(Busy):
            await talk.teams.deliver(talk.address(), OPENING, "1")
        assert "the sign-in service answered 401" in caplog.text
        found = await talk.teams.examine()
        assert [finding.verdict for finding in found] == ["bad", "ok"]
        assert "TEAMS_APP_PASSWORD" in found[0].todo
        assert "wrong one" not in str(found)


async def test_doctor_says_that_microsofts_keys_cannot_be_fetched() -> None:
    async with talking(TEAMS_OPENID_METADATA_URL="http://127.0.0.1:1/keys") as talk:
        found = await talk.teams.examine()
        assert [finding.verdict for finding in found] == ["ok", "bad"]


async def test_people_come_from_the_rosters_of_teams_page_by_page(talk: Talk) -> None:
    assert [profile async for profile in talk.teams.people()] == []
    await talk.adds_to_team()
    assert {p.email for p in talk.teams.news()} == {
        f"{n}@example.com" for n in ("mia", "raj", "zoe")
    }
    assert talk.stub.done("page") == 2
    people = [profile async for profile in talk.teams.people()]
    assert [p.user for p in people] == ["29:mia", "29:raj", "29:zoe"]


async def test_a_team_is_known_again_by_how_its_people_are_reached(talk: Talk) -> None:
    reach = Reach(talk.stub.region, "", TEAM).wire()
    await talk.teams.deliver(Address("teams", TENANT, "29:mia", reach), OPENING, "1")
    assert len([profile async for profile in talk.teams.people()]) == 3


async def test_a_busy_roster_is_asked_again_later(talk: Talk) -> None:
    await talk.adds_to_team()
    talk.stub.weather["page"].extend([Weather(429)] * 9)
    with pytest.raises(Busy):
        _ = [profile async for profile in talk.teams.people()]


async def test_a_team_without_the_app_has_no_people(talk: Talk) -> None:
    await talk.adds_to_team()
    talk.stub.weather["page"].append(Weather(403))
    assert [profile async for profile in talk.teams.people()] == []
