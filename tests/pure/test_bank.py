"""A bank of questions: nobody sees one again before the rest, whatever they missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.bank import Seen, after, asking, chosen, ids_of, in_round, may_be_asked
from bot.domain.files.pulse_toml import read_pulse, write_pulse
from bot.domain.pulse import BELIEF, Pulse, Question
from tests.asking import pulse_of

OWN: Final = Question("own", "satisfaction", "How was it?")
BELIEVES: Final = Question(BELIEF, "agree", "I expect something good to change.")
#: What was asked of the bank, and the bank then.
Sent = tuple[frozenset[str], frozenset[str]]
#: Who can be asked on each date.
Dates = list[set[int]]


def question(number: int) -> Question:
    return Question(f"q{number}", "agree", "IT listens.")


def bank_of(numbers: Collection[int], rotate: int) -> Pulse:
    bank = tuple(question(number) for number in numbers)
    return replace(pulse_of(OWN, BELIEVES), bank=bank, rotate=rotate)


def played(pulses: list[Pulse], dates: Dates) -> dict[int, list[Sent]]:
    """Person -> each round they were sent."""
    seen: dict[int, Seen] = {}
    sent: dict[int, list[Sent]] = defaultdict(list)
    for pulse, people in zip(pulses, dates, strict=True):
        now = chosen(pulse, (seen.get(who, ()) for who in people))
        asked = in_round(now.questions, ids_of(pulse))
        for who in people:
            if may_be_asked(pulse, seen.get(who, ()), asked):
                seen[who] = after(seen.get(who, ()), asked)
                sent[who].append((frozenset(asked), frozenset(ids_of(pulse))))
    return sent


def none_came_again_before_the_rest(rounds: list[Sent]) -> bool:
    """Between two sights of a question, or with one of them, came all that was there all along."""
    last: dict[str, int] = {}
    for at, (asked, _) in enumerate(rounds):
        for id in asked:
            if id in last:
                between = rounds[last[id] : at + 1]
                stayed = frozenset.intersection(*(bank for _, bank in between))
                if not stayed <= frozenset().union(*(asked for asked, _ in between)):
                    return False
            last[id] = at
    return True


@st.composite
def times(draw: st.DrawFn, changing: bool = False) -> tuple[list[Pulse], Dates]:
    """Some people, of whom any may be missing on any date, and a bank that may change."""
    length = draw(st.integers(1, 30))
    people = st.sets(st.integers(1, 6))
    dates = draw(st.lists(people, min_size=length, max_size=length))
    numbers = draw(st.sets(st.integers(1, 6), min_size=1))
    rotate = draw(st.integers(1, len(numbers)))
    pulses = []
    for _ in dates:
        if changing and draw(st.integers(0, 5)) == 0:
            numbers = draw(st.sets(st.integers(1, 9), min_size=1))
            rotate = draw(st.integers(1, len(numbers)))
        pulses.append(bank_of(sorted(numbers), rotate))
    return pulses, dates


@settings(max_examples=300)
@given(times())
def test_nobody_sees_a_question_again_before_the_rest(world: tuple[list[Pulse], Dates]) -> None:
    for rounds in played(*world).values():
        assert none_came_again_before_the_rest(rounds)


@settings(max_examples=300)
@given(times(changing=True))
def test_a_bank_may_change_while_people_walk_through_it(
    world: tuple[list[Pulse], Dates],
) -> None:
    for rounds in played(*world).values():
        assert none_came_again_before_the_rest(rounds)


@given(st.integers(1, 8), st.integers(1, 8))
def test_whoever_misses_nothing_is_left_out_of_nothing(size: int, rotate: int) -> None:
    rounds = 3 * size
    pulse = bank_of(range(size), min(rotate, size))
    (sent,) = played([pulse] * rounds, [{1}] * rounds).values()
    assert len(sent) == rounds
    walk = sent[: -(-size // pulse.rotate)]
    assert frozenset().union(*(asked for asked, _ in walk)) == set(ids_of(pulse))


def test_one_who_missed_a_round_waits_until_it_comes_again_and_is_asked_each_time_then() -> None:
    pulse = bank_of(range(4), 1)
    dates = [{1, 2, 3}, {1, 3}, *[{1, 2, 3}] * 10]
    sent = played([pulse] * len(dates), dates)
    assert [len(sent[who]) for who in (1, 2)] == [12, 8]


def test_a_round_asks_its_own_questions_then_the_banks_then_the_belief_item() -> None:
    pulse = bank_of(range(4), 2)
    now = chosen(pulse, [("q2", "q0")])
    assert [q.id for q in now.questions] == ["own", "q1", "q3", BELIEF]
    assert pulse.load == 3
    assert asking(pulse, ()).questions == pulse.questions


def test_a_bank_is_read_as_it_was_written() -> None:
    pulse = bank_of(range(4), 2)
    assert read_pulse(write_pulse(pulse)) == pulse
    alone = replace(pulse, questions=())
    assert read_pulse(write_pulse(alone)) == alone
