"""An admin sets a pulse up in chat, from the first word to the last round."""

from __future__ import annotations

import pytest

from tests.stories.company import WEEKLY, Company, parts, staff
from tests.stories.setting_up import Admin

pytestmark = pytest.mark.story

ADMIN, EDITOR, CLERK = (f"p{number:03}@example.com" for number in (1, 2, 3))


async def settled(company: Company) -> Admin:
    await company.hire(*staff(25), *staff(3, "Legal", first=101))
    await company.grant(ADMIN, "admin")
    await company.grant(EDITOR, "editor")
    return Admin(company, ADMIN)


async def drafted(admin: Admin, **values: object) -> None:
    await admin.says("pulse")
    await admin.presses("New pulse")
    await admin.sends(title="How is SAP?", start="application", name="SAP", **values)
    assert not admin.errors


async def audit(company: Company) -> list[str]:
    lines = await company.house.store.read(lambda tx: tx.audit.newest(99))
    return [f"{line.who}: {line.what}" for line in lines]


async def launch(admin: Admin, **more: object) -> None:
    """`more` are the yeses that a form asks for, where it asks for any."""
    await admin.presses("Launch…")
    await admin.presses("Launch…" if more else "Launch")
    if more:
        await admin.sends(sure=True, **more)


async def test_a_pulse_is_made_from_a_template_and_launched(company: Company) -> None:
    admin = await settled(company)
    await drafted(admin)
    assert "How satisfied are you with SAP?" in admin.seen
    assert "a draft" in admin.seen
    await admin.presses("Whom it asks")
    await admin.sends(except_units="legal")
    assert "Everybody, except Legal" in admin.seen
    await admin.presses("When it asks")
    await admin.sends(words="now and then")
    assert admin.errors["words"].endswith("Say it like “every second Tuesday”.")
    await admin.sends(words="every Tuesday", at="09:30", open=4, reminders=2)
    assert "every Tuesday at 09:30, open 4 working days, 2 reminders" in admin.seen
    await company.at("2026-11-25T08:00:00+00:00")
    assert company.chat(CLERK) == []
    await admin.presses("Launch…")
    assert "Asked then: 25 of 25 people" in admin.seen
    assert "First round: Tuesday 1 December" in admin.seen
    assert "Finished: Monday 7 December" in admin.seen
    (asked,) = parts(admin.card, "buttons")
    await admin.presses("Launch")
    assert "live, opens on Tuesday 1 December" in admin.seen
    await admin.uses(asked["buttons"][0]["ref"])
    assert admin.refusal == "This pulse has been launched already; nothing was changed."
    await company.at("2026-12-01T12:00:00+00:00")
    (card,) = company.chat(CLERK)
    assert "How is SAP?" in card["summary"]
    assert company.chat("p101@example.com") == []
    assert f"{ADMIN}: pulse how-is-sap: launched" in await audit(company)


async def test_a_pulse_begins_with_a_question_of_ones_own(company: Company) -> None:
    admin = await settled(company)
    await admin.says("pulse")
    await admin.presses("New pulse")
    await admin.sends(
        title="Desk moves", start="own", text="Did your move go well?", kind="yes_no", belief=False
    )
    assert "1. Did your move go well?" in admin.seen
    assert "2." not in admin.seen
    await launch(admin)
    await company.at("2026-11-24T12:00:00+00:00")
    (card,) = company.chat(CLERK)
    (asked,) = parts(card, "choices")
    assert [option["label"] for option in asked["options"]] == ["Yes", "No"]


async def test_what_was_changed_since_is_looked_at_again_before_it_is_launched(
    company: Company,
) -> None:
    admin, other = await settled(company), Admin(company, EDITOR)
    await drafted(admin)
    await admin.presses("Launch…")
    await other.uses("form||audience:how-is-sap")
    await other.sends(everyone=False, units="Legal")
    assert not other.errors
    await admin.presses("Launch")
    assert "no round opens: fewer than 20 people can be asked" in admin.seen
    assert "It invites 3 people" in admin.seen
    assert await company.house.store.read(lambda tx: tx.pulses.state("how-is-sap")) == "draft"


