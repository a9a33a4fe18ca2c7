"""A clerk asks for later, and is asked again then, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.controls.leaving import leave
from bot.controls.running import recall
from bot.domain.pulse import Cadence
from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
#: Open from Tuesday to Tuesday, with two reminders: on Thursday and Monday.
LONG = replace(
    WEEKLY, cadence=Cadence("FREQ=WEEKLY;INTERVAL=4;BYDAY=TU", date(2026, 11, 24), time(10), 5, 2)
)
CLERK, OTHER = (f"p{number:03}@example.com" for number in (1, 2))
#: Nobody is asked again at nine.
BEFORE, AFTER = "T09:00:00+00:00", "T10:05:00+00:00"


async def asked(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(LONG)
    await company.at(f"2026-11-24{AFTER}")


def cards(company: Company, email: str) -> list[tuple[str, str]]:
    """What came unasked after the first card: which it is, and when."""
    told = {"You wanted to be asked again": "again", "Still open until": "reminder"}
    return [
        (kind, message["at"][5:16])
        for message in company.chat(email)
        for words, kind in told.items()
        if message["summary"].startswith(words)
    ]


async def press(company: Company, email: str, ref: str) -> dict[str, Any]:
    told = await company.says(email, press=ref, value=None)
    assert told["refusal"] is None
    (message,) = told["messages"]
    return message  # type: ignore[no-any-return]


def labels(message: dict[str, Any]) -> dict[str, str]:
    return {b["label"]: b["ref"] for p in parts(message, "buttons") for b in p["buttons"]}


async def put_off(company: Company, label: str, email: str = CLERK) -> dict[str, Any]:
    choice = await press(company, email, f"later|{ROUND}|")
    return await press(company, email, labels(choice)[label])


async def test_a_clerk_who_asks_for_later_is_asked_once_then(company: Company) -> None:
    await asked(company)
    (first,) = company.chat(CLERK)
    choice = await press(company, CLERK, labels(first)["Ask me later"])
    assert choice["id"] == first["id"]
    assert list(labels(choice)) == [
        "Later today, 13:00",
        "Tomorrow, 10:00",
        "Monday 30 November, 10:00",
        "Answer now",
        "Not this time",
    ]
    told = await press(company, CLERK, labels(choice)["Later today, 13:00"])
    assert told["id"] == first["id"]
    assert "ask again today at 13:00. Or answer now." in told["summary"]
    await company.at("2026-11-24T12:59:00+00:00")
    assert cards(company, CLERK) == []
    await company.at("2026-11-25T09:00:00+00:00")
    assert cards(company, CLERK) == [("again", "11-24T13:00")]
    assert cards(company, OTHER) == []
    *_, again = company.chat(CLERK)
    assert parts(again, "scale")
    assert "Ask me later" in labels(again)


async def test_the_question_can_still_be_answered_at_once(company: Company) -> None:
    await asked(company)
    told = await put_off(company, "Tomorrow, 10:00")
    (scale,) = parts(told, "scale")
    answered = await company.says(CLERK, press=scale["ref"], value=4)
    assert answered["refusal"] is None
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, CLERK) == []


async def test_answer_now_brings_the_first_card_back(company: Company) -> None:
    await asked(company)
    (first,) = company.chat(CLERK)
    choice = await press(company, CLERK, f"later|{ROUND}|")
    now = await press(company, CLERK, labels(choice)["Answer now"])
    assert now["parts"] == first["parts"]


async def test_who_asks_for_later_twice_is_asked_at_the_second_time_only(company: Company) -> None:
    await asked(company)
    told = await put_off(company, "Later today, 13:00")
    other = await press(company, CLERK, labels(told)["Another time"])
    await press(company, CLERK, labels(other)["Tomorrow, 10:00"])
    await company.at(f"2026-11-26{BEFORE}")
    assert cards(company, CLERK) == [("again", "11-25T10:00")]


async def test_who_is_asked_again_may_ask_for_later_again(company: Company) -> None:
    await asked(company)
    await put_off(company, "Later today, 13:00")
    await company.at("2026-11-24T13:05:00+00:00")
    assert cards(company, CLERK) == [("again", "11-24T13:00")]
    # Each press redraws the newest card.
    await put_off(company, "Tomorrow, 10:00")
    await company.at(f"2026-11-25{AFTER}")
    assert cards(company, CLERK) == [("again", "11-25T10:00")]
    await put_off(company, "Later today, 13:00")
    await company.at(f"2026-12-01{BEFORE}")
    # By then they have been asked again three times, each because they wished it.
    assert cards(company, CLERK) == [("again", "11-25T13:00")]
    assert cards(company, OTHER) == [("reminder", "11-26T10:00"), ("reminder", "11-30T10:00")]


async def test_no_reminder_comes_before_the_time_and_being_asked_then_counts_as_one(
    company: Company,
) -> None:
    await asked(company)
    await company.at("2026-11-25T17:00:00+00:00")
    await put_off(company, "Tomorrow, 10:00")
    await company.at(f"2026-12-01{BEFORE}")
    # The first reminder would have come at the same hour.
    assert cards(company, CLERK) == [("again", "11-26T10:00"), ("reminder", "11-30T10:00")]


async def test_whoever_waits_for_next_week_is_left_in_peace_until_then(company: Company) -> None:
    await asked(company)
    await put_off(company, "Monday 30 November, 10:00")
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, CLERK) == [("again", "11-30T10:00")]


async def test_who_says_no_after_all_is_not_asked(company: Company) -> None:
    await asked(company)
    told = await put_off(company, "Tomorrow, 10:00")
    await press(company, CLERK, labels(told)["Not this time"])
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, CLERK) == []


@pytest.mark.parametrize("what", ["Stop asking me these", "Stop asking me anything"])
async def test_who_wants_to_be_asked_no_more_is_neither_asked_nor_reminded(
    company: Company, what: str
) -> None:
    await asked(company)
    await put_off(company, "Tomorrow, 10:00")
    (card,) = (await company.says(CLERK, command="next"))["messages"]
    assert {"Ask me later", "Not this time"} < labels(card).keys()
    told = await press(company, CLERK, labels(card)[what])
    assert "not ask you" in told["summary"]
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, CLERK) == []


async def test_who_looks_with_nothing_waiting_can_stop_and_begin_again(company: Company) -> None:
    await company.hire(*staff(30))
    await company.ask(LONG)
    (card,) = (await company.says(CLERK, command="next"))["messages"]
    assert "come on Tuesday 24 November" in card["summary"]
    await press(company, CLERK, labels(card)["Stop asking me anything"])
    (card,) = (await company.says(CLERK, command="next"))["messages"]
    assert "not ask you anything any more" in card["summary"]
    assert (
        "I will ask you again"
        in (await press(company, CLERK, labels(card)["Ask me again"]))["summary"]
    )


async def test_who_pauses_meanwhile_is_not_asked(company: Company) -> None:
    await asked(company)
    await put_off(company, "Tomorrow, 10:00")
    await company.says(CLERK, command="pause 3 days")
    await company.at(f"2026-11-28{BEFORE}")
    assert cards(company, CLERK) == []


async def test_who_has_left_or_wants_to_be_forgotten_is_not_asked(company: Company) -> None:
    await asked(company)
    for email in (CLERK, OTHER):
        await put_off(company, "Tomorrow, 10:00", email)
    gone = await company.house.store.read(lambda tx: tx.people.by_email(CLERK))
    assert gone
    now = company.house.clock.now()
    await company.house.store.run(lambda tx: leave(tx, gone, now.date(), OTHER, now))
    await company.says(OTHER, press="forget||", value=None)
    await company.at(f"2026-11-27{BEFORE}")
    assert cards(company, CLERK) == cards(company, OTHER) == []


async def test_whose_card_was_recalled_is_not_asked(company: Company) -> None:
    await company.hire(*staff(30), *staff(1, first=31, zone="America/New_York"))
    await company.ask(LONG)
    await company.at(f"2026-11-24{AFTER}")
    far = "p031@example.com"
    await put_off(company, "Tomorrow, 10:00", far)
    now = company.house.clock.now()
    await company.house.store.run(lambda tx: recall(tx, "it-weekly", "p003@example.com", now))
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, far) == []


async def test_who_has_begun_hears_that_nobody_asks_again(company: Company) -> None:
    await asked(company)
    await company.says(CLERK, press=f"answer|{ROUND}|overall", value=2)
    told = await press(company, CLERK, f"later|{ROUND}|2026-11-25T10:00:00+00:00")
    assert "begun already" in told["summary"]
    assert parts(told, "choices")
    await company.at(f"2026-12-01{BEFORE}")
    assert cards(company, CLERK) == []


@pytest.mark.parametrize(
    "when",
    ["2026-11-24T10:30:00+00:00", "2026-11-24T13:01:00+00:00", "2026-12-24T10:00:00+00:00"],
)
async def test_a_time_that_does_not_fit_is_chosen_anew(company: Company, when: str) -> None:
    await asked(company)
    told = await press(company, CLERK, f"later|{ROUND}|{when}")
    assert "When may I ask you again?" in told["summary"]
    await company.at(f"2026-11-26{BEFORE}")
    assert cards(company, CLERK) == []


@pytest.mark.parametrize("when", ["soon", "2026-11-25T10:00:00", "9" * 60])
async def test_what_is_no_time_is_refused(company: Company, when: str) -> None:
    await asked(company)
    told = await company.says(CLERK, press=f"later|{ROUND}|{when}", value=None)
    assert told["refusal"]


async def test_the_same_press_twice_is_one(company: Company) -> None:
    await asked(company)
    for _ in range(2):
        ref = f"later|{ROUND}|2026-11-25T10:00:00+00:00"
        await company.says(CLERK, press=ref, value=None, event_id="e1")
    await company.at(f"2026-11-26{BEFORE}")
    assert cards(company, CLERK) == [("again", "11-25T10:00")]


async def test_a_time_that_was_missed_is_made_up_for_on_that_day_only(company: Company) -> None:
    await asked(company)
    await put_off(company, "Later today, 13:00")
    await put_off(company, "Tomorrow, 10:00", OTHER)
    company.simulator.clock.to(company.house.clock.now().replace(hour=15))
    await company.house.metronome.run_due()
    assert cards(company, CLERK) == [("again", "11-24T15:05")]
    company.simulator.clock.to(company.house.clock.now().replace(day=26, hour=8))
    await company.house.metronome.run_due()
    assert cards(company, OTHER) == []


async def test_the_clock_stops_at_the_same_hours_whether_or_not_anybody_asked(
    company: Company,
) -> None:
    await asked(company)
    before = await company.house.next_at()
    await put_off(company, "Tomorrow, 10:00")
    assert before == await company.house.next_at()
    assert before
    assert before.isoformat() == "2026-11-24T13:00:00+00:00"
