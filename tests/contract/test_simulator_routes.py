"""The simulator's routes over real HTTP on the loopback interface."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.cards import Reply
from bot.commands import COMMANDS
from bot.events import Address, Commanded, Submitted, Wrote
from tests.contract.played import START, THANKS, played
from tests.contract.sample_cards import OPENING, ROUND, answer
from tests.contract.talk import MIA, Talk, error, talking

pytestmark = pytest.mark.contract


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with talking(tmp_path) as talk:
        yield talk


async def test_people_with_an_account_are_listed_with_what_they_may_do(talk: Talk) -> None:
    async with talk.client.get("/simulator/people") as response:
        people = await response.json()
    assert [(p["id"], p["email"], p["name"], p["unit"], p["roles"]) for p in people] == [
        ("u1", "mia@example.com", "Mia Bauer", "Finance", []),
        ("u2", "raj@example.com", "Raj Patel", "Sales", []),
        ("u3", "ada@example.com", "Ada Okafor", "IT", ["editor", "lead"]),
        ("u4", "tom@example.com", "Tom Silva", "IT", ["admin"]),
    ]


async def test_every_word_is_listed_with_who_may_say_it(talk: Talk) -> None:
    async with talk.client.get("/simulator/words") as response:
        words = {word["word"]: word for word in await response.json()}
    assert set(words) == set(COMMANDS)
    assert (words["summary"]["needs"], words["help"]["needs"]) == ("lead", None)
    assert words["summary"]["says"]
    assert "Finance" in words["summary"]["examples"]
    async with talk.client.get("/simulator/rounds") as response:
        assert await response.json() == []


async def test_a_new_chat_is_empty(talk: Talk) -> None:
    assert await talk.messages() == []


async def test_typed_words_and_their_answer_stand_in_the_chat(talk: Talk) -> None:
    turn = await talk.say(text="hello")
    assert talk.scripted.heard == [Wrote("", MIA, START, "hello")]
    assert [m["summary"] for m in turn["messages"]] == ["You said: hello"]
    assert (turn["form"], turn["refusal"], turn["errors"]) == (None, None, {})
    assert await talk.summaries() == [("me", "hello"), ("bot", "You said: hello")]


async def test_a_message_has_the_shape_that_clients_rely_on(talk: Talk) -> None:
    turn = await talk.say(text="next")
    (message,) = turn["messages"]
    assert message == (await talk.messages())[-1]
    assert message["from"] == "bot"
    assert message["at"] == "2026-11-24T09:00:00.000000+00:00"
    scale = next(part for part in message["parts"] if part["type"] == "scale")
    assert scale["ref"] == f"answer|{ROUND}|overall"
    assert scale["options"][0] == {"value": 1, "label": "Very dissatisfied"}


async def test_a_command_is_the_same_with_a_slash_and_without(talk: Talk) -> None:
    await talk.say(command="summary Finance")
    await talk.say(text="/itpulse summary Finance")
    assert talk.scripted.heard == [Commanded("", MIA, START, "summary Finance")] * 2
    assert (await talk.summaries())[0] == (await talk.summaries())[2]
    assert (await talk.summaries())[0] == ("me", "/itpulse summary Finance")


async def test_a_press_redraws_the_message_it_stood_on(talk: Talk) -> None:
    first = (await talk.say(text="next"))["messages"][0]
    await talk.say(text="hello")
    turn = await talk.say(press=answer("overall").wire(), value=2)
    assert [(m["id"], m["summary"]) for m in turn["messages"]] == [(first["id"], THANKS.summary)]
    messages = await talk.messages()
    assert [m["id"] for m in messages] == sorted((m["id"] for m in messages), key=int)
    assert [(m["id"], m["changed"]) for m in messages if m["changed"]] == [(first["id"], True)]


async def test_an_answer_is_shown_nowhere_again(talk: Talk) -> None:
    await talk.say(text="words")
    await talk.say(submit=answer("comment").wire(), values={"text": "CANARY words"})
    await talk.say(text="next")
    await talk.say(press=answer("overall").wire(), value="CANARY press")
    assert "CANARY" not in json.dumps(await talk.messages())


async def test_the_message_named_is_the_one_redrawn(talk: Talk) -> None:
    older, newer = [(await talk.say(text="next"))["messages"][0]["id"] for _ in range(2)]
    turn = await talk.say(press=answer("overall").wire(), value=2, message=older)
    assert [m["id"] for m in turn["messages"]] == [older]
    turn = await talk.say(press=answer("overall").wire(), value=2)
    assert [m["id"] for m in turn["messages"]] == [newer]


@pytest.mark.parametrize("message", ["999", "x", "", "1"])
async def test_a_message_of_elsewhere_is_not_redrawn(talk: Talk, message: str) -> None:
    await talk.simulator.deliver(Address("simulator", "demo", "u2"), OPENING, "key")
    mine = (await talk.say(text="next"))["messages"][0]["id"]
    turn = await talk.say(press=answer("overall").wire(), value=2, message=message)
    assert [m["id"] for m in turn["messages"]] == [mine]
    assert [m["summary"] for m in await talk.messages("u2")] == [OPENING.summary]


async def test_another_question_of_the_round_is_redrawn_in_its_place(talk: Talk) -> None:
    card = (await talk.say(text="choices"))["messages"][0]["id"]
    turn = await talk.say(submit=f"answers|{ROUND}|", values={})
    assert [m["id"] for m in turn["messages"]] == [card]


async def test_without_a_card_of_the_round_the_redrawn_one_is_new(talk: Talk) -> None:
    await talk.say(text="next")
    turn = await talk.say(press="answer|other@2026-11-24|overall", value=3)
    assert [m["id"] for m in turn["messages"]] == [(await talk.messages())[-1]["id"]]
    assert len(await talk.messages()) == 3


async def test_a_submitted_form_brings_its_values(talk: Talk) -> None:
    await talk.say(submit=answer("comment").wire(), values={"text": "Slow."}, event_id="e")
    assert talk.scripted.heard == [
        Submitted("e", MIA, START, answer("comment"), {"text": "Slow."}),
    ]


async def test_a_reply_may_open_a_form(talk: Talk) -> None:
    turn = await talk.say(press=f"review|{ROUND}|", value=None)
    assert turn["form"]["type"] == "form"
    assert turn["form"]["ref"] == f"answers|{ROUND}|"
    assert turn["messages"] == []


async def test_what_is_wrong_with_a_field_is_told_beside_it(talk: Talk) -> None:
    turn = await talk.say(submit=f"answers|{ROUND}|", values={"comment": "rude"})
    assert turn["errors"] == {"comment": "Please say it kindly."}
    assert turn["messages"] == []
    assert await talk.messages() == []


async def test_a_refusal_is_a_sentence_and_nothing_is_shown(talk: Talk) -> None:
    turn = await talk.say(text="secret")
    assert turn["refusal"] == "That is for IT leads. An admin can give you this role."
    assert turn["messages"] == []
    assert await talk.messages() == []


async def test_a_control_that_we_never_drew_is_refused_kindly(talk: Talk) -> None:
    turn = await talk.say(press="nonsense", value=1)
    assert turn["refusal"].startswith("I don't know that button")
    assert talk.scripted.heard == []


async def test_a_repeated_event_has_no_second_effect(talk: Talk) -> None:
    await talk.say(text="hello", event_id="e-1")
    again = await talk.say(text="hello", event_id="e-1")
    assert again == {"messages": [], "form": None, "refusal": None, "errors": {}}
    assert await talk.summaries() == [("me", "hello"), ("bot", "You said: hello")]


@pytest.mark.parametrize("path", ["/simulator/chat/u99", "/simulator/chat/mia@example.com"])
async def test_nobody_of_that_id_is_not_found(talk: Talk, path: str) -> None:
    async with talk.client.get(path) as response:
        assert (response.status, "chat" in await error(response)) == (404, True)
    async with talk.client.post(path, json={"text": "hi"}) as response:
        assert (response.status, "chat" in await error(response)) == (404, True)
    async with talk.client.get(path + "/events") as response:
        assert (response.status, "chat" in await error(response)) == (404, True)


@pytest.mark.parametrize("path", ["/simulator/chat/u1", "/simulator/clock"])
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"next"', b"\xff", b'{"to": "\\ud800"}', b"{}", b"[" * 9999],
)
async def test_a_body_that_makes_no_sense_is_told(talk: Talk, path: str, body: bytes) -> None:
    async with talk.client.post(path, data=body) as response:
        assert response.status == 400
        await error(response)


@pytest.mark.parametrize(
    "payload",
    [
        {"text": 7},
        {"text": ""},
        {"text": "hi", "press": answer("overall").wire()},
        {"press": 1, "value": 1},
        {"submit": answer("overall").wire()},
        {"submit": answer("overall").wire(), "values": ["a"]},
        {"text": "hi", "event_id": 1},
        {"press": answer("overall").wire(), "value": 1, "message": 17},
    ],
)
async def test_a_wrong_shape_changes_nothing(talk: Talk, payload: object) -> None:
    async with talk.client.post("/simulator/chat/u1", json=payload) as response:
        assert response.status == 400
        await error(response)
    assert talk.scripted.heard == []


async def test_a_body_of_megabytes_is_refused(talk: Talk) -> None:
    body = io.BytesIO(b'{"text": "' + b"x" * 2**21 + b'"}')
    async with talk.client.post("/simulator/chat/u1", data=body) as response:
        assert response.status == 413
        await error(response)


async def test_a_bug_in_the_engine_shows_nothing(tmp_path: Path) -> None:
    app, scripted = played(tmp_path)
    async with TestClient(TestServer(app)) as client:
        scripted.answered = broken  # type: ignore[method-assign]
        async with client.post("/simulator/chat/u1", json={"text": "hi"}) as response:
            assert response.status == 500
        async with client.get("/simulator/chat/u1") as response:
            assert (await response.json())["messages"] == []


def broken(words: str) -> Reply:
    raise RuntimeError("a bug")
