"""Conversations in Slack: signed requests in, the real SDK out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.commands import COMMANDS
from bot.domain.exports import summary_wire
from bot.domain.pulse import Question
from bot.events import Address
from tests.slack.office import Office, open_office, texts
from tests.stories.company import WEEKLY, staff

pytestmark = pytest.mark.story

OPENS = "2026-11-24T10:00:00+00:00"
CLOSES = "2026-11-28T00:00:00+00:00"


@pytest.fixture
async def office(tmp_path: Path, database_url: str) -> AsyncIterator[Office]:
    async with open_office(tmp_path, database_url) as opened:
        yield opened


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Office]:
    """What does not depend on the database is tried on one."""
    async with open_office(tmp_path, f"sqlite:///{tmp_path}/itpulse.sqlite") as opened:
        yield opened


async def test_a_pulse_goes_all_the_way_round_in_slack(office: Office) -> None:
    await office.hire(*staff(24))
    await office.grant("p001@example.com", "lead")
    await office.ask(WEEKLY)
    await office.at(OPENS)
    assert {len(office.workspace.said(user)) for user in office.workspace.members} == {1}
    card = office.workspace.said("U1")[0]

    for number in range(1, 23):
        user = f"U{number}"
        await office.press(user, "Satisfied")
        assert "What went well?" in office.text(user)
        await office.tick(user, "Speed", "Help I got")
        assert "recommend IT" in office.text(user)
        await office.press(user, "9")
        await office.press(user, "Write")
        await office.send(user, text=f"All fine here, really {number}")
        assert "Your answers are in" in office.text(user)
        assert f"really {number}" not in office.text(user)
    assert [m["ts"] for m in office.workspace.said("U1")] == [card["ts"]]

    await office.at(CLOSES)
    found = await office.house.store.read(lambda tx: summary_wire(tx, None, None, 1))
    assert (found["answered"], found["invited"]) == (22, 24)
    assert len(found["comments"]) == 22
    told = await office.command("U1", "summary")
    assert told["ack"]["response_type"] == "ephemeral"
    assert "22 of 24" in texts(told["ack"])
    refused = await office.command("U2", "summary")
    assert "IT leads" in texts(refused["ack"])
    assert "WEEKLY" not in texts(refused)


async def test_an_old_card_corrects_the_answer(small: Office) -> None:
    await opened(small)
    before = small.pressing("U1", "Satisfied")
    await small.press("U1", "Very dissatisfied")
    assert "What got in the way?" in small.text("U1")
    await small.interact(before)
    assert "What went well?" in small.text("U1")


async def test_what_is_wrong_in_a_window_is_said_there(small: Office) -> None:
    await opened(small)
    for label in ("Skip this one",) * 2:
        await small.press("U1", label)
    await small.press("U1", "Write")
    wrong = await small.send("U1", text="💥" * 900)
    assert wrong["response_action"] == "errors"
    assert "shorten" in wrong["errors"]["text"]
    assert await small.send("U1", text="Better now") == ""
    assert "Your answers are in" in small.text("U1")


async def test_a_window_sent_too_late_says_why_and_keeps_the_words(small: Office) -> None:
    await opened(small)
    for label in ("Skip this one",) * 2:
        await small.press("U1", label)
    await small.press("U1", "Write")
    await small.at(CLOSES)
    late = await small.send("U1", text="Too late")
    assert "closed" in late["errors"]["text"]


async def test_a_window_that_slack_opens_no_more_is_said(small: Office) -> None:
    await opened(small)
    for label in ("Skip this one",) * 2:
        await small.press("U1", label)
    payload = small.pressing("U1", "Write")
    small.workspace.now += 4
    await small.interact(payload)
    assert "press again" in texts(small.workspace.whispers[payload["response_url"]])
    assert small.workspace.windows["U1"] == []


async def test_typed_words_go_nowhere_before_their_author_says_how(small: Office) -> None:
    await opened(small)
    assert await small.write("U1", "My laptop &amp; I are &lt;unhappy&gt; with VPN") == 200
    assert "carries your name" in small.text("U1")
    await small.press("U1", "Send this with my name")
    assert "Sent with your name" in small.text("U1")
    kept = await small.house.store.read(lambda tx: tx.named.grumbles(10))
    assert [one.body for one in kept] == ["My laptop & I are <unhappy> with VPN"]


async def test_bots_edits_and_other_places_are_not_answered(small: Office) -> None:
    await opened(small)
    await small.write("U1", "next", bot_id="B1")
    await small.write("U1", "next", subtype="message_changed")
    await small.event(type="message", channel_type="channel", channel="C1", user="U1", text="next")
    assert len(small.workspace.said("U1")) == 1


async def test_a_word_is_answered_only_to_its_author_and_its_buttons_work_there(
    small: Office,
) -> None:
    await opened(small)
    told = await small.command("U1", "next")
    address = await small.press_unseen("U1", told["ack"], "Satisfied")
    (instead,) = small.workspace.whispers[address]
    assert instead["replace_original"] is True
    assert "What went well?" in texts(instead)
    assert len(small.workspace.said("U1")) == 1
    assert small.workspace.messages["C0GENERAL"] == []


async def test_every_word_is_answered(small: Office) -> None:
    await opened(small)
    await small.grant("p001@example.com", "admin")
    for word in COMMANDS:
        told = await small.command("U1", word)
        assert texts(told), word


async def test_a_key_to_a_conversation_lasts_longer_than_a_window(small: Office) -> None:
    await opened(small)
    for label in ("Skip this one",) * 2:
        await small.press("U1", label)
    await small.press("U1", "Write")
    await small.send("U1", text="Please answer me")
    told = await small.command("U1", "next")
    assert "Nothing is waiting" in texts(told)
    thanks = small.workspace.said("U1")[-1]
    address = await small.press_unseen("U1", thanks, "Let IT answer me, without learning who I am")
    assert "Has IT answered?" in texts(small.workspace.whispers[address])
    assert "Has IT answered?" in small.text("U1")


async def test_a_chat_of_two_people_is_not_taken_for_the_one_with_us(small: Office) -> None:
    """Words can be called anywhere, and Slack names every chat of two alike."""
    await small.hire(*staff(20))
    await small.ask(WEEKLY)
    await small.command("U1", "next", channel="D0MIARAJ")
    assert small.slack.news() == []
    await small.at(OPENS)
    for label in ("Skip this one",) * 2:
        await small.press("U1", label)
    await small.press("U1", "Write")
    await small.send("U1", text="Please answer me")
    thanks, label = small.workspace.said("U1")[-1], "Let IT answer me, without learning who I am"
    await small.press_unseen("U1", thanks, label, channel="D0MIARAJ")
    assert "Has IT answered?" in small.text("U1")


async def test_all_questions_at_once_open_a_window_where_a_message_is_too_small(
    small: Office,
) -> None:
    asked = "How likely are you to recommend IT to a colleague?"
    many = tuple(Question(f"r{number}", "recommend", asked) for number in range(9))
    await small.hire(*staff(20))
    await small.ask(replace(WEEKLY, questions=many, above_cap=True))
    await small.at(OPENS)
    for _ in many:
        await small.press("U1", "Skip this one")
    await small.press("U1", "Change an answer")
    (window,) = small.workspace.windows["U1"]
    assert texts(window).count("How likely") == 9
    await small.press_in_window("U1", "9")
    assert "Your answers are in" in texts(small.workspace.windows["U1"])


async def test_home_shows_what_waits_and_answers_there(small: Office) -> None:
    await small.hire(*staff(20))
    empty = await small.home("U1")
    assert "I ask you now and then" in texts(empty)
    await small.ask(WEEKLY)
    await small.at(OPENS)
    home = await small.home("U1", view={"id": "V1"})
    assert "I ask you now and then" not in texts(home)
    assert "How satisfied were you with IT?" in texts(home)
    assert "How IT is doing" not in texts(home)
    await small.press_at_home("U1", "Satisfied")
    assert "What went well?" in texts(small.workspace.homes["U1"])
    await small.press_at_home("U1", "How is this kept confidential?")
    assert "sealed the moment you press" in texts(small.workspace.windows["U1"])


async def test_home_shows_the_last_summary_to_leads(small: Office) -> None:
    await opened(small)
    await small.grant("p001@example.com", "lead")
    for number in range(1, 21):
        await small.press(f"U{number}", "Satisfied")
    await small.at(CLOSES)
    assert "20 of 20" in texts(await small.home("U1"))
    assert "20 of 20" not in texts(await small.home("U2"))


async def test_where_slack_takes_no_charts_a_lead_gets_a_picture(tmp_path: Path) -> None:
    ours: dict[str, Any] = {"public_url": "https://itpulse.example.com", "secret_key": "s" * 32}
    url = f"sqlite:///{tmp_path}/itpulse.sqlite"
    async with open_office(tmp_path, url, **ours) as office:
        office.workspace.takes_charts = False
        await opened(office)
        await office.grant("p001@example.com", "lead")
        for number in range(1, 21):
            await office.press(f"U{number}", "Satisfied")
        await office.at(CLOSES)
        (shown,) = (await office.command("U1", "trend"))["more"]
        (picture,) = (block for block in shown["blocks"] if block["type"] == "image")
        assert "24 Nov: 4.0" in picture["alt_text"]
        async with office.client.get(urlsplit(picture["image_url"]).path) as answer:
            assert (answer.status, answer.content_type) == (200, "image/png")


async def test_home_of_somebody_unknown_says_so(small: Office) -> None:
    assert "don't know you yet" in texts(await small.home("U77"))


async def test_grumbling_by_a_shortcut_happens_in_a_window(small: Office) -> None:
    await opened(small)
    await small.shortcut("U1", "grumble")
    await small.press_in_window("U1", "Write")
    assert len(small.workspace.windows["U1"]) == 2
    await small.send("U1", text="The coffee machine's Wi-Fi")
    (window,) = small.workspace.windows["U1"]
    assert "Thank" in texts(window) or "in the box" in texts(window)
    assert len(small.workspace.said("U1")) == 1


async def test_ones_own_message_becomes_feedback_and_nobody_elses(small: Office) -> None:
    await opened(small)
    mine = {"user": "U1", "text": "VPN is &lt;down&gt; again", "ts": "1.2"}
    await small.shortcut("U1", "feedback", mine)
    await small.press_in_window("U1", "Send this with my name")
    kept = await small.house.store.read(lambda tx: tx.named.grumbles(10))
    assert [one.body for one in kept] == ["VPN is <down> again"]
    await small.shortcut("U2", "feedback", mine)
    assert "own messages" in texts(small.workspace.windows["U2"])


async def test_a_control_nobody_drew_is_told_kindly(small: Office) -> None:
    await opened(small)
    payload = small.pressing("U1", "Satisfied")
    for value in ("nonsense", "answer|r|q|{", "boom|r|q|1", 'answer|r|q|{"form":"!"}', None):
        payload["actions"][0]["value"] = value
        payload = {**payload, "response_url": small.workspace.answers_to("U1")}
        await small.interact(payload)
        assert "don't know that button" in texts(small.workspace.whispers[payload["response_url"]])


async def test_members_nobody_listed_are_asked_company_wide(small: Office) -> None:
    await small.hire(*staff(20), listed=False)
    await small.ask(WEEKLY)
    await small.at(OPENS)
    for number in range(1, 21):
        await small.press(f"U{number}", "Satisfied")
    await small.at(CLOSES)
    found = await small.house.store.read(lambda tx: summary_wire(tx, None, None, 1))
    assert (found["answered"], found["invited"]) == (20, 20)
    people = await small.house.store.read(lambda tx: tx.people.all())
    assert {one.unit for one in people} == {"Unassigned"}


async def test_who_comes_changes_and_leaves_is_heard_of(small: Office) -> None:
    await small.hire(*staff(3))
    small.workspace.join("U50", "new@example.com", tz="Asia/Tokyo")
    await small.event(type="team_join", user=small.workspace.members["U50"])
    await small.event(type="user_change", user={**small.workspace.members["U1"], "deleted": True})
    told = {profile.user: profile for profile in small.slack.news()}
    assert (told["U50"].email, told["U50"].zone) == ("new@example.com", "Asia/Tokyo")
    assert told["U1"].gone


async def test_who_left_while_we_were_away_is_let_go(small: Office) -> None:
    await small.hire(*staff(3))
    small.workspace.members["U2"]["deleted"] = True
    small.workspace.members["U3"]["is_restricted"] = True
    await small.meet()
    await small.meet()
    everybody = [Address("slack", small.workspace.team, f"U{number}") for number in (1, 2, 3)]
    known = await small.house.store.read(lambda tx: tx.people.attached(everybody))
    assert [address.user for address in known] == ["U1"]


async def test_a_guest_of_another_company_becomes_nobody_here(small: Office) -> None:
    """Their own company says what their e-mail is, and may say that of somebody here."""
    await small.hire(*staff(3))
    await small.grant("p001@example.com", "admin")
    small.workspace.join("U66", "p001@example.com", team_id="T0OTHER")
    await small.event(type="user_change", user=small.workspace.members["U66"])
    await small.meet()
    boss = await small.house.store.read(lambda tx: tx.people.by_email("p001@example.com"))
    assert boss
    addresses = await small.house.store.read(lambda tx: tx.people.addresses([boss.id]))
    assert [address.user for address in addresses[boss.id]] == ["U1"]


async def test_a_member_of_a_sister_workspace_is_a_colleague_where_they_are_here(
    small: Office,
) -> None:
    teams = [small.workspace.team, "T0SISTER"]
    small.workspace.join(
        "U7", "z@example.com", team_id="T0SISTER", enterprise_user={"teams": teams}
    )
    assert [profile.email async for profile in small.slack.people()] == ["z@example.com"]


async def test_an_answer_teaches_nothing_that_would_be_written(small: Office) -> None:
    """Else whoever has a row that was written today is whoever has answered."""
    await small.hire(*staff(20))
    await small.ask(WEEKLY)
    await small.at(OPENS)
    small.slack.roster.forget_reach(small.workspace.team, "U1")
    small.slack.news()
    await small.press("U1", "Satisfied")
    assert small.slack.news() == []


async def test_slack_is_told_that_we_are_here(small: Office) -> None:
    status, told = await small.post(
        '{"type":"url_verification","challenge":"abc","token":"t"}', "application/json"
    )
    assert (status, told) == (200, {"challenge": "abc"})
    status, _ = await small.post("ssl_check=1&token=t", "application/x-www-form-urlencoded")
    assert status == 200


async def opened(office: Office) -> None:
    """Twenty people who have just been asked."""
    await office.hire(*staff(20))
    await office.ask(WEEKLY)
    await office.at(OPENS)


async def test_who_asks_for_later_in_slack_is_asked_again_then(small: Office) -> None:
    await opened(small)
    await small.press("U1", "Ask me later")
    assert "When may I ask you again?" in small.text("U1")
    await small.press("U1", "Later today, 13:00")
    assert "ask again today at 13:00" in small.text("U1")
    await small.press("U1", "Another time")
    await small.press("U1", "Tomorrow, 10:00")
    assert len(small.workspace.said("U1")) == 1
    await small.at("2026-11-25T10:00:00+00:00")
    assert [len(small.workspace.said(user)) for user in ("U1", "U2")] == [2, 1]
    await small.press("U1", "Satisfied")
    assert "What went well?" in small.text("U1")


async def test_words_of_ones_own_are_written_from_home_too(small: Office) -> None:
    await opened(small)
    await small.home("U1")
    for _ in range(2):
        await small.press_at_home("U1", "Skip this one")
    await small.press_at_home("U1", "Write")
    await small.send("U1", text="From home")
    assert "Your answers are in" in texts(small.workspace.homes["U1"])
    await small.press_at_home("U1", "Let IT answer me, without learning who I am")
    assert "Has IT answered?" in small.text("U1")


async def test_somebody_unknown_who_writes_is_told_so(small: Office) -> None:
    await opened(small)
    small.workspace.join("U70", "stranger@example.com")
    await small.write("U70", "next")
    assert "don't know you yet" in small.text("U70")
