"""What a pulse adds to what people are asked already, before anybody is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Final, NamedTuple

from bot import wording
from bot.agenda import Agenda
from bot.domain import shape
from bot.domain.bank import walk_of
from bot.domain.fatigue import ALONE, Asked, Reason
from bot.domain.people import Person
from bot.domain.pulse import FEWEST_INVITED, Pulse
from bot.domain.rounds import Held
from bot.domain.shape import Hidden
from bot.ports import Transaction

WHY: Final[Mapping[Reason, str]] = {
    "wish": "do not want to be asked",
    "away": "have days off",
    "open": "have another round open",
    "alone": "were asked much in the last four weeks",
    "cooldown": "were asked a few days ago",
    "week": "have had this week's questions",
    "bank": "wait until what they missed comes again",
}
#: How far ahead the load is reckoned.
AHEAD: Final = ALONE
YEAR: Final = timedelta(days=366)
WEEKS: Final = AHEAD.days // 7


class Coming(NamedTuple):
    """A card somebody will be sent, as things stand."""

    pulse: str
    #: The local date of its round.
    opens: date
    person: int
    asked: Asked


@dataclass(frozen=True, slots=True)
class Load:
    """What launching a pulse would mean."""

    #: Whom its audience names, and how many of them the first round asks.
    audience: int
    asked: int
    #: Why the others are not asked.
    spared: Mapping[Reason, int]
    #: The first round's local dates; None where none opens in four weeks.
    opens_on: date | None
    closes_on: date | None
    #: Questions a person and week in its audience, over the next four weeks, without it and with.
    before: float
    after: float
    #: Rounds of other pulses that would ask fewer people, and by how many cards.
    fewer_elsewhere: int
    #: Rounds until its whole bank was sent, and the last day of the last of them; 0 without a bank.
    walk: int = 0
    walked_on: date | None = None


def load(tx: Transaction, pulse: Pulse, now: datetime) -> Load:
    """Reads only; the pulse need not be stored."""
    agenda = Agenda.of(tx, now)
    agenda, today = replace(agenda, times=agenda.times.without(pulse.id)), now.date()
    mine = agenda.considering(tx, pulse)
    pulse = mine.pulses[pulse.id]
    mine, many = _grouped(mine)
    agenda = replace(agenda, everybody=mine.everybody, asked=mine.asked)
    without, coming = (list(forecast(a, today, many=many)) for a in (agenda, mine))
    audience = {p.id: many[p.id] for p in mine.everybody if pulse.audience.invites(p)}
    first = next(mine.times.days(pulse, today, today + AHEAD), None)
    why_not = _when_it_opens(mine, coming, pulse, first, many) if first else {}
    spared: Counter[Reason | None] = Counter()
    for person, reason in why_not.items():
        spared[reason] += many[person]
    return Load(
        audience=sum(audience.values()),
        asked=spared.pop(None, 0),
        spared={reason: count for reason, count in spared.items() if reason},
        opens_on=first,
        closes_on=first and mine.times.last_day(pulse, first),
        before=_per_week(without, audience),
        after=_per_week(coming, audience),
        fewer_elsewhere=max(
            0, _cards_of_others(without, pulse, many) - _cards_of_others(coming, pulse, many)
        ),
        walk=walk_of(pulse),
        walked_on=_walked_on(mine, pulse, today),
    )


def _walked_on(agenda: Agenda, pulse: Pulse, today: date) -> date | None:
    """As if its next round were the first; None where that is more than a year off, and where a
    round asks only some, so that everybody has dates of their own.
    """
    if not pulse.bank or pulse.rotation == "slices":
        return None
    days = agenda.times.days(pulse, today, today + YEAR)
    last = next(islice(days, walk_of(pulse) - 1, None), None)
    return last and agenda.times.last_day(pulse, last)


def _grouped(agenda: Agenda) -> tuple[Agenda, dict[int, int]]:
    """One person for all whom the same would be sent, and how many each stands for: the reckoning
    does not grow with the company.
    """
    found: dict[tuple[object, ...], list[Person]] = {}
    for person in agenda.everybody:
        turns = (
            (pulse.audience.invites(person), agenda.slots.get(pulse.id, {}).get(person.id))
            for pulse in agenda.pulses.values()
        )
        cards = tuple(agenda.asked.get(person.id, ()))
        wishes = tuple((w.pulse, w.until) for w in agenda.wishes.get(person.id, ()))
        walks = tuple(walks.get(person.id, ()) for walks in agenda.seen.values())
        found.setdefault((person.country, cards, wishes, walks, *turns), []).append(person)
    many = {people[0].id: len(people) for people in found.values()}
    history = {who: cards for who, cards in agenda.asked.items() if who in many}
    everybody = [people[0] for people in found.values()]
    return replace(agenda, everybody=everybody, asked=history), many


def _when_it_opens(
    agenda: Agenda, coming: list[Coming], pulse: Pulse, first: date, many: Mapping[int, int]
) -> dict[int, Reason | None]:
    """Who is asked by the first round, and why others are not, after all that comes before it."""
    asked = _until_their_last_day(agenda)
    earlier = takewhile(lambda card: card.pulse != pulse.id and card.opens <= first, coming)
    for card in earlier:
        asked.setdefault(card.person, []).append(card.asked)
    why_not = replace(agenda, asked=asked).why_not(pulse, first)
    people = [p for p in agenda.everybody if p.id in why_not and why_not[p.id] is None]
    in_step = {person.id for person in agenda.in_step(pulse, people, many)[1]}
    return {who: reason if reason or who in in_step else "bank" for who, reason in why_not.items()}


def _until_their_last_day(agenda: Agenda) -> dict[int, list[Asked]]:
    return {who: [replace(a, open=False) for a in cards] for who, cards in agenda.asked.items()}


def forecast(
    agenda: Agenda,
    today: date,
    ahead: timedelta = AHEAD,
    many: Mapping[int, int] | None = None,
) -> Iterator[Coming]:
    """Every card of the rounds that open from a day on, if nothing changes and no round is closed
    early; a confidential round with too few people does not open. `many` are how many people each
    person stands for, one where it does not say.
    """
    asked = _until_their_last_day(agenda)
    held = {pulse: list(rounds) for pulse, rounds in agenda.times.held.items()}
    times = replace(agenda.times, held=held)
    agenda = replace(agenda, asked=asked, times=times)
    for day, pulses in times.calendar(today, today + ahead):
        for pulse in sorted(pulses, key=times.waits_since):
            cards = _cards(agenda, pulse, day, many or {})
            held[pulse.id].append(Held(day, bool(cards)))
            for card in cards:
                asked.setdefault(card.person, []).append(card.asked)
            yield from cards


def next_card(agenda: Agenda, today: date) -> date | None:
    """The day on which the one person of an agenda is asked next, if enough others are asked too;
    None where that is not within a year.
    """
    enough = {person.id: FEWEST_INVITED for person in agenda.everybody}
    for ahead in (AHEAD, YEAR):
        cards = forecast(agenda, today, ahead, enough)
        if days := [card.asked.day for card in cards]:
            return min(days)
    return None


def _cards(agenda: Agenda, pulse: Pulse, day: date, many: Mapping[int, int]) -> list[Coming]:
    end, load = agenda.times.last_day(pulse, day), pulse.load
    why_not = agenda.why_not(pulse, day)
    people = [p for p in agenda.everybody if p.id in why_not and why_not[p.id] is None]
    asked = sum(many.get(person.id, 1) for person in people)
    if pulse.manner == "confidential" and asked < FEWEST_INVITED:
        return []
    days = {c: agenda.times.send_day(pulse, c, day) for c in {person.country for person in people}}
    cards = {
        country: Asked(on, load, pulse.above_cap, until=end, pulse=pulse.id)
        for country, on in days.items()
        if on
    }
    return [Coming(pulse.id, day, person.id, cards[person.country]) for person in people]


def _per_week(cards: list[Coming], audience: Mapping[int, int]) -> float:
    questions = sum(card.asked.questions * audience.get(card.person, 0) for card in cards)
    return questions / max(1, sum(audience.values())) / WEEKS


def _cards_of_others(cards: list[Coming], pulse: Pulse, many: Mapping[int, int]) -> int:
    return sum(many[card.person] for card in cards if card.pulse != pulse.id)


def told(load: Load, small: list[Hidden]) -> list[str]:
    """Sentences for whoever is about to launch a pulse."""
    if load.opens_on is None:
        opens = "No round opens within four weeks."
    else:
        spared = ", ".join(f"{count} {WHY[why]}" for why, count in sorted(load.spared.items()))
        opens = (
            f"The first round opens on {load.opens_on} and closes on {load.closes_on}. It asks "
            f"{load.asked} of {load.audience} people" + (f" ({spared})." if spared else ".")
        )
    more = (
        f"Together with the other pulses these people are asked {load.after:.1f} questions a week "
        f"over the next four weeks; without this one it is {load.before:.1f}."
    )
    fewer = (
        f"Because nobody is asked too often, other pulses send {load.fewer_elsewhere} fewer cards "
        "in these four weeks."
    )
    found = (opens, _walk(load), more, fewer if load.fewer_elsewhere else "", shape.told(small))
    return [sentence for sentence in found if sentence]


def _walk(load: Load) -> str:
    if not load.walk:
        return ""
    when = f", by {wording.day(load.walked_on)}" if load.walked_on else ""
    rounds = wording.count(load.walk, "round", "rounds")
    return f"Whoever misses no round is asked all that takes turns within {rounds}{when}."
