"""An admin looks after people, roles and house rules in chat; nobody is asked who does not wish."""

from __future__ import annotations

import pytest

from bot.commands import COMMANDS
from bot.domain.people import Person
from tests.stories.company import WEEKLY, Company, parts, staff
from tests.stories.setting_up import Admin
from tests.stories.test_admin_pulses import audit

pytestmark = pytest.mark.story

ADMIN, OTHER, CLERK = (f"p{number:03}@example.com" for number in (1, 2, 3))


async def settled(company: Company) -> Admin:
    await company.hire(*staff(25), *staff(8, "Sales", first=101))
    await company.grant(ADMIN, "admin")
    return Admin(company, ADMIN)


async def known(company: Company, email: str) -> Person | None:
    return await company.house.store.read(lambda tx: tx.people.by_email(email))


async def test_the_first_who_asks_is_told_how_the_first_admin_is_made(company: Company) -> None:
    await company.hire(*staff(3))
    clerk = Admin(company, CLERK)
    for word in ("pulse", "people", "cadence", "roles"):
        await clerk.says(word)
        assert clerk.refusal
        assert f"itpulse roles grant {CLERK} admin" in clerk.refusal
    await company.grant(ADMIN, "admin")
    await clerk.says("people")
    assert clerk.refusal == "That is for admins. An admin can give you this role."


async def test_a_list_is_pasted_looked_at_and_applied(company: Company) -> None:
    admin = await settled(company)
    await admin.says("people")
    assert "In the list: 33 people" in admin.seen
    await admin.presses("Paste a list")
    pasted = "email,name,unit\nP002@example.com,Person 002,Sales\nnew@example.com,Newcomer,Sales"
    await admin.sends(lines=pasted)
    assert "1 added, 1 changed" in admin.seen
    assert "Person 002: unit: Finance → Sales" in admin.seen
    # The form hides that card, so it says so too.
    hint = admin.form["fields"][0]["hint"]
    assert "1 added, 1 changed" in hint
    assert "Person 002, unit: Finance → Sales" in hint
    assert "Paste a list" in admin.labels
    assert await known(company, "new@example.com") is None
    # What is sent now is not what was shown, so it is shown first.
    await admin.sends(lines=pasted.replace("Newcomer", "Somebody"), sure=True)
    assert "Somebody: new: new@example.com, Sales" in admin.seen
    assert await known(company, "new@example.com") is None
    await admin.sends(sure=True)
    moved, new = await known(company, OTHER), await known(company, "new@example.com")
    assert moved
    assert new
    assert (moved.unit, new.name) == ("Sales", "Somebody")
    assert "Newcomer" not in admin.seen
    assert "Applied: 1 added, 1 changed." in admin.seen
    assert "Somebody: is in no chat I know under this e-mail" in admin.seen
    assert f"{ADMIN}: people import: 1 added, 1 changed" in await audit(company)


async def test_somebody_is_found_and_changed(company: Company) -> None:
    admin = await settled(company)
    await admin.says("people")
    await admin.presses("Find somebody")
    await admin.sends(who=CLERK.upper())
    await admin.presses("Change")
    await admin.sends(unit="Legal", timezone="Europe/Berlin", country="de")
    changed = await known(company, CLERK)
    assert changed
    assert (changed.unit, changed.zone, changed.country) == ("Legal", "Europe/Berlin", "DE")
    told = await audit(company)
    assert f"{ADMIN}: people: 1 changed (unit, timezone, country)" in told
    assert not any("Legal" in line or CLERK in line for line in told)


async def test_of_several_with_the_same_name_one_is_picked(company: Company) -> None:
    admin = await settled(company)
    await admin.uses("form||find:")
    await admin.sends(who="person 00")
    assert "9 people have that in their name" in admin.seen
    await admin.presses("Person 004")
    assert "Unit: Finance" in admin.seen
    await admin.presses("Give or take a role")
    assert admin.form["fields"][0]["value"] == "p004@example.com"
    await admin.presses("Back to the list")
    assert "In the list: 33 people" in admin.seen


async def test_whoever_has_left_is_asked_no_more_and_removed_later(company: Company) -> None:
    admin = await settled(company)
    await company.grant(CLERK, "lead")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T09:00:00+00:00")
    await admin.says("people")
    await admin.presses("Find somebody")
    await admin.sends(who="person 003")
    await admin.presses("Works here no more…")
    await admin.sends(sure=True)
    assert "Gone since: Tuesday 24 November" in admin.seen
    await company.at("2026-12-02T00:00:00+00:00")
    assert company.chat(CLERK) == []
    assert len(company.chat(OTHER)) == 3
    gone = await known(company, CLERK)
    assert gone
    assert gone.grants == frozenset()
    await company.at("2026-12-25T00:00:00+00:00")
    assert await known(company, CLERK) is None
    assert "ITPulse: people: 1 who had left were removed" in await audit(company)


async def test_whoever_comes_back_is_asked_again(company: Company) -> None:
    admin = await settled(company)
    await admin.uses("form||gone:3")
    await admin.sends(sure=True)
    await admin.presses("Works here again")
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    assert len(company.chat(CLERK)) == 1


