"""Conversations over HTTP: what is said comes in once, and is answered where it was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import pytest
import pytest_asyncio

from adapters.teams.reach import Reach
from adapters.teams.turns import ELSEWHERE, MEETING, NOT_HERE
from bot.cards import Card, Prose, Reply
from bot.errors import BadValue, NotAllowed, UnknownPerson
from bot.events import Arrived, Commanded, Event, Pressed, Submitted, Wrote
from tests.contract import teams_client as client
from tests.contract.sample_cards import EVERY_FIELD, FORM, OPENING, RECOMMEND, WORDS
from tests.contract.teams_stub import TEAM, TENANT, Chat, Weather
from tests.contract.teams_talk import Json, Talk, talking

pytestmark = pytest.mark.contract

THANKS = Card("Thank you!", (Prose("Thank you!"),))
SHOWN = {"next": OPENING, "words": WORDS, "recommend": RECOMMEND, "all": FORM}
SAID = {"secret": Reply(refusal=NotAllowed()), "form": Reply(open=EVERY_FIELD)}


@dataclass
class Script:
    """Answers by a few fixed rules and keeps what it heard."""

    heard: list[Event] = field(default_factory=list)
    known: bool = True
    slow: asyncio.Event | None = None

    async def __call__(self, event: Event) -> Reply:
        self.heard.append(event)
        if self.slow:
            await self.slow.wait()
        if not self.known and not isinstance(event, Arrived):
            return Reply(refusal=UnknownPerson())
        return self.answered(event)

    def answered(self, event: Event) -> Reply:
        match event:
            case Commanded(words=words) | Wrote(text=words):
                return SAID.get(words, Reply(say=(SHOWN.get(words, THANKS),)))
            case Pressed(value=1):
                return Reply(refusal=BadValue())
            case Pressed(ref=ref, value=value) if ref.item == "recommend":
                return Reply(redraw=Card(f"Thank you for {value}.", (Prose("Thank you!"),)))
            case Submitted(values=values):
                return submitted(dict(values))
            case Arrived():
                return Reply(say=(THANKS,))
            case _:
                return Reply(redraw=THANKS)


def submitted(values: dict[str, object]) -> Reply:
    if rude := next((name for name, value in values.items() if value == "rude"), ""):
        return Reply(errors={rude: BadValue("Please say it kindly.")})
    if values.get("nick") == "again":
        return Reply(open=replace(EVERY_FIELD, title="One more"))
    return Reply(redraw=THANKS)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest_asyncio.fixture
async def talk(script: Script) -> AsyncIterator[Talk]:
    async with talking(script) as talk:
        talk.stub.chat_of("29:mia")
        yield talk


def seen(talk: Talk, user: str = "29:mia") -> list[str]:
    """Every message of a chat by its text for notifications, or its plain words."""
    return [str(m.get("summary") or m.get("text")) for m in talk.stub.shown(user)]


async def shown(talk: Talk, word: str) -> tuple[str, Json]:
    """The message that a word is answered with: its id, and its card."""
    await talk.types(word)
    [*_, (id, message)] = talk.stub.chat_of("29:mia").messages.items()
    return id, message["attachments"][0]["content"]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("next", Wrote),
        ("/itpulse next", Commanded),
        ("itpulse next", Commanded),
        ("<at>ITPulse</at> next", Wrote),
        ("<at>ITPulse</at>&nbsp;", None),
        ('<at id="0">ITPulse</at> /itpulse\u00a0next\n', Commanded),
        ("   ", None),
    ],
)
async def test_words_come_in_with_or_without_a_mention(
    talk: Talk, script: Script, text: str, event: type[Event] | None
) -> None:
    await talk.types(text.replace("&nbsp;", "\u00a0"))
    assert [type(e) for e in script.heard] == ([event] if event else [])
    if event:
        assert seen(talk) == [OPENING.summary]


async def test_a_press_is_answered_with_the_next_card_and_the_message_redrawn(
    talk: Talk, script: Script
) -> None:
    id, card = await shown(talk, "next")
    told = await talk.does(client.executed(client.button(card, "Satisfied"), {}, replyToId=id))
    assert (told["statusCode"], told["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    assert told["value"]["fallbackText"] == "Thank you!"
    assert seen(talk) == ["Thank you!"]
    press = script.heard[-1]
    assert isinstance(press, Pressed)
    assert (press.ref.item, press.value) == ("overall", 4)


async def test_a_client_without_execute_sees_the_message_redrawn(talk: Talk) -> None:
    id, card = await shown(talk, "next")
    assert (
        await talk.does(client.submitted(client.button(card, "Satisfied"), {}, replyToId=id))
        is None
    )
    assert seen(talk) == ["Thank you!"]


async def test_words_in_a_card_come_in_as_a_submission(talk: Talk, script: Script) -> None:
    id, card = await shown(talk, "words")
    filled = client.filled_in(client.inputs(card))
    await talk.does(client.executed(client.button(card, "Send"), filled, replyToId=id))
    assert isinstance(script.heard[-1], Submitted)
    assert seen(talk) == ["Thank you!"]


async def test_what_is_wrong_is_said_and_the_card_stays(talk: Talk) -> None:
    id, card = await shown(talk, "words")
    [typed] = client.inputs(card)
    rude = client.executed(client.button(card, "Send"), {typed["id"]: "rude"}, replyToId=id)
    told = await talk.does(rude)
    assert (told["type"], told["value"]) == (
        "application/vnd.microsoft.activity.message",
        "Please say it kindly.",
    )
    assert seen(talk) == [WORDS.summary]


async def test_a_refusal_is_said_kindly(talk: Talk) -> None:
    await talk.types("/itpulse secret")
    assert seen(talk) == ["That is for IT leads. An admin can give you this role."]


async def test_a_button_we_never_drew_is_told_so(talk: Talk, script: Script) -> None:
    for data in ({}, {"itpulse": {"ref": "answer"}}, {"itpulse": 7}, {"itpulse": {"ref": "x|y|z"}}):
        told = await talk.does(client.invoke("adaptiveCard/action", {"action": {"data": data}}))
        assert "don't know that button" in told["value"]
    told = await talk.does(client.invoke("task/fetch", {"data": {"itpulse": {"ref": "x"}}}))
    assert "don't know that button" in told["task"]["value"]
    assert script.heard == []


async def test_a_form_opens_in_a_dialog_and_comes_in_as_a_submission(
    talk: Talk, script: Script
) -> None:
    id, card = await shown(talk, "all")
    [opener] = client.actions(card)
    told = await talk.does(client.fetched(opener, replyToId=id))
    assert (told["task"]["type"], told["task"]["value"]["title"]) == ("continue", EVERY_FIELD.title)
    dialog = told["task"]["value"]["card"]["content"]
    answered = await talk.does(client.sent(dialog, client.filled_in(client.inputs(dialog))))
    assert answered["task"]["type"] == "message"
    sent = script.heard[-1]
    assert isinstance(sent, Submitted)
    assert (sent.values["overall"], sent.values["minutes"]) == (1, 25)
    assert seen(talk)[-1] == "Thank you!"


async def test_a_dialog_stays_open_with_what_was_filled_in_and_what_is_wrong(talk: Talk) -> None:
    _, card = await shown(talk, "all")
    dialog = client.dialog_of(client.actions(card)[0])
    filled = client.filled_in(client.inputs(dialog))
    filled[client.inputs(dialog)[1]["id"]] = "rude"
    told = await talk.does(client.sent(dialog, filled))
    again = told["task"]["value"]["card"]["content"]
    assert "Please say it kindly." in client.seen(again)
    values = {field["id"]: field.get("value") for field in client.inputs(again)}
    assert values[client.inputs(dialog)[1]["id"]] == "rude"
    kept = await talk.does(client.sent(again, filled))
    assert kept["task"]["type"] == "continue"


async def test_a_form_may_be_answered_by_another_one(talk: Talk) -> None:
    _, card = await shown(talk, "all")
    dialog = client.dialog_of(client.actions(card)[0])
    filled = client.filled_in(client.inputs(dialog))
    filled[client.inputs(dialog)[0]["id"]] = "again"
    told = await talk.does(client.sent(dialog, filled))
    assert told["task"]["value"]["title"] == "One more"


async def test_a_form_that_a_word_opens_stands_in_the_chat(talk: Talk) -> None:
    await talk.types("/itpulse form")
    [card] = talk.stub.cards("29:mia")
    assert [action["title"] for action in client.actions(card)] == [EVERY_FIELD.title]


@pytest.mark.parametrize("same_id", [True, False])
@pytest.mark.parametrize("make", [client.executed, client.submitted])
async def test_what_teams_says_twice_has_one_effect(
    talk: Talk, script: Script, same_id: bool, make: Callable[..., Json]
) -> None:
    id, card = await shown(talk, "words")
    [typed] = client.inputs(card)
    activity = make(client.button(card, "Send"), {typed["id"]: "Slow."}, replyToId=id)
    again = activity if same_id else {**activity, "id": "1:999"}
    first, second = await asyncio.gather(talk.does(activity), talk.does(again))
    third = await talk.does(again)
    assert [type(e) for e in script.heard] == [Wrote, Submitted]
    assert first == second == third
    assert seen(talk) == ["Thank you!"]


async def test_a_line_said_twice_by_teams_is_answered_once(talk: Talk, script: Script) -> None:
    line = client.typed("next", localTimestamp="2026-11-24T10:00:00+01:00")
    await talk.does(line)
    await talk.does({**line, "id": "1:999"})
    assert len(script.heard) == 1
    await talk.does({**line, "id": "1:1000", "localTimestamp": "2026-11-24T10:00:09+01:00"})
    assert (len(script.heard), seen(talk)) == (2, [OPENING.summary] * 2)


async def test_an_answer_changed_and_changed_back_is_heard_each_time(
    talk: Talk, script: Script
) -> None:
    id, card = await shown(talk, "recommend")
    for step in ("4", "3", "4"):
        button = client.button(card, step)
        await talk.does(client.executed(button, {}, replyToId=id))
    assert [e.value for e in script.heard if isinstance(e, Pressed)] == [4, 3, 4]


async def test_what_was_refused_may_be_tried_again(talk: Talk, script: Script) -> None:
    id, card = await shown(talk, "words")
    [typed] = client.inputs(card)
    rude = client.executed(client.button(card, "Send"), {typed["id"]: "rude"}, replyToId=id)
    await talk.does(rude)
    await talk.does({**rude, "id": "1:999"})
    assert len([e for e in script.heard if isinstance(e, Submitted)]) == 2


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


async def test_people_of_several_tenants_are_kept_apart(talk: Talk, script: Script) -> None:
    other = {"tenant": {"id": "tenant-2"}}
    await talk.types("next")
    await talk.types("next", channelData=other)
    assert [event.who.space for event in script.heard] == [TENANT, "tenant-2"]
    assert {profile.space for profile in talk.teams.news()} == {TENANT, "tenant-2"}
    assert seen(talk) == [OPENING.summary] * 2


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
