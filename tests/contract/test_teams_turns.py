"""Conversations over HTTP: what is said comes in once, and is answered where it was said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.events import Commanded, Event, Pressed, Submitted, Wrote
from tests.contract import teams_client as client
from tests.contract.sample_cards import EVERY_FIELD, OPENING, WORDS
from tests.contract.teams_script import Script, seen, shown
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


async def test_a_form_that_a_button_opens_is_in_the_answer_and_never_in_the_chat(
    talk: Talk,
) -> None:
    id, card = await shown(talk, "words")
    [typed] = client.inputs(card)
    asked = client.executed(client.button(card, "Send"), {typed["id"]: "check"}, replyToId=id)
    told = await talk.does(asked)
    assert told["type"] == "application/vnd.microsoft.card.adaptive"
    [again] = client.inputs(told["value"])
    assert again["value"] == "what was written"
    assert "what was written" not in str(talk.stub.cards("29:mia"))
    assert seen(talk) == [WORDS.summary]
    sent = client.executed(client.button(told["value"], "Send"), {again["id"]: "x"}, replyToId=id)
    await talk.does(sent)
    assert seen(talk) == ["Thank you!"]


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
