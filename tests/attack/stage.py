"""Plays the company through the product: its store, its engine, its ticks under a pushed clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from bot.cards import Reply
from bot.domain.answer import Released
from bot.domain.ballot import Answers, Ballot
from bot.domain.connections import ReleasedConnections
from bot.domain.counting import Count
from bot.domain.people import Place
from bot.domain.publishing import Release, release
from bot.domain.rounds import Round
from bot.errors import Refusal
from bot.events import Address, Submitted
from bot.ports import Transaction
from bot.refs import Ref
from schedules.close_rounds import listener
from tests.attack.world import ENDS, ROUNDS, STARTS, Submission, World, round_name
from tests.staff import published
from tests.stories.company import Company, open_company


@dataclass(frozen=True, slots=True)
class Said:
    """A submission that the product took."""

    person: str
    place: Place
    #: From 0.
    round: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class Played:
    world: World
    rounds: tuple[Round, ...]
    #: What the product published of each round.
    released: tuple[Released, ...]
    #: And which answers go together in each, where that was told.
    connections: tuple[ReleasedConnections | None, ...]
    said: tuple[Said, ...]
    #: What it refused, late answers among them, and why.
    refused: tuple[tuple[Submission, str], ...]

    def place(self, email: str) -> Place:
        return next(p.place for p in self.world.people if p.email == email)

    def publish(self, round: int, said: Sequence[Said]) -> Released:
        """A round published once more by the real code, from these answers."""
        return read(self.release(round, said))

    def release(self, round: int, said: Sequence[Said]) -> Release:
        people = list(self.world.people)
        found = release(
            self.rounds[round],
            self.count(round, said),
            listener([person.name for person in people]),
        )
        assert found, "too few answered"
        return found

    def count(self, round: int, said: Sequence[Said]) -> Count:
        count = Count()
        for one in said:
            count.add(self.rounds[round].plan, Ballot(one.place).answered(one.answers))
        return count

    def of_round(self, round: int) -> list[Said]:
        return [one for one in self.said if one.round == round]


def read(found: Release) -> Released:
    """A release as it is read back from the store."""
    return Released.of(published(found), [found.round])


async def play(world: World, folder: Path) -> Played:
    async with open_company(folder, f"sqlite:///{folder}/itpulse.sqlite", STARTS) as company:
        await company.hire(*world.people)
        # It asks more than a person is asked a week, which takes an admin's yes.
        await company.ask(replace(world.pulse, above_cap=True))
        replies = await _submit_all(company, world)
        await company.house.push(ENDS)
        found = await company.house.store.read(_found)
    places = {person.email: person.place for person in world.people}
    taken = [Said(s.person, places[s.person], s.round, s.answers) for s, why in replies if not why]
    refused = [(s, why) for s, why in replies if why]
    return Played(world, *found, tuple(taken), tuple(refused))


async def _submit_all(company: Company, world: World) -> list[tuple[Submission, str]]:
    """Each with the reason for which it was refused, or nothing."""
    addresses = await company.house.store.read(addresses_of)
    told: list[tuple[Submission, str]] = []
    for at, together in groupby(world.submissions, key=lambda s: s.at):
        await company.house.push(at)
        for one in together:
            ref = Ref("answers", round_name(one.round))
            event = Submitted(f"event-{len(told)}", addresses[one.person], at, ref, one.answers)
            told.append((one, _why(await company.house.handle(event))))
    return told


def _why(reply: Reply) -> str:
    wrong: Refusal | None = reply.refusal or next(iter(reply.errors.values()), None)
    return wrong.reason if wrong else ""


def addresses_of(tx: Transaction) -> dict[str, Address]:
    people = {person.id: person.email for person in tx.people.all()}
    return {people[id]: first for id, (first, *_) in tx.people.addresses(people).items()}


def _found(
    tx: Transaction,
) -> tuple[tuple[Round, ...], tuple[Released, ...], tuple[ReleasedConnections | None, ...]]:
    names = [round_name(number) for number in range(ROUNDS)]
    rounds = [found for name in names if (found := tx.rounds.get(name))]
    published = {r.round: r for r in tx.releases.rounds("it-weekly")}
    released = tuple(Released.of(tx, [published[name]]) for name in names)
    return tuple(rounds), released, tuple(map(tx.releases.connections, names))