async def test_who_changes_units_while_a_round_is_open_is_counted_where_they_were(
    company: Company,
) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    (round,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    moves = [f"p{number:03}@example.com" for number in (4, 5, 6)]
    lines = "\n".join(f"{email},{email[:4]},Sales" for email in moves)
    await admin.uses("form||paste:")
    await admin.sends(lines=f"email,name,unit\n{lines}")
    await admin.sends(sure=True)
    # A newcomer waits for the next round.
    await company.hire(*staff(1, "Sales", first=201))
    for number in (*range(1, 26), *range(101, 109), 201):
        await company.answers(f"p{number:03}@example.com", round.id, overall=4)
    await company.at("2026-11-30T12:00:00+00:00")
    for unit, counted in (("Finance", "25 of 25"), ("Sales", "8 of 8")):
        await admin.says(f"summary {unit}")
        assert f"{counted} answered" in admin.seen
    await company.at("2026-12-01T12:00:00+00:00")
    assert any("How is IT doing" in m["summary"] for m in company.chat("p201@example.com"))


async def test_an_admin_who_is_the_only_one_cannot_be_gone(company: Company) -> None:
    admin = await settled(company)
    await admin.uses("form||gone:1")
    await admin.sends(sure=True)
    assert "Nobody else is an admin" in admin.errors["sure"]


async def test_roles_are_given_and_taken(company: Company) -> None:
    admin = await settled(company)
    await admin.says("roles")
    await admin.presses("Give or take a role")
    await admin.sends(email=OTHER, role="lead", units="sales")
    assert f"Person 002: lead of Sales ({OTHER})" in admin.seen
    await admin.presses("Give or take a role")
    await admin.sends(email=OTHER, role="lead", way="take")
    assert OTHER not in admin.seen
    assert (await audit(company))[:2] == [
        f"{ADMIN}: role lead taken from {OTHER}",
        f"{ADMIN}: role lead of Sales given to {OTHER}",
    ]


async def test_a_lead_of_some_units_sees_these_and_no_others(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    for who in (*range(1, 26), *range(101, 109)):
        await company.answers(f"p{who:03}@example.com", "it-weekly@2026-11-24", overall=1 + who % 5)
    await company.says(CLERK, submit="grumble||named", values={"text": "My laptop is old."})
    await company.at("2026-11-28T12:00:00+00:00")
    await admin.uses("form||role:")
    await admin.sends(email=OTHER, role="lead", units="Sales")
    lead = Admin(company, OTHER)
    await lead.says("summary")
    assert "Sales" in lead.card["summary"]
    assert "8 of 8 answered" in lead.seen
    own = lead.card
    for words in (
        "summary Finance", "trend Finance", "themes Finance", "voices Finance",
        "compare Finance, Sales", "summary it-weekly Finance",
    ):  # fmt: skip
        await lead.says(words)
        assert lead.refusal == "You see the figures of Sales only. Name one of them.", words
    await lead.says("voices grumbles")
    assert lead.refusal
    # New words for leads are found by themselves.
    for command in COMMANDS.values():
        if command.needs == "lead":
            await lead.says(f"{command.word} Finance")
            assert lead.refusal, command.word
    assert lead.card == own
    for word in ("trend", "themes", "voices"):
        await lead.says(word)
        assert "Sales" in lead.card["summary"]
        assert "33" not in lead.seen
    await lead.says("voices named")
    assert "My laptop" not in lead.seen


async def test_house_rules_are_said_in_words_and_changed(company: Company) -> None:
    admin = await settled(company)
    await admin.says("cadence")
    assert "Questions a week: 3 a person, all pulses together" in admin.seen
    await admin.presses("Change")
    await admin.sends(
        country="de-by", earliest="09:00", latest="16:00", working_days=["mo", "tu", "we"],
        blackouts="2026-12-21 to 2027-01-03 Christmas break\n2027-05-14 Bridge day",
    )  # fmt: skip
    assert "Public holidays: DE-BY" in admin.seen
    assert "Working days: Monday, Tuesday, Wednesday" in admin.seen
    assert "Monday 21 December to Sunday 3 January: Christmas break" in admin.seen
    assert any("public holidays: none → DE-BY" in line for line in await audit(company))
    await admin.presses("Change")
    await admin.sends()
    assert "Friday 14 May: Bridge day" in admin.seen


async def test_whoever_wants_no_more_says_so_where_they_decline(company: Company) -> None:
    await settled(company)
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    clerk = Admin(company, CLERK)
    clerk.card = company.chat(CLERK)[0]
    await clerk.presses("Not this time")
    await clerk.presses("Stop asking me these")
    assert "How is IT doing for you?" in clerk.seen
    await company.at("2026-12-02T12:00:00+00:00")
    assert len(company.chat(CLERK)) == 1
    await clerk.presses("Ask me again")
    await company.at("2026-12-08T12:00:00+00:00")
    assert len(company.chat(CLERK)) == 2
    assert not any(CLERK in line for line in await audit(company))


async def test_stop_asking_me_anything_is_taken_back_by_resume(company: Company) -> None:
    await settled(company)
    await company.ask(WEEKLY)
    clerk = Admin(company, CLERK)
    await clerk.says("pause 1 day")
    await clerk.presses("Stop asking me anything")
    await company.at("2026-11-25T12:00:00+00:00")
    assert not [m for m in company.chat(CLERK) if parts(m, "scale")]
    await clerk.says("resume")
    await company.at("2026-12-01T12:00:00+00:00")
    assert [m for m in company.chat(CLERK) if parts(m, "scale")]
