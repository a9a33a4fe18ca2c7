"""The made-up company of the demo: its people, its pulse, and the half year it tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from statistics import fmean
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from adapters.simulator.company import (
    Line,
    cast,
    days,
    grants,
    grumbles,
    help_history,
    history,
    latest_start,
    middle,
    people,
    pulses,
)
from adapters.simulator.company.calendar import help_days
from adapters.simulator.company.staff import staff
from adapters.simulator.company.voices import Topic, topics
from bot.domain.cadence import closes_at, due, local_instant, opens_at
from bot.domain.grumbles import FEWEST_WRITERS
from bot.domain.people import GRANTS, Person
from bot.domain.pulse import every_step
from bot.questions import KINDS
from bot.questions.comment import clean

START = date(2026, 6, 2)
SEEDS = [7, 1, 2, 3, 11]
PEOPLE = {person.email: person for person in people()}
ZONES = {person.zone for person in people()}
CADENCE = pulses(START)[0].cadence
TEXTS: dict[str, Topic] = {text: topic for topic in topics() for text in topic.texts}


@cache
def told(seed: int = 7) -> tuple[Line, ...]:
    return tuple(history(START, seed=seed))


def day_of(line: Line) -> date:
    """A round ends within the week, wherever in the world it is answered."""
    return START + (line.at.date() - START) // timedelta(days=14) * timedelta(days=14)


def number_of(line: Line) -> int:
    return (day_of(line) - START) // timedelta(days=14) + 1


def mean(lines: Iterable[Line], rounds: range, belongs: Callable[[Person], bool]) -> float:
    """Satisfaction of some people over some rounds."""
    scores = [
        score
        for line in lines
        if number_of(line) in rounds and belongs(PEOPLE[line.email])
        if isinstance(score := line.answers["overall"], int)
    ]
    return fmean(scores)


def in_unit(*units: str) -> Callable[[Person], bool]:
    return lambda person: person.unit in units


def comments(lines: Iterable[Line]) -> list[tuple[int, str]]:
    """(round, text) of every comment."""
    found = ((number_of(line), line.answers.get("comment")) for line in lines)
    return [(number, text) for number, text in found if isinstance(text, str)]


def test_the_company_has_fifteen_units_of_very_different_size() -> None:
    sizes = sorted(Counter(person.unit for person in people()).values(), reverse=True)
    assert sizes == [44, 36, 30, 26, 22, 20, 16, 14, 12, 10, 8, 7, 6, 4, 3]
    assert len({person.division for person in people()}) == 4
    assert len({person.role for person in people()}) == 3
    assert len({(person.site, person.zone) for person in people()}) == 3


def test_everybody_has_an_address_of_their_own() -> None:
    assert len(PEOPLE) == len(people()) == len({person.name for person in people()})
    for person in people():
        name, _, domain = person.email.partition("@")
        assert domain == "meridian.example"
        assert name.isascii()
        assert name.replace(".", "").replace("-", "").islower()
        ZoneInfo(person.zone)


def test_everybody_but_the_head_of_the_company_has_a_leader_in_it() -> None:
    heads = [person for person in people() if not person.leader_email]
    assert [head.role for head in heads] == ["Executive"]
    for person in people():
        seen = []
        while person.leader_email:
            assert person.email not in seen
            seen.append(person.email)
            person = PEOPLE[person.leader_email]
        assert person == heads[0]


def test_one_admin_and_a_few_leads_work_in_it() -> None:
    given = grants()
    assert all(PEOPLE[email].unit == "IT" and mine <= GRANTS for email, mine in given.items())
    assert sum("admin" in mine for mine in given.values()) == 1
    assert sum("lead" in mine for mine in given.values()) >= 3


def test_the_pulse_asks_what_the_kinds_allow() -> None:
    pulse, seldom = pulses(date(2026, 6, 3))
    assert pulse.cadence.starts == date(2026, 6, 9)
    assert seldom.cadence.starts == date(2026, 6, 16)
    kinds = [question.kind for question, _ in every_step(pulse.questions)]
    assert kinds == ["satisfaction", "several", "recommend", "comment"]
    kinds += [question.kind for question, _ in every_step(seldom.questions)]
    assert sorted(kinds) == sorted(KINDS)
    for question, _ in every_step((*pulse.questions, *seldom.questions)):
        assert not KINDS[question.kind].check(question)


def test_the_same_seed_tells_the_same_half_year() -> None:
    assert tuple(history(START)) == told()
    assert told(1) != told()


def test_half_a_year_is_told_within_a_second() -> None:
    before = process_time()
    assert len(list(history(START, seed=5))) > 1_500
    assert process_time() - before < 1


@pytest.mark.parametrize("seed", SEEDS)
def test_every_answer_could_have_been_pressed(seed: int) -> None:
    questions = {question.id: question for question, _ in every_step(pulses(START)[0].questions)}
    for line in told(seed):
        assert line.answers["overall"] is not None
        for id, value in line.answers.items():
            question = questions[id]
            assert value is None or KINDS[question.kind].read(question, value) == value


@pytest.mark.parametrize("seed", SEEDS)
def test_everybody_answers_a_round_once_and_in_order_of_time(seed: int) -> None:
    lines = told(seed)
    assert all(line.email in PEOPLE for line in lines)
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert len({(day_of(line), line.email) for line in lines}) == len(lines)


@pytest.mark.parametrize("start", [START, date(2026, 9, 29), date(2027, 2, 2)])
def test_every_answer_falls_into_its_round_and_the_persons_working_hours(start: date) -> None:
    pulse = pulses(start)[0]
    for line in history(start):
        person = PEOPLE[line.email]
        day = due(pulse.cadence, ZONES, None, line.at)
        assert day in days(start)
        assert line.at.tzinfo is UTC
        assert local_instant(day, time(10), person.zone) < line.at
        assert line.at < closes_at(pulse.cadence, day, {person.zone})
        local = line.at.astimezone(ZoneInfo(person.zone))
        assert time(8) <= local.time() <= time(18)
        assert local.weekday() < 5


def test_six_in_ten_answer_within_a_day() -> None:
    waits = [
        line.at - local_instant(day_of(line), CADENCE.at, PEOPLE[line.email].zone)
        for line in told()
    ]
    assert 0.55 < fmean(wait < timedelta(days=1) for wait in waits) < 0.65


@pytest.mark.parametrize("seed", SEEDS)
def test_between_45_and_75_per_cent_of_each_unit_answer(seed: int) -> None:
    sizes = Counter(person.unit for person in people())
    answered = Counter(PEOPLE[line.email].unit for line in told(seed))
    for unit, size in sizes.items():
        assert 0.45 <= answered[unit] / (13 * size) <= 0.75, unit


@pytest.mark.parametrize("seed", SEEDS)
def test_sales_and_the_field_suffer_from_the_outage_and_recover(seed: int) -> None:
    road = in_unit("Sales", "Field Engineering")
    before = mean(told(seed), range(1, 4), road)
    during = mean(told(seed), range(4, 6), road)
    after = mean(told(seed), range(6, 9), road)
    assert before - during >= 0.7
    assert after - before > -0.3
    for unit in ("Sales", "Field Engineering"):
        calm = mean(told(seed), range(1, 4), in_unit(unit))
        assert calm - mean(told(seed), range(4, 6), in_unit(unit)) >= 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_the_outage_is_hardly_felt_on_the_shop_floor(seed: int) -> None:
    floor = in_unit("Production")
    change = mean(told(seed), range(4, 6), floor) - mean(told(seed), range(1, 4), floor)
    assert abs(change) < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_those_at_home_suffer_from_the_outage_too(seed: int) -> None:
    home = {c.person.email for c in staff() if c.at_home}
    assert 50 < len(home) < 110

    def is_home(person: Person) -> bool:
        return person.email in home and person.division != "Commercial"

    before = mean(told(seed), range(1, 4), is_home)
    assert before - mean(told(seed), range(4, 6), is_home) >= 0.4


@pytest.mark.parametrize("seed", SEEDS)
def test_new_laptops_help_one_division(seed: int) -> None:
    def gain(division: str) -> float:
        lines = told(seed)
        return mean(lines, range(9, 14), lambda p: p.division == division) - mean(
            lines, range(1, 4), lambda p: p.division == division
        )

    assert gain("Administration") >= 0.6
    assert gain("Administration") > max(map(gain, ("Commercial", "Operations", "Technology")))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_forgotten_warehouse_gets_worse_all_along(seed: int) -> None:
    spans = [range(1, 5), range(5, 9), range(9, 14)]
    early, later, last = (mean(told(seed), span, in_unit("Warehouse")) for span in spans)
    assert early > later > last
    assert early - last >= 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_the_service_desk_gets_better_step_by_step(seed: int) -> None:
    def belongs(person: Person) -> bool:
        return person.unit != "Warehouse" and person.division != "Administration"

    early, late = (mean(told(seed), span, belongs) for span in (range(1, 4), range(10, 14)))
    assert late - early >= 0.2
    stories = [(n, TEXTS[text].story) for n, text in comments(told(seed))]
    assert max(n for n, story in stories if story == "hard") <= 5
    assert min(n for n, story in stories if story == "good") >= 7


@pytest.mark.parametrize("seed", SEEDS)
def test_one_answer_in_four_carries_a_comment_and_none_is_read_twice(seed: int) -> None:
    found = comments(told(seed))
    assert 0.20 <= len(found) / len(told(seed)) <= 0.30
    assert len({text for _, text in found}) == len(found)


def test_after_half_a_year_words_come_up_again() -> None:
    found = comments(history(START, rounds=30))
    assert {number for number, _ in found} == set(range(1, 31))
    assert len(set(found)) == len(found) > len({text for _, text in found})


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_and_words_fit_each_other(seed: int) -> None:
    fitting = {"low": {1, 2, 3}, "middle": {3, 4}, "high": {4, 5}}
    for line in told(seed):
        if isinstance(text := line.answers.get("comment"), str):
            topic, colleague = TEXTS[text], PEOPLE[line.email]
            assert line.answers["overall"] in fitting[topic.mood]
            assert not topic.but & {colleague.unit, colleague.division, colleague.site}
            why = line.answers["why"]
            assert why is None or (isinstance(why, list) and topic.about in why)


def test_nobody_is_asked_twice_in_a_week() -> None:
    mondays = [day - timedelta(days=day.weekday()) for day in (*days(START), *help_days(START))]
    assert len(set(mondays)) == len(mondays)
    assert all(due(pulses(START)[1].cadence, ZONES, None, noon(day)) for day in help_days(START))


@pytest.mark.parametrize("seed", SEEDS)
def test_help_is_easier_to_get_from_one_time_to_the_next(seed: int) -> None:
    lines = list(help_history(START, seed=seed))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    asked = {q.id: q for q in pulses(START)[1].questions}
    week = range(7)
    rounds = [
        [line for line in lines if (line.at.date() - day).days in week] for day in help_days(START)
    ]
    assert sum(map(len, rounds)) == len(lines)
    for line in lines:
        assert pulses(START)[1].audience.invites(PEOPLE[line.email])
        for id, value in line.answers.items():
            assert KINDS[asked[id].kind].read(asked[id], value) == value
    effort = [fmean(float(str(line.answers["effort"])) for line in round) for round in rounds]
    solved = [fmean(line.answers["solved"] is True for line in round) for round in rounds]
    assert effort[0] - effort[-1] >= 1
    assert solved[-1] - solved[0] >= 0.1


def test_a_few_grumble_and_enough_of_them_into_the_box_at_once() -> None:
    told = list(grumbles(START))
    assert [each.at for each in told] == sorted(each.at for each in told)
    box = [each for each in told if each.manner == "confidential"]
    assert len({each.email for each in box}) >= FEWEST_WRITERS
    assert box[-1].at - box[0].at < timedelta(days=7)
    assert len(told) - len(box) > 0
    for each in told:
        assert each.email in PEOPLE
        assert clean(each.text) == each.text
        assert each.text not in TEXTS


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_the_cast_is_there_and_its_business_has_not_answered_yet() -> None:
    now = middle(START)
    last = {line.email for line in history(START, until=now) if day_of(line) == days(START)[-1]}
    assert set(cast()) <= set(PEOPLE)
    business = set(cast()) - set(grants())
    assert len(business) >= 3
    assert not business & last


def test_the_last_round_can_be_left_open() -> None:
    now = middle(START)
    last = days(START)[-1]
    assert opens_at(CADENCE, last, ZONES) < now < closes_at(CADENCE, last, ZONES)
    lines = list(history(START, until=now))
    assert lines == [line for line in told() if line.at <= now]
    assert sum(day_of(line) == last for line in lines) > 20
    assert len(lines) < len(told())


@pytest.mark.parametrize(
    ("now", "last"),
    [
        (datetime(2026, 11, 24, 1, tzinfo=UTC), date(2026, 11, 17)),
        (datetime(2026, 11, 24, 2, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 25, 15, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 30, 15, tzinfo=UTC), date(2026, 11, 24)),
    ],
)
def test_the_half_year_can_end_at_any_moment(now: datetime, last: date) -> None:
    assert days(latest_start(now))[-1] == last
    assert days(latest_start(now, rounds=3), rounds=3)[-1] == last