async def test_more_than_a_week_allows_needs_a_yes_of_its_own(company: Company) -> None:
    admin = await settled(company)
    await admin.says("pulse")
    await admin.presses("New pulse")
    await admin.sends(title="Alignment", start="alignment")
    await admin.presses("Launch…")
    await admin.presses("Launch…")
    assert [field["id"] for field in admin.form["fields"]] == ["sure", "above_cap"]
    await admin.sends(sure=True, above_cap=None)
    assert "above_cap" in admin.errors
    await admin.sends(sure=True, above_cap=True)
    assert "live" in admin.seen
    pulse = await company.house.store.read(lambda tx: tx.pulses.get("alignment"))
    assert pulse
    assert pulse.above_cap


async def test_questions_are_added_reworded_and_removed(company: Company) -> None:
    admin = await settled(company)
    await drafted(admin)
    await admin.presses("Questions")
    await admin.presses("Add a question")
    await admin.sends(**{"from": "recommend.recommend", "name": "SAP"})
    assert "speak well of SAP" in admin.seen
    await admin.presses("Add a question")
    await admin.sends(text="Which module?", kind="choice", options="Finance\nStock")
    assert "Which module? (Pick one option)" in admin.seen
    await admin.presses("Change 1")
    await admin.sends(text="How is SAP for you?", low="What is wrong?", reasons="Speed\nForms")
    await admin.presses("Change 2")
    await admin.sends(remove=True)
    pulse = await company.house.store.read(lambda tx: tx.pulses.get("how-is-sap"))
    assert pulse
    first, *others = pulse.questions
    assert first.text == "How is SAP for you?"
    assert first.follow_up
    assert first.follow_up.wordings
    assert first.follow_up.wordings["low"] == "What is wrong?"
    assert [option.id for option in first.follow_up.options] == ["speed", "forms", "other"]
    assert [q.id for q in others] == ["easy", "belief", "sap-recommend", "which-module"]
    assert [option.label for option in others[-1].options] == ["Finance", "Stock", "Something else"]


