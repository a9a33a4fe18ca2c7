"""An admin lets questions take turns: made, changed, looked at and launched in chat."""

from __future__ import annotations

import pytest

from bot.domain.files.pulse_toml import read_pulse, write_pulse
from bot.domain.pulse import Pulse
from tests.stories.company import WEEKLY, Company, later, parts, staff
from tests.stories.setting_up import Admin

pytestmark = pytest.mark.story

ADMIN, CLERK = "p001@example.com", "p003@example.com"
SHORT = later(WEEKLY, questions=WEEKLY.questions[:2])


@pytest.fixture
def company(company_on_sqlite: Company) -> Company:
    return company_on_sqlite


async def settled(company: Company) -> Admin:
    await company.hire(*staff(25))
    await company.grant(ADMIN, "admin")
    return Admin(company, ADMIN)


async def applications(admin: Admin, names: str = "SAP\nOutlook\nTeams", **more: object) -> None:
    await admin.says("pulse")
    await admin.presses("New pulse")
    await admin.sends(title="Applications", start="application", name=names, **more)


async def stored(company: Company, id: str) -> Pulse:
    pulse = await company.house.store.read(lambda tx: tx.pulses.get(id))
    assert pulse
    return pulse


async def to_bank(admin: Admin, pulse: str) -> None:
    await admin.says(f"pulse {pulse}")
    await admin.presses("Questions")
    await admin.presses("Questions that take turns")


async def banked(admin: Admin, *texts: str) -> None:
    """The weekly pulse, with statements in its bank."""
    await to_bank(admin, "it-weekly")
    for text in texts:
        await admin.presses("Add a question")
        await admin.sends(text=text, kind="agree")
        assert not admin.errors


async def test_a_template_about_several_things_asks_about_the_next_each_round(
    company: Company,
) -> None:
    admin = await settled(company)
    await applications(admin)
    assert "4 questions, 3 of them in turns" in admin.seen
    assert "And 3 of 9 that take turns." in admin.seen
    pulse = await stored(company, "applications")
    assert [q.id for q in pulse.bank[:4]] == [
        "sap-overall",
        "sap-useful",
        "sap-easy",
        "outlook-overall",
    ]
    assert pulse.bank[3].follow_up
    assert pulse.bank[3].follow_up.id == "outlook-why"
    assert [q.id for q in pulse.questions] == ["belief"]
    await admin.presses("When it asks")
    await admin.sends(words="every Tuesday")
    await admin.presses("Launch…")
    assert "asked all that takes turns within 3 rounds, by Friday 11 December." in admin.seen
    await admin.presses("Launch")
    await company.at("2026-12-16T00:00:00+00:00")
    rounds = await company.house.store.read(lambda tx: tx.rounds.of_pulse("applications"))
    asked = [[q.id.partition("-")[0] for q in r.plan.questions] for r in reversed(rounds)]
    assert asked == [[name] * 3 + ["belief"] for name in ("sap", "outlook", "teams", "sap")]


async def test_questions_are_put_into_a_bank_reworded_moved_and_taken_out(
    company: Company,
) -> None:
    admin = await settled(company)
    await company.ask(SHORT)
    await banked(admin, "IT listens.", "IT is quick.", "IT is kind.")
    assert "Each round asks 1 of 3 questions that take turns, beside 2 of its own." in admin.seen
    assert "2: IT is quick. (Agree or not, 1 to 5)" in admin.seen
    await admin.presses("How many a round")
    await admin.sends(rotate=4)
    assert admin.errors == {"rotate": "Please say a number from 1 to 3."}
    await admin.sends(rotate=2)
    assert "After 2 rounds everybody was sent all of them." in admin.seen
    await admin.presses("Change 3")
    await admin.sends(text="IT is friendly.", place=1)
    assert "1: IT is friendly." in admin.seen
    await admin.presses("Change 2")
    await admin.sends(turns=False)
    assert "3: IT listens." in admin.seen
    assert "Each round asks 2 of 2 questions that take turns, beside 3 of its own." in admin.seen
    await admin.presses("Change 3")
    await admin.sends(place=1)
    await admin.presses("Questions that take turns")
    await admin.presses("Change 2")
    await admin.sends(remove=True)
    pulse = await stored(company, "it-weekly")
    assert [q.text for q in pulse.bank] == ["IT is friendly."]
    assert pulse.questions[0].text == "IT listens."
    assert pulse.rotate == 1
    await admin.presses("Change 1")
    await admin.sends(remove=True)
    assert "No question takes turns yet." in admin.seen
    assert (await stored(company, "it-weekly")).rotate == 0


