"""Whoever asks for later is offered times at which they work, before the round closes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot import compose_later
from bot.cards import Button, Buttons, Card
from bot.domain.cadence import local_day
from bot.domain.freeze import freeze
from bot.domain.house_rules import HouseRules
from bot.domain.people import Home, Person
from bot.domain.pulse import Cadence
from bot.domain.rounds import Plan, Round
from bot.domain.snooze import SOONEST, Offer, instants, offers
from bot.domain.workdays import EVENING, Workdays
from bot.refs import Ref
from tests.asking import pulse_of, question_of
from tests.pure.test_cadence import hours, zone_names
from tests.pure.test_workdays import calendars, countries

BERLIN: Final = Home("Europe/Berlin", "")
TUESDAY: Final = date(2026, 11, 24)
WEEK: Final = Cadence("FREQ=WEEKLY;BYDAY=TU", TUESDAY, time(10), open_working_days=5)
#: Thursday to Tuesday, so that there is a next week.
ACROSS: Final = replace(WEEK, rule="FREQ=WEEKLY;BYDAY=TH", starts=date(2026, 11, 26))


def round_of(cadence: Cadence, work: Workdays, day: date, *homes: Home) -> Round:
    people = [
        Person(f"p{n}@example.com", "P", zone=home.zone, country=home.country, id=n)
        for n, home in enumerate(homes, start=1)
    ]
    pulse = replace(pulse_of(question_of("satisfaction")), cadence=cadence)
    return freeze(pulse, people, day, work=work.of({home.country for home in homes}))


def berlin(cadence: Cadence = WEEK, work: Workdays | None = None, latest: str = "") -> Round:
    rules = HouseRules(latest=time.fromisoformat(latest)) if latest else HouseRules()
    return round_of(cadence, work or rules.work, cadence.starts, BERLIN)


def at(local: str, zone: str = BERLIN.zone) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def offered(round: Round, local: str) -> list[tuple[str, str]]:
    found = offers(round, BERLIN, at(local))
    zone = ZoneInfo(BERLIN.zone)
    return [(when, f"{instant.astimezone(zone):%a %d %H:%M}") for when, instant in found]


@settings(deadline=None)
@given(
    work=calendars(),
    day=st.dates(date(2024, 1, 1), date(2030, 12, 1)),
    cadence=st.builds(
        Cadence,
        rule=st.just("FREQ=DAILY"),
        starts=st.just(date(2024, 1, 1)),
        at=hours,
        open_working_days=st.integers(1, 12),
    ),
    homes=st.lists(st.builds(Home, zone_names, countries), min_size=1, max_size=4),
    minutes=st.integers(0, 14 * 24 * 60),
)
def test_what_is_offered_is_later_on_a_day_they_work_and_before_the_close(
    work: Workdays, day: date, cadence: Cadence, homes: list[Home], minutes: int
) -> None:
    assume(work.of({home.country for home in homes}).works(day))
    round, home = round_of(cadence, work, day, *homes), homes[0]
    now = round.opens_at + timedelta(minutes=minutes)
    found = offers(round, home, now)
    assert [offer.at for offer in found] == sorted({offer.at for offer in found})
    for offer in found:
        local = local_day(offer.at, home.zone)
        assert offer.at >= now + SOONEST
        assert offer.at < round.closes_at
        assert offer.at in instants(round, home)
        assert work.works_in(home.country, local)
        assert day <= local < round.plan.last_day
        assert (local == local_day(now, home.zone)) == (offer.when == "today")


@given(hours, hours)
def test_nobody_is_asked_again_after_the_hours_in_which_people_work(at: time, latest: time) -> None:
    round = berlin(replace(WEEK, at=at), Workdays(evening=latest))
    first, *later = round.plan.again_at
    assert first == at
    assert all(at < hour <= latest for hour in later)
    assert later == sorted(later)


def test_later_today_is_a_few_hours_on_while_there_is_a_today() -> None:
    for pressed, expected in (
        ("2026-11-24T10:05", [("today", "Tue 24 13:00"), ("tomorrow", "Wed 25 10:00")]),
        ("2026-11-24T12:30", [("today", "Tue 24 16:00"), ("tomorrow", "Wed 25 10:00")]),
        ("2026-11-24T15:30", [("tomorrow", "Wed 25 10:00")]),
        # What is usual, if they look before it is their hour.
        ("2026-11-25T08:00", [("today", "Wed 25 10:00"), ("tomorrow", "Thu 26 10:00")]),
        ("2026-11-25T23:30", [("tomorrow", "Thu 26 10:00")]),
    ):
        assert offered(berlin(), pressed)[: len(expected)] == expected


def test_next_week_is_its_first_working_day_and_offered_once() -> None:
    assert offered(berlin(ACROSS), "2026-11-26T10:05") == [
        ("today", "Thu 26 13:00"),
        ("tomorrow", "Fri 27 10:00"),
        ("next week", "Mon 30 10:00"),
    ]
    assert offered(berlin(ACROSS), "2026-11-27T17:00") == [("tomorrow", "Mon 30 10:00")]
    assert offered(berlin(ACROSS), "2026-11-28T17:00") == [("tomorrow", "Mon 30 10:00")]


def test_holidays_are_left_out() -> None:
    thanksgiving = Home("America/New_York", "US")
    round = round_of(WEEK, Workdays(), TUESDAY, BERLIN, thanksgiving)
    now = at("2026-11-25T17:30", thanksgiving.zone)
    (tomorrow, next_week) = offers(round, thanksgiving, now)
    assert (tomorrow.when, local_day(tomorrow.at, thanksgiving.zone).day) == ("tomorrow", 27)
    assert (next_week.when, local_day(next_week.at, thanksgiving.zone).day) == ("next week", 30)


def test_where_no_time_is_left_nothing_is_offered() -> None:
    short = replace(WEEK, open_working_days=1)
    assert offered(berlin(short), "2026-11-24T10:05") == [("today", "Tue 24 13:00")]
    assert offered(berlin(short), "2026-11-24T15:30") == []
    assert offered(berlin(short), "2026-11-25T08:00") == []


def test_the_house_says_until_when_people_work() -> None:
    assert berlin().plan.again_at == (time(10), time(13), time(16))
    assert berlin(latest="15:00").plan.again_at == (time(10), time(13))
    assert berlin(replace(WEEK, at=time(17))).plan.again_at == (time(17),)
    assert HouseRules().work.evening == EVENING
    night = replace(WEEK, at=time(20))
    assert berlin(night, HouseRules(latest=time(23, 30)).work).plan.again_at == (time(20), time(23))


def test_the_first_cards_own_hour_is_none_of_those_at_which_people_are_asked_again() -> None:
    first, *_ = instants(berlin(), BERLIN)
    assert first == at("2026-11-24T13:00")


def test_a_round_of_an_earlier_version_has_no_time_to_offer() -> None:
    round = berlin()
    wire = {k: v for k, v in round.plan.wire().items() if not k.startswith("again")}
    old = replace(round, plan=Plan.read(wire))
    assert offers(old, BERLIN, at("2026-11-24T10:05")) == []
    assert Plan.read(round.plan.wire()) == round.plan


def buttons(card: Card) -> Iterator[Button]:
    return (b for part in card.parts if isinstance(part, Buttons) for b in part.buttons)


def choosing(round: Round, local: str) -> Card:
    now = at(local)
    return compose_later.choices(round, offers(round, BERLIN, now), BERLIN.zone, now)


def test_each_time_is_a_button_that_carries_it() -> None:
    card = choosing(berlin(ACROSS), "2026-11-26T10:05")
    assert [button.label for button in buttons(card)] == [
        "Later today, 13:00",
        "Tomorrow, 10:00",
        "Monday 30 November, 10:00",
        "Answer now",
        "Not this time",
    ]
    first, *_ = buttons(card)
    assert first.ref == Ref("later", "it-weekly@2026-11-26", "2026-11-26T12:00:00+00:00")
    assert Ref.read(first.ref.wire()) == first.ref


def test_where_no_time_fits_it_is_said_why() -> None:
    card = choosing(berlin(replace(WEEK, open_working_days=1)), "2026-11-24T17:00")
    assert [button.label for button in buttons(card)] == ["Answer now", "Not this time"]
    assert "close on Wednesday 25 November, 10:00" in card.summary
    assert "no time is left" in card.summary


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        (Offer("today", at("2026-11-24T13:00")), "ask again today at 13:00"),
        (Offer("tomorrow", at("2026-11-27T10:00")), "again on Friday 27 November at 10:00"),
    ],
)
def test_it_is_confirmed_when_and_the_question_stays(offer: Offer, said: str) -> None:
    round, now = berlin(), at("2026-11-24T10:05")
    card = compose_later.put_off(round, {}, offer.at, BERLIN.zone, now)
    assert said in card.summary
    assert "Or answer now." in card.summary
    refs = [part.ref for part in card.parts if hasattr(part, "ref")]
    assert refs == [Ref("answer", round.id, round.plan.questions[0].id)]
    assert [b.label for b in buttons(card)] == ["Skip this one", "Another time", "Not this time"]
