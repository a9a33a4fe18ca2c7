"""What every word of `/itpulse` must do: one body over all of them, in a company with a history.

New words are found by themselves.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cards import Card, Facts, Heading, Prose, Reply
from bot.commands import COMMANDS, spoken
from bot.commands.command import Command
from bot.domain.people import GRANTS
from bot.errors import NotAllowed, Refusal, UnknownPerson
from bot.refs import Ref
from tests.contract.speakers import (
    ADMIN,
    DONE,
    EDITOR,
    EVERYBODY,
    HALFWAY,
    LEAD,
    NEWCOMER,
    SILENT,
    Speaker,
    database,
    two_weeks,
)
from tests.stories.company import open_company, staff

pytestmark = pytest.mark.contract

commands = pytest.mark.parametrize("command", COMMANDS.values(), ids=list(COMMANDS))

#: What somebody may type behind a word, by mistake or not.
ODD: Final = (
    " ", "?", "Finance", "finance ", "FINANCE, SALES", "Nowhere", "Legal", "a, b", ",,,", "me",
    "-1", "0", "99999999999999999999", "2026-12-01", "2026-02-30", "10:00", "25:99", "tomorrow",
    "p001@example.com", "nobody@example.com", "p001@example.com admin", "it-weekly", "x" * 5_000,
    "it-weekly close", "it-weekly@2026-11-24", "'; DROP TABLE person; --", "%s %d {0} {x!r}",
    "<b>bold</b>", "*bold* _x_ `y` <@U1>", "“quoted”", '"unclosed', "a\nb\tc", "\0", "\x1b[31m",
    "../../etc/passwd",
    "\ud800", "İıſß", "\u202eabc", "😀" * 50, "長" * 300, "|", "answer|x|y", "=1+1", "null", "True",
)  # fmt: skip


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("played")
    asyncio.run(two_weeks(folder))
    return folder


@pytest_asyncio.fixture
async def speaker(played: Path, tmp_path: Path) -> AsyncIterator[Speaker]:
    """Each test has the company to itself."""
    folder = tmp_path / "company"
    shutil.copytree(played, folder)
    async with open_company(folder, database(folder)) as company:
        yield Speaker(company)


def said(command: Command) -> Iterator[str]:
    yield command.word
    if command.example:
        yield f"{command.word} {command.example}"


def answered_kindly(reply: Reply) -> None:
    """With something to look at, or with one sentence that says what to do."""
    if reply.refusal is None:
        cards = [*reply.say, *([reply.redraw] if reply.redraw else [])]
        assert cards or reply.open, "nothing was said at all"
        assert all(card.summary.strip() and card.parts for card in cards)
        assert not reply.errors
    else:
        sentence = str(reply.refusal)
        assert sentence[0].isupper()
        assert sentence.rstrip("”").endswith((".", "?", "!")) or ":" in sentence
        assert not any((reply.say, reply.redraw, reply.open))


def words_listed(cards: tuple[Card, ...]) -> set[str]:
    rows = [
        row for card in cards for part in card.parts if isinstance(part, Facts) for row in part.rows
    ]
    return {word for word, _ in rows}


@commands
def test_a_command_says_in_a_line_what_it_is_for(command: Command) -> None:
    assert COMMANDS[command.word] is command
    assert command.word == command.word.lower() == command.word.strip()
    assert 0 < len(command.says) < 100
    assert "\n" not in command.says


@commands
async def test_everybody_is_answered(command: Command, speaker: Speaker) -> None:
    for words in said(command):
        for email in EVERYBODY:
            answered_kindly(await speaker.says(email, words))


@commands
async def test_a_stranger_is_told_whom_to_ask(command: Command, speaker: Speaker) -> None:
    for words in said(command):
        reply = await speaker.says("stranger@example.com", words)
        assert isinstance(reply.refusal, UnknownPerson)


@commands
async def test_a_company_that_was_never_asked_anything_is_answered_too(
    command: Command, tmp_path: Path
) -> None:
    async with open_company(tmp_path, database(tmp_path)) as company:
        await company.hire(*staff(3))
        await company.grant(LEAD, "lead", "admin", "editor")
        speaker = Speaker(company)
        for words in said(command):
            for email in (LEAD, EDITOR):
                answered_kindly(await speaker.says(email, words))


@commands
async def test_a_command_is_for_those_it_is_for(command: Command, speaker: Speaker) -> None:
    for grants in chain.from_iterable(combinations(sorted(GRANTS), n) for n in range(4)):
        await speaker.company.grant(SILENT, *grants)
        allowed = command.needs is None or bool({command.needs, "admin"} & set(grants))
        reply = await speaker.says(SILENT, command.word)
        if command.needs:
            assert isinstance(reply.refusal, NotAllowed) is not allowed
        assert (command.word in await listed(speaker, SILENT)) is allowed


async def listed(speaker: Speaker, email: str) -> set[str]:
    return words_listed((await speaker.says(email, "help")).say)


@commands
async def test_a_command_that_writes_nothing_only_reads(command: Command, speaker: Speaker) -> None:
    for words in said(command):
        speaker.store.asked.clear()
        await speaker.says(ADMIN, words)
        assert set(speaker.store.asked) == {"writing" if command.writes else "reading"}


@commands
async def test_a_button_for_a_word_is_the_word(command: Command, speaker: Speaker) -> None:
    if not command.writes:
        pressed = await speaker.presses(ADMIN, Ref("command", item=command.word))
        assert gist(pressed) == gist(await speaker.says(ADMIN, command.word))


@commands
async def test_a_word_is_heard_however_it_is_written(command: Command, speaker: Speaker) -> None:
    if not command.writes:
        expected = gist(await speaker.says(ADMIN, command.word))
        for words in (
            f"/itpulse {command.word}",
            f"  {command.word.upper()} ",
            command.word + "\n",
        ):
            assert gist(await speaker.says(ADMIN, words)) == expected
        assert gist(await speaker.types(ADMIN, command.word.title())) == expected


@commands
async def test_odd_words_are_answered_or_refused(command: Command, speaker: Speaker) -> None:
    await speaker.company.grant(LEAD, *GRANTS)
    for odd in ODD:
        for email in (LEAD, SILENT):
            reply = await speaker.says(email, f"{command.word} {odd}")
            assert isinstance(reply.refusal, Refusal | None), odd


@commands
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd=st.text(max_size=30))
async def test_any_words_are_answered_or_refused(
    command: Command, speaker: Speaker, odd: str
) -> None:
    await speaker.says(ADMIN, f"{command.word} {odd}")
    await speaker.types(ADMIN, f"{command.word} {odd}")


@pytest.mark.parametrize("words", ["hello", "itpulse", "summery", "/itpulse what?", "?", "123"])
async def test_an_unknown_word_means_help(words: str, speaker: Speaker) -> None:
    assert await speaker.says(SILENT, words) == await speaker.says(SILENT, "help")


@pytest.mark.parametrize("words", ["", " ", "/itpulse", "/ITPULSE  "])
async def test_no_word_at_all_means_the_summary(words: str, speaker: Speaker) -> None:
    assert gist(await speaker.says(LEAD, words)) == gist(await speaker.says(LEAD, "summary"))
    assert isinstance((await speaker.says(SILENT, words)).refusal, NotAllowed)


@pytest.mark.parametrize(
    "words",
    ["summary Finance", "summary\nFinance", "summary\t Finance ", "/itpulse\nsummary Finance"],
)
def test_what_follows_a_word_is_told_apart_by_any_space(words: str) -> None:
    command, rest = spoken(words)
    assert (command.word, rest) == ("summary", "Finance")


async def test_help_is_the_same_whatever_follows_it(speaker: Speaker) -> None:
    assert await speaker.says(SILENT, "help me, please") == await speaker.says(SILENT, "help")


async def test_the_summary_tells_a_lead_how_many_answered(speaker: Speaker) -> None:
    (card,) = (await speaker.says(LEAD, "summary")).say
    assert "22 of 28 answered" in card.summary
    (card,) = (await speaker.says(LEAD, "summary finance")).say
    assert "Finance" in headings(card)


async def test_a_unit_too_small_is_shown_only_as_part_of_a_larger_group(speaker: Speaker) -> None:
    (card,) = (await speaker.says(LEAD, "summary Legal")).say
    said = " ".join(part.text for part in card.parts if isinstance(part, Prose))
    assert "part of" in said
    assert not any(isinstance(part, Facts) for part in card.parts)


async def test_who_compares_nothing_hears_what_there_is_to_compare(speaker: Speaker) -> None:
    (card,) = (await speaker.says(LEAD, "compare")).say
    told = " ".join(part.text for part in card.parts if isinstance(part, Prose))
    assert "for example: compare" in told
    units = await speaker.company.house.store.read(lambda tx: tx.people.units())
    assert all(unit in told for unit in units)
    refused = (await speaker.says(LEAD, "compare Finance, Nowhere")).refusal
    assert all(unit in str(refused) for unit in units)


async def test_what_waits_is_where_the_dialogue_was_left(speaker: Speaker) -> None:
    (opening,) = (await speaker.says(SILENT, "next")).say
    assert "How is IT doing for you?" in opening.summary
    (halfway,) = (await speaker.says(HALFWAY, "next")).say
    # In all its wordings: the one that was asked tells the score.
    assert halfway.summary.startswith("Question 2 of 4: What got in the way? / ")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])
async def test_the_next_day_is_told_as_it_is_where_one_lives(zone: str, speaker: Speaker) -> None:
    (moved,) = staff(1, "Finance", first=4, zone=zone)
    await speaker.company.hire(moved)
    (card,) = (await speaker.says(DONE, "next")).say
    assert "The next questions come on Tuesday 8 December." in card.summary


async def test_somebody_who_came_later_has_nothing_waiting(speaker: Speaker) -> None:
    (card,) = (await speaker.says(NEWCOMER, "next")).say
    assert "Nothing is waiting for you" in card.summary


def headings(card: Card) -> str:
    return " ".join(part.text for part in card.parts if isinstance(part, Heading))


def gist(reply: Reply) -> tuple[object, ...]:
    """A reply to compare; refusals are equal by what they say."""
    return (reply.say, reply.redraw, reply.open, str(reply.refusal))
