"""Whoever steals the database, its backups and the logs, but not the keys, learns nothing either:
not whose ballot is whose, not who has answered, not whose comment it was."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests import postgres
from tests.attack.chance import MARGIN, Guess, best_drift, drift, guess
from tests.attack.shelves import NAMING
from tests.attack.storing import PEOPLE, SCORE, SECRET, Look, Story, Thief, gossip, play
from tests.faults.search import checkpoint, lies_in, places
from tests.stories.company import open_company

#: How looks are called before which people have pressed something, and nothing else was done.
PRESSED: Final = ("answered", "put off")


class Stolen(NamedTuple):
    story: Story
    #: Where an answer, a key or a sealed ballot still lies in the end.
    left: list[str]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def stolen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stolen]:
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield asyncio.run(steal(folder, f"sqlite:///{folder / 'house' / 'itpulse.sqlite'}"))
    else:
        databases: postgres.Databases = request.getfixturevalue("postgresql_databases")
        with databases.fresh() as url:
            yield asyncio.run(steal(folder, url))


async def steal(folder: Path, url: str) -> Stolen:
    house = folder / "house"
    house.mkdir()
    async with open_company(house, url) as company:
        thief = Thief(folder, url, company)
        story = await play(thief)
        checkpoint(url)
        words = [SECRET.encode(), f'"{SCORE.id}":'.encode(), *thief.keys]
        if url.startswith("sqlite"):
            words += [body[:64] for look in story.looks for body in look.shelves.bodies.values()]
        return Stolen(story, lies_in(places(house, url), *words))


def while_open(story: Story) -> list[Look]:
    *looks, _ = story.looks
    return looks


def guesses(story: Story, look: Look) -> Iterator[Guess]:
    """Every order in which ballots lie, beside every order in which people do."""
    orders = product(look.shelves.ballots.items(), look.shelves.people.items())
    for (ballots, tags), (people, ids) in orders:
        if ids:
            name = f"{look.name}: {ballots} ~ {people}"
            yield guess(name, tags, ids, story.whose, look.since)


def test_no_order_of_ballots_follows_any_order_of_people(stolen: Stolen) -> None:
    for look in while_open(stolen.story):
        tried = list(guesses(stolen.story, look))
        assert len(tried) > 50
        assert not [found for found in tried if found.beats_chance(PEOPLE, len(look.since))]


def test_a_row_about_somebody_is_there_for_everybody_or_nobody(stolen: Stolen) -> None:
    for look in stolen.story.looks:
        for name, ids in look.shelves.people.items():
            assert len(ids) in (0, PEOPLE), name


def test_no_row_about_somebody_moves_when_they_answer(stolen: Stolen) -> None:
    """Neither while the round is open nor after it."""
    answered: set[int] = set()
    for look in stolen.story.looks:
        answered |= look.since
        for (name, ids), some in product(look.shelves.people.items(), (look.since, answered)):
            if ids and some:
                best = best_drift(PEOPLE, len(some))
                assert drift(ids, some) <= best * MARGIN, f"{look.name}: {name}"


def test_the_thief_reads_in_which_order_ballots_were_written(stolen: Stolen) -> None:
    """So it is there to be read, and only has nothing to be laid beside."""
    story = stolen.story
    look = next(look for look in story.looks if look.name == "answered")
    arrived = [id for id in story.answered if id in look.since]
    last = [
        [story.whose[tag] for tag in tags][-len(arrived) :]
        for tags in look.shelves.ballots.values()
    ]
    assert arrived in last


def test_who_writes_a_ballot_writes_nothing_that_names_anybody(stolen: Stolen) -> None:
    for look in stolen.story.looks:
        assert look.shelves.together
        for tables in look.shelves.together:
            assert "ballot" not in tables or not tables & NAMING.keys(), look.name


def test_sealing_again_and_reminding_write_every_ballot(stolen: Stolen) -> None:
    """Even where it is time for a reminder in one town only."""
    told = []
    for before, after in pairwise(while_open(stolen.story)):
        old, new = before.shelves.bodies, after.shelves.bodies
        assert old.keys() == new.keys()
        assert len({len(body) for body in new.values()}) == 1
        changed = {stolen.story.whose[tag] for tag in new if new[tag] != old[tag]}
        told.append((after.name, "all" if len(changed) == PEOPLE else changed))
        if after.name.startswith(PRESSED):
            assert changed == after.since
    assert {name for name, changed in told if changed == "all"} == {
        "sealed again", "before the reminder", "some reminded", "all reminded",
    }  # fmt: skip


def test_asking_again_whoever_wished_it_writes_no_ballot(stolen: Stolen) -> None:
    """So two copies of the database differ by what was pressed, an answer or a wish alike."""
    story = stolen.story
    assert story.asked_again == set(story.put_off)
    assert len(story.put_off) == 30
    looks = {look.name: look for look in story.looks}
    assert looks["asked again"].shelves.bodies == looks["put off"].shelves.bodies
    assert looks["asked again"].since == frozenset()


def test_comments_lie_in_no_order_of_their_authors(stolen: Stolen) -> None:
    story, look = stolen.story, stolen.story.looks[-1]
    authors = list(story.wrote.values())
    known = {"arrival": story.answered} | dict(look.shelves.people)
    tried = []
    for (texts, bodies), (people, ids) in product(look.shelves.texts.items(), known.items()):
        if ids:
            theirs = [id for id in ids if id in authors]
            tried.append(guess(f"{texts} ~ {people}", bodies, theirs, story.wrote))
    assert len(tried) > 20
    assert not [found for found in tried if found.beats_chance(len(authors))]


def test_after_the_close_neither_answers_nor_keys_are_on_disk(stolen: Stolen) -> None:
    assert stolen.left == []


def test_the_log_says_nothing_of_who_answers(stolen: Stolen) -> None:
    story = stolen.story
    for look in story.looks:
        assert not look.name.startswith((*PRESSED, "asked")) or look.logged == ()
        for line in look.logged:
            assert SECRET not in line
            assert "@example.com" not in line
            assert not any(tag.hex() in line for tag in story.whose)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_product_that_notes_who_answered_is_caught(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The same reading finds what lies there where a ballot is written beside its delivery."""
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'house' / 'itpulse.sqlite'}"
    else:
        url = request.getfixturevalue("postgresql_url")
    story = asyncio.run(_gossip(tmp_path, url))
    look = story.looks[-1]
    assert any("ballot" in tables and tables & NAMING.keys() for tables in look.shelves.together)
    if database == "postgresql":
        some = len(look.since)
        assert [g for g in guesses(story, look) if g.beats_chance(PEOPLE, some)]
        assert any(
            drift(ids, look.since) > best_drift(PEOPLE, some) * MARGIN
            for ids in look.shelves.people.values()
            if ids
        )


async def _gossip(folder: Path, url: str) -> Story:
    (folder / "house").mkdir()
    async with open_company(folder / "house", url) as company:
        return await gossip(Thief(folder, url, company))
