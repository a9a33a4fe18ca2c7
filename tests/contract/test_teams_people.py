"""Who writes from where over HTTP, and what becomes of an answer in bad weather."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from adapters.teams.reach import Reach
from adapters.teams.turns import ELSEWHERE, MEETING, NOT_HERE
from bot.events import Arrived
from tests.contract import teams_client as client
from tests.contract.sample_cards import OPENING
from tests.contract.teams_script import Script, seen, shown
from tests.contract.teams_stub import TEAM, TENANT, Chat, Weather
from tests.contract.teams_talk import Json, Talk, talking

pytestmark = pytest.mark.contract


@pytest.fixture
def script() -> Script:
    return Script()


@pytest_asyncio.fixture
async def talk(script: Script) -> AsyncIterator[Talk]:
    async with talking(script) as talk:
        talk.stub.chat_of("29:mia")
        yield talk


async def test_an_installation_is_greeted_and_its_person_learned(
    talk: Talk, script: Script
) -> None:
    await talk.installs()
    assert [type(e) for e in script.heard] == [Arrived]
    assert seen(talk) == ["Thank you!"]
    [mia] = talk.teams.news()
    assert (mia.email, mia.name) == ("mia@example.com", "Mia")
    assert Reach.read(mia.reach) == Reach(talk.stub.region, "a:29:mia")


async def test_who_removes_the_app_is_gone_and_who_adds_it_again_is_back(talk: Talk) -> None:
    await talk.installs()
    assert len(talk.teams.news()) == 1
    await talk.installs(action="remove")
    [gone] = talk.teams.news()
    assert (gone.user, gone.space, gone.gone) == ("29:mia", TENANT, True)
    await talk.installs()
    [back] = talk.teams.news()
    assert (back.gone, back.email) == (False, "mia@example.com")


@pytest.mark.parametrize("action", ["add-upgrade", "remove-upgrade"])
async def test_an_upgrade_is_neither_a_coming_nor_a_going(
    talk: Talk, script: Script, action: str
) -> None:
    await talk.does(client.activity("installationUpdate", action=action))
    assert (script.heard, talk.teams.news()) == ([], [])


async def test_a_message_teaches_zone_locale_and_the_newest_address(talk: Talk) -> None:
    await talk.types("next")
    [mia] = talk.teams.news()
    assert (mia.zone, mia.language, mia.email) == ("Europe/Berlin", "de-DE", "")
    await talk.types("next")
    assert talk.teams.news() == []
    await talk.types("next", localTimezone="Mars/Base", locale="")
    assert talk.teams.news() == []


async def test_an_answer_teaches_nothing_that_would_be_written(talk: Talk) -> None:
    """Else whoever has a language, or a row written today, is whoever has answered."""
    id, card = await shown(talk, "next")
    talk.teams.news()
    said = {"localTimezone": "Asia/Tokyo", "locale": "ja-JP", "replyToId": id}
    press = client.executed(client.button(card, "Satisfied"), {}, **said)
    assert (await talk.does(press))["statusCode"] == 200
    await talk.does(client.submitted(client.button(card, "Satisfied"), {}, **said))
    assert talk.teams.news() == []


async def test_somebody_unknown_is_looked_up_and_only_then_sent_to_their_admin(
    talk: Talk, script: Script
) -> None:
    script.known = False
    await talk.types("next")
    assert seen(talk) == [MEETING]
    [mia] = talk.teams.news()
    assert mia.email == "mia@example.com"
    await talk.types("next")
    assert "Ask your IT admin" in seen(talk)[-1]


async def test_people_of_several_tenants_are_kept_apart(script: Script) -> None:
    both = f"{TENANT}, tenant-2"
    async with talking(script, TEAMS_APP_TYPE="MultiTenant", TEAMS_TENANT_ID=both) as talk:
        talk.stub.chat_of("29:mia")
        await talk.types("next")
        await talk.types("next", channelData={"tenant": {"id": "tenant-2"}})
        assert [event.who.space for event in script.heard] == [TENANT, "tenant-2"]
        assert {profile.space for profile in talk.teams.news()} == {TENANT, "tenant-2"}
        assert seen(talk) == [OPENING.summary] * 2


@pytest.mark.parametrize("kind", ["SingleTenant", "UserAssignedMSI", "MultiTenant"])
async def test_nobody_of_another_tenant_is_heard(script: Script, kind: str) -> None:
    """There anybody may be given the e-mail of somebody here."""
    there: Json = {"channelData": {"tenant": {"id": "tenant-2"}}}
    async with talking(script, TEAMS_APP_TYPE=kind) as talk:
        for activity in (
            client.typed("next", **there),
            client.activity("installationUpdate", action="add", **there),
            client.activity("conversationUpdate", membersAdded=[{"id": client.BOT}], **there),
            client.activity("message", text="next", channelData={}, conversation={"id": "a:1"}),
        ):
            async with await talk.post({**activity, "serviceUrl": talk.stub.region}) as response:
                assert response.status == 403
        await talk.teams.idle()
        assert (script.heard, talk.teams.news()) == ([], [])
        assert {what for what, _ in talk.stub.calls} == {"keys"}


@pytest.mark.parametrize(
    "about",
    [
        {"userRole": "guest"},
        {"userPrincipalName": "mia_elsewhere.com#EXT#@company.example"},
        {"tenantId": "tenant-2"},
    ],
    ids=lambda about: next(iter(about)),
)
async def test_a_guest_is_nobody_here_whatever_their_e_mail(
    talk: Talk, script: Script, about: Json
) -> None:
    script.known = False
    talk.stub.hire("29:guest", "mia@example.com", **{"tenantId": TENANT, **about})
    await talk.types("next", user="29:guest")
    talk.stub.chats[TEAM] = Chat(TEAM, ["29:mia", "29:guest"])
    await talk.adds_to_team()
    emails = {profile.user: profile.email for profile in talk.teams.news()}
    assert (emails["29:mia"], emails["29:guest"]) == ("mia@example.com", "")


async def test_what_is_refused_in_a_channel_is_said_where_nobody_reads_along(
    talk: Talk, script: Script
) -> None:
    talk.stub.chats[TEAM] = Chat(TEAM, ["29:mia"])
    there = {"id": TEAM, "conversationType": "channel", "tenantId": TENANT}
    script.known = False
    for _ in range(2):
        await talk.types("<at>ITPulse</at> next", conversation=there)
    assert seen(talk)[0] == MEETING
    assert "Ask your IT admin" in seen(talk)[-1]
    assert [m["text"] for m in talk.stub.chats[TEAM].messages.values()] == [ELSEWHERE] * 2


async def test_in_a_channel_the_answer_goes_to_ones_own_chat(talk: Talk, script: Script) -> None:
    talk.stub.chats[TEAM] = Chat(TEAM, ["29:mia", "29:zoe"])
    there = {"id": TEAM, "conversationType": "channel", "tenantId": TENANT}
    await talk.types("<at>ITPulse</at> next", conversation=there)
    assert seen(talk) == [OPENING.summary]
    assert [m["text"] for m in talk.stub.chats[TEAM].messages.values()] == [ELSEWHERE]
    await talk.types("<at>ITPulse</at> next", user="29:zoe", conversation=there)
    assert [m["text"] for m in talk.stub.chats[TEAM].messages.values()] == [ELSEWHERE, NOT_HERE]
    assert seen(talk, "29:zoe") == []


@pytest.mark.parametrize(
    "activity",
    [
        client.activity("typing"),
        client.activity("messageReaction", reactionsAdded=[{"type": "like"}]),
        client.activity("conversationUpdate", membersAdded=[{"id": "29:mia"}]),
        client.activity("messageUpdate", text="changed"),
        client.activity("message", attachments=[{"contentType": "image/png"}]),
        client.activity("somethingNew"),
    ],
    ids=lambda activity: activity["type"],
)
async def test_what_is_nothing_for_us_is_taken_in_silence(
    talk: Talk, script: Script, activity: Json
) -> None:
    await talk.does(activity)
    assert (script.heard, seen(talk)) == ([], [])


async def test_an_invoke_of_somebody_else_is_not_ours(talk: Talk) -> None:
    activity = client.invoke("composeExtension/query", {}, service=talk.stub.region)
    async with await talk.post(activity) as response:
        assert response.status == 501


async def test_an_invoke_that_takes_long_is_answered_in_time_and_shown_when_done(
    script: Script,
) -> None:
    async with talking(script, patience=0.05) as talk:
        id, card = await shown(talk, "next")
        script.slow = asyncio.Event()
        activity = client.executed(client.button(card, "Satisfied"), {}, replyToId=id)
        async with await talk.post({**activity, "serviceUrl": talk.stub.region}) as response:
            told = await response.json()
        assert told["value"].startswith("One moment.")
        assert seen(talk) == [OPENING.summary]
        script.slow.set()
        await talk.teams.idle()
        assert seen(talk) == ["Thank you!"]


async def test_an_answer_waits_while_teams_asks_it_to(talk: Talk) -> None:
    talk.stub.weather["send"].extend([Weather(429, retry_after="3"), Weather(412)])
    await talk.types("next")
    assert seen(talk) == [OPENING.summary]


async def test_an_answer_that_may_have_arrived_is_not_sent_again(talk: Talk) -> None:
    talk.stub.weather["send"].append(Weather(502, arrives=True))
    await talk.types("next")
    assert seen(talk) == [OPENING.summary]


async def test_a_card_that_was_deleted_is_said_anew(talk: Talk) -> None:
    id, card = await shown(talk, "next")
    talk.stub.chat_of("29:mia").messages.clear()
    await talk.does(client.executed(client.button(card, "Satisfied"), {}, replyToId=id))
    assert seen(talk) == ["Thank you!"]


async def test_an_older_card_is_never_drawn_over_a_newer_one(talk: Talk) -> None:
    id, card = await shown(talk, "recommend")
    slow = asyncio.Event()
    talk.stub.weather["update"].append(Weather(200, arrives=True, after=slow))
    for step in ("4", "9"):
        press = client.executed(client.button(card, step), {}, replyToId=id)
        async with await talk.post({**press, "serviceUrl": talk.stub.region}) as response:
            assert response.status == 200
    # Without waiting for what is still to be shown: one more trip to us and back.
    async with await talk.post(client.activity("typing", service=talk.stub.region)) as response:
        assert response.status == 201
    slow.set()
    await talk.teams.idle()
    assert seen(talk) == ["Thank you for 9."]


async def test_what_goes_wrong_is_logged_without_anybodys_words(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    talk.stub.weather["send"].append(Weather(403))
    await talk.types("next")
    assert "Unreachable at" in caplog.text
    for secret in ("29:mia", "Mia", "SECRET", "next", TENANT):
        assert secret not in caplog.text
