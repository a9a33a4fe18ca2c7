"""Somebody wants to hear nothing for a while, and hears nothing."""

from __future__ import annotations

import pytest

from bot.domain.kept import kept_about
from bot.ports import Transaction
from tests.stories.company import WEEKLY, Company, parts, staff

pytestmark = pytest.mark.story

ROUND = "it-weekly@2026-11-24"
QUIET, ASKED, ADMIN = (f"p{number:03}@example.com" for number in (1, 2, 3))


async def hired(company: Company) -> None:
    await company.hire(*staff(30, zone="Europe/Berlin"))
    await company.grant(ADMIN, "admin")
    await company.ask(WEEKLY)


def heard(company: Company, email: str) -> list[str]:
    """What was said to somebody unasked."""
    return [m["summary"] for m in company.chat(email) if "How is IT doing" in m["summary"]]


async def test_while_paused_no_card_and_no_reminder_comes(company: Company) -> None:
    await hired(company)
    told = await company.says(QUIET, command="pause 2 weeks")
    assert "nothing from me until Monday 7 December" in told["messages"][0]["summary"]
    await company.at("2026-11-30T11:00:00+00:00")
    assert heard(company, QUIET) == []
    assert len(heard(company, ASKED)) == 2


async def test_who_pauses_after_the_first_card_is_not_reminded(company: Company) -> None:
    await hired(company)
    await company.at("2026-11-24T11:00:00+00:00")
    await company.says(QUIET, command="pause")
    await company.at("2026-11-30T11:00:00+00:00")
    assert len(heard(company, QUIET)) == 1
    assert len(heard(company, ASKED)) == 2


async def test_what_is_open_can_be_answered_all_the_same(company: Company) -> None:
    await hired(company)
    await company.says(QUIET, command="pause")
    await company.at("2026-11-24T11:00:00+00:00")
    (card,) = (await company.says(QUIET, command="next"))["messages"]
    assert parts(card, "scale")
    for number in range(1, 13):
        await company.answers(
            f"p{number:03}@example.com", ROUND, overall=4, why=[], recommend=9, words=None
        )
    (quiet,) = (await company.says(QUIET, command="next"))["messages"]
    assert "nothing from me until" in quiet["summary"]
    await company.at("2026-11-28T11:00:00+00:00")
    (released,) = await company.house.store.read(lambda tx: tx.releases.rounds("it-weekly"))
    assert (released.answered, released.invited) == (12, 30)


async def test_who_comes_back_is_asked_what_is_open(company: Company) -> None:
    await hired(company)
    await company.says(QUIET, command="pause until 15 January")
    await company.at("2026-11-24T11:00:00+00:00")
    back = await company.says(QUIET, command="resume")
    assert "Welcome back" in back["messages"][0]["summary"]
    await company.at("2026-11-24T11:01:00+00:00")
    assert len(heard(company, QUIET)) == 1
    again = await company.says(QUIET, command="resume")
    assert "not paused" in again["messages"][0]["summary"]


async def test_the_button_below_a_pause_ends_it(company: Company) -> None:
    await hired(company)
    told = await company.says(QUIET, text="pause until the 15th of January 2027")
    end, _stop = parts(told["messages"][-1], "buttons")[0]["buttons"]
    back = await company.says(QUIET, press=end["ref"], value=end["value"])
    assert "Welcome back" in back["messages"][-1]["summary"]


async def test_a_pause_ends_by_itself_in_the_morning_of_its_day(company: Company) -> None:
    await hired(company)
    await company.says(QUIET, command="pause until 25 November")
    await company.at("2026-11-25T07:59:00+00:00")
    assert heard(company, QUIET) == []
    await company.at("2026-11-25T08:00:00+00:00")
    assert len(heard(company, QUIET)) == 1


async def test_nobody_is_shown_who_pauses(company: Company) -> None:
    await hired(company)
    before = await company.says(ADMIN, command="audit")
    await company.says(QUIET, command="pause")
    after = await company.says(ADMIN, command="audit")
    assert [p for m in before["messages"] for p in m["parts"]] == [
        p for m in after["messages"] for p in m["parts"]
    ]

    def kept(tx: Transaction) -> object:
        found = tx.people.by_email(QUIET)
        assert found
        return kept_about(tx, found)["paused_until"]

    assert await company.house.store.read(kept) == "2026-12-21T08:00:00+00:00"


async def test_a_pause_that_is_over_leaves_nothing_behind(company: Company) -> None:
    await hired(company)
    await company.says(QUIET, command="pause 1 week")
    await company.at("2026-12-02T09:00:00+00:00")
    one = await company.house.store.read(lambda tx: tx.people.by_email(QUIET))
    assert one
    assert await company.house.store.read(lambda tx: tx.pauses.until(one.id)) is None


async def test_who_is_forgotten_leaves_no_pause(company: Company) -> None:
    await hired(company)
    await company.says(QUIET, command="pause")
    one = await company.house.store.read(lambda tx: tx.people.by_email(QUIET))
    assert one
    await company.says(QUIET, press="forget||", value=None)
    assert await company.house.store.read(lambda tx: tx.pauses.until(one.id)) is None
