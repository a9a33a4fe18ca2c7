"""Feedback nobody asked for, and the conversations that come of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.exports import summary_wire
from tests.stories.company import Company, parts, staff

pytestmark = pytest.mark.story

IN_THE_BOX = "grumble||confidential"
NAMED = "grumble||named"


async def _opened(company: Company) -> None:
    await company.hire(*staff(12))
    await company.grant("p001@example.com", "lead")
    await company.at("2026-11-23T09:00:00+00:00")


async def _put(company: Company, number: int, text: str) -> dict[str, Any]:
    return await company.says(f"p{number:03}@example.com", submit=IN_THE_BOX, values={"text": text})


async def test_a_box_is_opened_when_five_have_written(company: Company) -> None:
    await _opened(company)
    for number in range(2, 7):
        told = await _put(company, number, f"The VPN is slow on floor {number}.")
        assert told["refusal"] is None
    await company.at("2026-12-01T00:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, "grumbles", None, 1))
    assert found["answered"] == 5
    assert {c["text"] for c in found["comments"]} == {
        f"The VPN is slow on floor {number}." for number in range(2, 7)
    }


async def test_a_box_with_too_few_stays_shut_and_then_tells_only_themes(company: Company) -> None:
    await _opened(company)
    for number in range(2, 5):
        await _put(company, number, "The VPN drops my connection.")
    await company.at("2026-12-07T00:00:00+00:00")
    boxes = await company.house.store.read(lambda tx: tx.rounds.of_pulse("grumbles"))
    assert [box.state for box in boxes] == ["open"]
    await company.at("2026-12-23T00:00:00+00:00")
    found = await company.house.store.read(lambda tx: summary_wire(tx, "grumbles", None, 1))
    assert found["comments"] == []
    assert [(t["id"], t["mentions"]) for t in found["themes"]] == [("network", 3)]
    assert found["answered"] == 0


async def test_what_is_taken_out_is_shown_before_it_goes_and_nothing_is_kept_till_then(
    company: Company,
) -> None:
    await _opened(company)
    told = await _put(company, 2, "Ask ann@example.com why ticket 48213 was closed.")
    assert told["messages"] == []
    (field,) = told["form"]["fields"]
    assert field["value"] == "Ask [e-mail] why [id] was closed."
    assert "Not sent yet" in str(told["form"])
    # All three places are still free, so nothing has gone in.
    sent = {"text": f"{field['value']} Or ann@example.com?"}
    for left in ("2 more comments fit", "1 more comment fits", "the box is now full"):
        told = await company.says("p002@example.com", submit=told["form"]["ref"], values=sent)
        assert left in str(told["messages"])
        told = {"form": {"ref": "grumble||checked"}}


async def test_what_stays_in_the_chat_does_not_tell_what_went_into_the_box(
    company: Company,
) -> None:
    await _opened(company)
    said = ("The VPN drops every day.", "Lovely help from the desk, thank you!", "It is Monday.")
    replies = [(await _put(company, 2 + n, text))["messages"] for n, text in enumerate(said)]
    cards = {str(parts(reply[0], "prose")) for reply in replies}
    assert len(cards) == 1


async def test_what_cannot_wait_for_the_box_is_pointed_to_somebody_who_is_there(
    company: Company,
) -> None:
    await _opened(company)
    told = await _put(company, 2, "There is smoke coming out of the server room")
    assert "emergency number" in str(told["form"])
    assert told["messages"] == []
    told = await company.says(
        "p002@example.com", submit=told["form"]["ref"], values={"text": "There is smoke"}
    )
    assert "It is in the box" in str(told["messages"])


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The VPN drops every day.", "sorry about the trouble"),
        ("Lovely help from Jo at the desk, thank you!", "kind words"),
        ("There is smoke coming out of the server room", "emergency number"),
        ("We move to floor 3 on Monday.", "answer you directly"),
    ],
)
async def test_named_words_are_answered_as_what_they_are(
    company: Company, text: str, answer: str
) -> None:
    await _opened(company)
    told = await company.says("p002@example.com", submit=NAMED, values={"text": text})
    assert answer in str(told["messages"])


async def test_the_fourth_grumble_waits_for_the_next_box(company: Company) -> None:
    await _opened(company)
    for text in ("One.", "Two.", "Three."):
        assert (await _put(company, 2, text))["refusal"] is None
    refused = await _put(company, 2, "Four.")
    assert "you can write again" in str(refused["refusal"])


async def test_typed_words_are_offered_not_taken(company: Company) -> None:
    await _opened(company)
    told = await company.says("p002@example.com", text="My screen flickers all day long")
    (card,) = told["messages"]
    (buttons,) = parts(card, "buttons")
    send = buttons["buttons"][0]
    assert parts(card, "free_text")[0]["ref"] == IN_THE_BOX
    assert await company.house.store.read(lambda tx: tx.named.grumbles(5)) == []
    await company.says("p002@example.com", press=send["ref"], value=send["value"])
    (kept,) = await company.house.store.read(lambda tx: tx.named.grumbles(5))
    assert kept.body == "My screen flickers all day long"


async def test_a_named_grumble_goes_at_once_and_an_empty_one_nowhere(company: Company) -> None:
    await _opened(company)
    told = await company.says("p002@example.com", submit=NAMED, values={"text": "  "})
    assert told["errors"]["text"]
    nothing = await company.says("p001@example.com", command="voices named")
    assert "Nobody has written" in str(nothing)
    await company.says("p002@example.com", submit=NAMED, values={"text": "Call me."})
    (kept,) = await company.house.store.read(lambda tx: tx.named.grumbles(5))
    assert kept.body == "Call me."
    read = await company.says("p001@example.com", command="voices named")
    (quote,) = parts(read["messages"][0], "quote")
    assert quote["text"] == "Call me."
    assert "Person 002, p002@example.com" in quote["about"]
    refused = await company.says("p003@example.com", command="voices named")
    assert "IT leads" in refused["refusal"]


async def test_it_answers_an_author_whom_it_does_not_learn(company: Company) -> None:
    await _opened(company)
    for number in range(2, 7):
        await _put(company, number, f"Grumble number {number}.")
    box = (await company.house.store.read(lambda tx: tx.rounds.of_pulse("grumbles")))[0].id
    keys = []
    for number in range(2, 5):
        opened = await company.says(
            f"p{number:03}@example.com", press=f"open_thread|{box}|first", value=None
        )
        keys.append(parts(opened["messages"][0], "buttons")[0]["buttons"][0]["ref"])
    early = await company.says("p002@example.com", press=keys[0], value=None)
    assert "Nothing stands behind" in early["refusal"]

    await company.at("2026-12-01T00:00:00+00:00")
    store = company.house.store
    texts = await store.read(lambda tx: tx.releases.texts([box]))
    threads = {t.id: t for t in texts if await store.read(lambda tx, t=t: tx.threads.by_text(t.id))}  # type: ignore[misc]
    assert len(threads) == 3
    for text in threads:
        told = await company.says(
            "p001@example.com", submit=f"reply|{box}|{text}", values={"text": "Being repaired."}
        )
        assert told["refusal"] is None
    refused = await company.says(
        "p005@example.com", submit=f"reply|{box}|{next(iter(threads))}", values={"text": "No."}
    )
    assert "IT leads" in refused["refusal"]

    waiting = await company.says("p002@example.com", press=keys[0], value=None)
    assert "Being repaired." not in str(waiting)
    await company.at("2026-12-02T00:00:00+00:00")  # three waited, so they go over together
    shown = await company.says("p002@example.com", press=keys[0], value=None)
    quotes = [q["text"] for q in parts(shown["messages"][0], "quote")]
    assert quotes == ["Grumble number 2.", "Being repaired."]

    # Whoever holds the button is the author, whoever they are.
    lent = await company.says("p009@example.com", press=keys[0], value=None)
    assert "Grumble number 2." in str(lent)
    await company.says(
        "p002@example.com", press=keys[0].replace("thread|", "unthread|", 1), value=None
    )
    left = await store.read(lambda tx: tx.releases.texts([box]))
    assert len(left) == 4
    gone = await company.says("p002@example.com", press=keys[0], value=None)
    assert "Nothing stands behind" in gone["refusal"]


async def test_a_conversation_ends_thirty_days_after_its_box(company: Company) -> None:
    await _opened(company)
    for number in range(2, 7):
        await _put(company, number, "A grumble.")
    box = (await company.house.store.read(lambda tx: tx.rounds.of_pulse("grumbles")))[0].id
    opened = await company.says("p002@example.com", press=f"open_thread|{box}|first", value=None)
    key = parts(opened["messages"][0], "buttons")[0]["buttons"][0]["ref"]
    await company.at("2026-12-01T00:00:00+00:00")
    assert (await company.says("p002@example.com", press=key, value=None))["refusal"] is None
    assert company.house.ring.get(f"{box}.thread")
    await company.at("2027-01-03T00:00:00+00:00")
    assert company.house.ring.get(f"{box}.thread") is None
    gone = await company.says("p002@example.com", press=key, value=None)
    assert "Nothing stands behind" in gone["refusal"]