async def test_a_preview_is_what_people_see_and_takes_nothing(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await admin.says("pulse it-weekly")
    await admin.presses("Preview")
    previewed = [part["text"] for part in admin.card["parts"] if "text" in part]
    assert previewed.pop(0).startswith("Preview: nobody else sees this")
    (scale,) = parts(admin.card, "scale")
    await company.says(ADMIN, press=scale["ref"], value=4)
    told = await company.says(ADMIN, press=scale["ref"], value=4)
    assert "This is a preview" in told["refusal"]
    await company.at("2026-11-24T12:00:00+00:00")
    (card,) = company.chat(CLERK)
    assert [part["text"] for part in card["parts"] if "text" in part] == previewed
    await admin.presses("Back to the pulse")
    assert "a round is open" in admin.seen


async def test_a_test_shows_every_card_and_keeps_nothing(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await admin.says("pulse it-weekly")
    await admin.presses("Send me a test")
    seen = [admin.seen]
    for kind in ("scale", "choices", "scale"):
        (asked,) = parts(admin.card, kind)
        await admin.uses(asked["ref"])
        seen.append(admin.seen)
    assert "Back to the pulse" in admin.labels
    (words,) = parts(admin.card, "free_text")
    told = await company.says(ADMIN, submit=words["ref"], values={"text": "Nothing to keep"})
    assert told["messages"][0]["summary"].startswith("Preview")
    assert "Thank you" in told["messages"][0]["summary"]
    assert "How satisfied were you with IT?" in seen[0]
    assert "What would help?" in seen[1]
    assert "Would you recommend IT to a colleague?" in seen[2]
    assert await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly")) == []


async def test_a_pulse_rests_goes_on_is_copied_and_filed(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await admin.says("pulse it-weekly")
    await admin.presses("Pause")
    assert "paused" in admin.seen
    await admin.presses("Resume")
    assert "live" in admin.seen
    await admin.presses("Duplicate")
    await admin.sends(title="Once more")
    assert "a draft" in admin.seen
    await admin.presses("Archive")
    await admin.says("pulse")
    assert "Once more" not in admin.seen
    await admin.presses("What is in the archive")
    assert "Once more" in admin.seen
    await admin.presses("Once more")
    # It was never launched, and asks nobody before somebody has seen what that means.
    await admin.presses("Back to the drafts")
    assert "a draft" in admin.seen
    assert "Launch…" in admin.labels
    await admin.says("pulse archived")
    assert "There is nothing in the archive." in admin.seen


async def test_a_pulse_is_found_by_its_id_or_words_of_its_title(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await drafted(admin)
    for words in ("it-weekly", "IT doing"):
        await admin.says(f"pulse {words}")
        assert "Close early…" not in admin.labels
        assert "How satisfied were you with IT?" in admin.seen
    await admin.says("pulse nothing")
    assert "There is no pulse “nothing”. These there are:" in admin.seen


async def test_a_round_closes_early_after_it_was_said_what_that_means(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    await admin.says("pulse it-weekly")
    await admin.presses("Close early…")
    assert "else it is discarded" in admin.form["fields"][0]["hint"]
    await admin.sends(sure=None)
    assert list(admin.errors) == ["sure"]
    await admin.sends(sure=True)
    await company.at("2026-11-24T12:10:00+00:00")
    (round,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert round.state == "discarded"


async def test_what_was_not_sent_is_taken_back(company: Company) -> None:
    admin = await settled(company)
    await company.hire(*staff(5, first=201, zone="America/New_York"))
    await company.ask(WEEKLY)
    await company.at("2026-11-24T12:00:00+00:00")
    await admin.says("pulse it-weekly")
    assert "a round is open until Friday 27 November" in admin.seen
    await admin.presses("Recall…")
    assert "5 cards have not been sent yet." in admin.form["fields"][0]["hint"]
    await admin.sends(sure=True)
    assert "5 cards will not be sent; 28 had been sent already." in admin.seen
    await admin.presses("Back")
    await admin.presses("Recall…")
    assert admin.refusal
    assert admin.refusal.startswith("Every card of this round has been sent")


async def test_an_editor_prepares_drafts_and_launches_none(company: Company) -> None:
    await settled(company)
    await company.ask(WEEKLY)
    editor = Admin(company, EDITOR)
    await drafted(editor)
    assert "Launch…" not in editor.labels
    await editor.presses("Title and manner")
    await editor.sends(title="SAP?")
    assert "SAP?" in editor.seen
    for ref in ("form|title:it-weekly", "form|launch:how-is-sap", "do|pause:it-weekly"):
        verb, item = ref.split("|")
        await editor.uses(f"{verb}||{item}")
        assert editor.refusal == "That is for admins. An admin can give you this role."
    clerk = Admin(company, CLERK)
    await clerk.uses("form||new:")
    assert "admins and editors" in (clerk.refusal or "")


async def test_a_change_of_a_live_pulse_is_its_next_version_and_trends_say_so(
    company: Company,
) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    for number, day in enumerate((24, 31)):
        if number:
            await admin.says("pulse it-weekly")
            await admin.presses("Questions")
            await admin.presses("Change 1")
            await admin.sends(text="How content were you with IT?")
        opens = "2026-11-24" if day == 24 else "2026-12-01"
        await company.at(f"{opens}T12:00:00+00:00")
        for who in range(1, 26):
            await company.answers(f"p{who:03}@example.com", f"it-weekly@{opens}", overall=4)
    await company.at("2026-12-07T12:00:00+00:00")
    await admin.says("trend")
    assert "The wording changed on 1 December." in admin.seen
    assert any("version 2" in line and "How content" in line for line in await audit(company))