async def test_what_was_set_up_in_chat_is_a_file_and_the_other_way_round(company: Company) -> None:
    admin = await settled(company)
    await applications(admin)
    pulse = await stored(company, "applications")
    assert read_pulse(write_pulse(pulse)) == later(pulse, version=0)
    await company.ask(read_pulse(write_pulse(pulse).replace("rotate = 3", "rotate = 2")))
    await to_bank(admin, "applications")
    assert "Each round asks 2 of 9 questions" in admin.seen
    for number in (1, 2):  # Saved as it stands, nothing is different.
        await admin.presses(f"Change {number}")
        await admin.sends()
    await admin.presses("How many a round")
    await admin.sends()
    assert (await stored(company, "applications")).version == pulse.version + 1


async def test_a_change_of_a_live_bank_is_the_next_version_and_in_the_audit(
    company: Company,
) -> None:
    admin = await settled(company)
    await company.ask(SHORT)
    await banked(admin, "IT listens.", "IT is quick.")
    await company.at("2026-11-25T00:00:00+00:00")
    await admin.presses("Change 1")
    await admin.sends(text="IT hears me.")
    (round,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert (round.version, (await stored(company, "it-weekly")).version) == (3, 4)
    assert "IT listens." in [q.text for q in round.plan.questions]
    lines = await company.house.store.read(lambda tx: tx.audit.newest(99))
    assert 'version 4: bank.it-listens.text: "IT listens." → "IT hears me."' in str(lines)


async def test_another_question_in_the_place_of_one_that_was_asked_is_new_to_everybody(
    company: Company,
) -> None:
    admin = await settled(company)
    await company.ask(SHORT)
    await banked(admin, "IT listens.", "IT is quick.")
    await company.at("2026-11-25T00:00:00+00:00")
    await admin.presses("Change 1")
    await admin.sends(remove=True)
    await banked(admin, "IT is kind.")
    await company.at("2026-12-16T00:00:00+00:00")
    rounds = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    asked = [r.plan.questions[-1].id for r in reversed(rounds)]
    assert asked == ["it-listens", "it-is-quick", "it-is-kind", "it-is-quick"]


async def test_the_last_question_stays_and_the_belief_item_takes_no_turns(
    company: Company,
) -> None:
    admin = await settled(company)
    await admin.says("pulse")
    await admin.presses("New pulse")
    await admin.sends(title="Effort", start="effort")
    await admin.presses("Questions")
    await admin.presses("Change 2")
    await admin.sends(turns=True)
    assert admin.errors == {
        "turns": "Whether answering is any use is asked in every round, or removed."
    }
    await admin.sends(remove=True)
    await admin.presses("Change 1")
    await admin.sends(remove=True)
    assert admin.errors == {"remove": "A pulse needs a question. Please add another one first."}
    await admin.sends(turns=True)  # The last one may take turns with others to come.
    assert "Each round asks 1 of 1 questions that take turns." in admin.seen


async def test_a_long_bank_is_leafed_through(company: Company) -> None:
    admin = await settled(company)
    await applications(admin, "\n".join(f"Tool {number}" for number in range(12)))
    await admin.presses("Questions")
    await admin.presses("Questions that take turns")
    assert "After 12 rounds everybody was sent all of them." in admin.seen
    assert "Those before" not in admin.labels
    await admin.presses("Those after")
    assert "11: Tool 3 helps me get my work done." in admin.seen
    await admin.presses("Change 20")
    await admin.sends(text="Tool 6 is of use.")
    assert "20: Tool 6 is of use." in admin.seen
    await admin.presses("Add a question")
    await admin.sends(text="My tools fit together.", kind="agree")
    assert "37: My tools fit together." in admin.seen
    await admin.presses("Those before")
    assert "Change 21" in admin.labels
    for page in ("999", "-1", "٣", "", "x" * 90):
        await admin.uses(f"do||bank:applications:{page}")
        assert ("Change 37" if page == "999" else "Change 1") in admin.labels


async def test_a_preview_and_a_test_say_what_comes_next_and_what_waits(company: Company) -> None:
    admin = await settled(company)
    await company.ask(SHORT)
    await banked(admin, "IT listens.", "IT is quick.", "IT is kind.")
    await company.at("2026-11-25T00:00:00+00:00")
    await admin.says("pulse it-weekly")
    for button in ("Preview", "Send me a test"):
        await admin.says("pulse it-weekly")
        await admin.presses(button)
        assert "Next of those that take turns: “IT is quick.” The other 2 come in" in admin.seen
    seen = []
    for kind in ("scale", "choices", "scale"):
        (asked,) = parts(admin.card, kind)
        await admin.uses(asked["ref"])
        seen.append(admin.seen)
    assert "IT is quick." in seen[-1]
    await company.at("2026-12-01T12:00:00+00:00")
    (round, _) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert "IT is quick." in [q.text for q in round.plan.questions]


async def test_a_preview_says_where_a_round_has_to_do_without_its_bank(company: Company) -> None:
    admin = await settled(company)
    await company.ask(SHORT)
    await banked(admin, "IT listens.", "IT is quick.", "IT is kind.")
    seen = dict.fromkeys(range(1, 20), ("it-listens",))
    seen |= dict.fromkeys(range(20, 26), ("it-is-quick",))
    await company.house.store.run(lambda tx: tx.people.set_seen("it-weekly", seen))
    await admin.says("pulse it-weekly")
    await admin.presses("Preview")
    assert "Too few are at the same place of the bank" in admin.seen
    await company.at("2026-11-24T12:00:00+00:00")
    (round,) = await company.house.store.read(lambda tx: tx.rounds.of_pulse("it-weekly"))
    assert (round.plan.invited, round.plan.questions) == (25, SHORT.questions)


async def test_a_bank_above_what_a_week_allows_is_told_where_it_is_made(company: Company) -> None:
    admin = await settled(company)
    await company.ask(WEEKLY)
    await banked(admin, "IT listens.")
    assert "It asks 4 questions, and a person is asked at most 3 a week" in admin.seen
    await admin.says("pulse it-weekly")
    await admin.presses("Its load")
    await admin.presses("Say yes to it")
    await admin.sends(sure=True, above_cap=True)
    assert (await stored(company, "it-weekly")).above_cap


async def test_more_than_a_round_or_a_bank_can_hold_is_told_at_its_field(company: Company) -> None:
    admin = await settled(company)
    await applications(admin, "\n".join(f"Tool {number}" for number in range(17)))
    assert admin.errors == {
        "name": "These are 17 × 3 questions; 50 can take turns. Please name fewer."
    }
    await applications(admin, "\n".join(f"Tool {number}" for number in range(16)))
    await admin.presses("Questions")
    await admin.presses("Add a question")
    await admin.sends(**{"from": "application", "name": "One more", "turns": True})
    assert admin.errors["from"] == (
        "50 questions can take turns; these would be 51. Please remove some first."
    )
    await admin.sends(**{"from": "application", "name": "A\nB\nC", "turns": False})
    assert "A round asks at most 10; these would be 13." in admin.errors["from"]
    await admin.sends(**{"from": "service", "name": "A\nB", "turns": False})
    assert "Each round asks 3 of 48 questions that take turns, beside 7 of its own." in admin.seen
    await admin.presses("Questions that take turns")
    await admin.presses("Change 1")
    await admin.sends(turns=False)
    assert "A round asks at most 10; these would be 11." in admin.errors["turns"]
