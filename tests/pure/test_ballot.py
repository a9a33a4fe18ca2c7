"""A sealed ballot says nothing: neither by its place, nor by its size, nor by being there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballot import SIZES, Answers, Ballot, Box, Keys, body_size
from bot.domain.freeze import freeze
from bot.domain.people import Person, Place
from bot.domain.pulse import MOST_QUESTIONS, Question
from tests.asking import (
    CADENCE,
    LONGEST_WORDS,
    answers_to,
    follow_up_of,
    pulse_of,
    question_of,
    questionnaires,
)

ROUND: Final = "it-weekly@2026-11-24"
FINANCE: Final = Place("Business", "Finance", "Staff", "HQ")
LEGAL: Final = Place("Corporate", "Rechtsabteilung „Süd“ \\ 法務", "", "")
PLACES: Final = (FINANCE, LEGAL)

NOW: Final = datetime(2026, 11, 25, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = (timedelta(minutes=m) for m in (1, 60, 24 * 60))
#: Everything that may grow in a ballot while its round is open, at its longest.
THREADS: Final = hashlib.sha256(b"a token").hexdigest()


def box_for(questions: tuple[Question, ...], keys: Keys | None = None) -> Box:
    """The box of a round that asks these questions of the two places."""
    people = [
        Person(f"p{number}@example.com", "P", place.unit, place.division, place.role, place.site)
        for number, place in enumerate(PLACES)
    ]
    frozen = freeze(pulse_of(*questions), people, CADENCE.starts)
    return Box(frozen.id, keys or Keys.draw(), frozen.plan.size)


def at_its_fullest(questions: tuple[Question, ...], place: Place, answers: Answers) -> Ballot:
    threads = {q.id: THREADS for q in questions if q.kind == "comment"}
    return Ballot(place, answers, True, 99, NOW.isoformat(), True, threads)


asked = questionnaires().flatmap(lambda qs: st.tuples(st.just(qs), answers_to(qs)))


@given(asked, st.sampled_from(PLACES), st.integers(1, 10_000))
def test_a_ballot_opens_as_it_was_sealed(
    asked: tuple[tuple[Question, ...], Answers], place: Place, person: int
) -> None:
    questions, answers = asked
    box = box_for(questions)
    tag = box.tag(person)
    for ballot in (Ballot(place), at_its_fullest(questions, place, answers)):
        assert box.open(tag, box.seal(tag, ballot)) == ballot


@given(asked, st.sampled_from(PLACES))
def test_every_ballot_of_a_round_is_as_long_as_every_other(
    asked: tuple[tuple[Question, ...], Answers], place: Place
) -> None:
    questions, answers = asked
    box = box_for(questions)
    ((tag, empty),) = box.seal_empty([(box.tag(1), FINANCE)])
    full = box.seal(tag, at_its_fullest(questions, place, answers))
    skipped = box.seal(tag, at_its_fullest(questions, place, dict.fromkeys(answers)))
    assert len(empty) == len(full) == len(skipped)


@pytest.mark.parametrize("comments", [1, 2])
def test_a_full_ballot_fits_wherever_its_round_falls_between_two_sizes(comments: int) -> None:
    kinds = ["comment"] * comments + ["satisfaction"] * (MOST_QUESTIONS - comments)
    ids = [f"{number}".ljust(38, "q") for number in range(MOST_QUESTIONS)]
    plain = [question_of(kind, id) for kind, id in zip(kinds, ids, strict=True)]
    questions = tuple(
        replace(q, follow_up=replace(follow_up_of(q, "several"), id=f"{q.id}-w"))
        if q.kind != "comment"
        else q
        for q in plain
    )
    answers = {q.id: LONGEST_WORDS[0] if q.kind == "comment" else 5 for q in questions} | {
        q.follow_up.id: ["speed", "help", "other"] for q in questions if q.follow_up
    }
    sizes = set()
    for length in range(200):
        place = Place(*["長" * length] * 4)
        person = Person("p@example.com", "P", place.unit, place.division, place.role, place.site)
        size = freeze(pulse_of(*questions), [person], CADENCE.starts).plan.size
        box = Box(ROUND, Keys.draw(), size)
        assert len(box.seal(b"tag", at_its_fullest(questions, place, answers))) > size
        sizes.add(size)
    assert len(sizes) == 2, "no size was crossed, so nothing was tried"


@given(asked, st.booleans())
def test_who_goes_is_told_without_reading_the_whole_ballot(
    asked: tuple[tuple[Question, ...], Answers], goes: bool
) -> None:
    questions, answers = asked
    box = box_for(questions)
    ballot = at_its_fullest(questions, FINANCE, answers)
    body = box.seal(b"tag", ballot.left() if goes else ballot)
    assert box.says_leaving(b"tag", body) is box.open(b"tag", body).leaving is goes


def test_nobody_goes_because_of_what_they_wrote() -> None:
    box = box_for((question_of("comment"),))
    for words in (',"leaving":true}', '","leaving":true}', "leaving"):
        for key in ("words", words):
            ballot = Ballot(FINANCE, {key: words}, threads={key: words})
            assert not box.says_leaving(b"tag", box.seal(b"tag", ballot))


@given(asked)
def test_neither_another_tag_nor_another_key_opens_a_ballot(
    asked: tuple[tuple[Question, ...], Answers],
) -> None:
    questions, answers = asked
    box = box_for(questions)
    body = box.seal(box.tag(1), Ballot(FINANCE, answers))
    with pytest.raises(InvalidTag):
        box.open(box.tag(2), body)
    with pytest.raises(InvalidTag):
        box_for(questions).open(box.tag(1), body)


@given(st.binary(min_size=1, max_size=1), st.data())
def test_a_ballot_that_was_tampered_with_does_not_open(flip: bytes, data: st.DataObject) -> None:
    box = box_for((question_of("satisfaction"),))
    body = bytearray(box.seal(box.tag(1), Ballot(FINANCE)))
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= flip[0] or 1
    with pytest.raises(InvalidTag):
        box.open(box.tag(1), bytes(body))


def test_what_was_said_cannot_be_read_in_a_sealed_ballot() -> None:
    box = box_for((question_of("comment"),))
    body = box.seal(box.tag(1), Ballot(FINANCE, {"asked": "The canary sings"}))
    assert b"canary" not in body
    assert b"Finance" not in body


def test_sealing_the_same_ballot_again_gives_another_body() -> None:
    box = box_for((question_of("satisfaction"),))
    ballot = Ballot(FINANCE, {"asked": 4})
    assert len({box.seal(box.tag(1), ballot) for _ in range(50)}) == 50


def test_untouched_ballots_of_one_place_differ_too() -> None:
    box = box_for((question_of("satisfaction"),))
    sealed = box.seal_empty((box.tag(person), FINANCE) for person in range(50))
    assert [tag for tag, _ in sealed] == [box.tag(person) for person in range(50)]
    assert len({body for _, body in sealed}) == 50
    assert all(box.open(tag, body) == Ballot(FINANCE) for tag, body in sealed)


def test_a_tag_finds_one_person_in_one_round_and_tells_nothing() -> None:
    keys = Keys.draw()
    here, later = Box(ROUND, keys, 512), Box("it-weekly@2026-12-01", keys, 512)
    tags = [here.tag(person) for person in range(1_000)]
    assert tags == [here.tag(person) for person in range(1_000)]
    assert {len(tag) for tag in tags} == {16}
    assert len({*tags, *map(later.tag, range(1_000))}) == 2_000
    assert Box(ROUND, Keys.draw(), 512).tag(1) != here.tag(1)


def test_keys_are_drawn_anew_each_time_and_from_nothing_else() -> None:
    drawn = [key for _ in range(100) for key in Keys.draw()]
    assert len(set(drawn)) == 300
    assert {len(key) for key in drawn} == {32}


def test_a_ballot_that_outgrew_its_round_is_never_sealed() -> None:
    box = Box(ROUND, Keys.draw(), SIZES[0])
    with pytest.raises(OverflowError):
        box.seal(box.tag(1), Ballot(FINANCE, {"words": "x" * SIZES[0]}))


def test_a_round_that_asks_for_too_much_is_told_so_when_it_is_frozen() -> None:
    with pytest.raises(OverflowError, match="16384 fit"):
        body_size(SIZES[-1], [FINANCE], 0)


@given(st.integers(0, 15_000), st.integers(0, 3))
def test_a_ballot_has_one_of_few_sizes(worst: int, comments: int) -> None:
    size = body_size(worst, PLACES, comments)
    assert size in SIZES
    assert size > worst


@pytest.mark.parametrize(
    ("answers", "holds"),
    [
        ({}, False),
        ({"overall": None}, False),
        ({"overall": None, "words": "Fine"}, True),
        ({"solved": False}, True),
        ({"recommend": 0}, True),
        ({"why": []}, True),
    ],
)
def test_a_skipped_question_is_no_answer_and_zero_is_one(
    answers: Mapping[str, int | None], holds: bool
) -> None:
    assert Ballot(FINANCE).answered(answers).holds_an_answer is holds


def test_who_answered_has_begun_and_is_asked_no_more() -> None:
    before = Ballot(FINANCE, reminded=1, snoozed_until=NOW.isoformat())
    after = before.answered({"overall": 4})
    assert after == Ballot(FINANCE, {"overall": 4}, True, 1)
    assert not after.to_be_reminded(2, NOW)


def test_who_is_asked_later_is_not_reminded_before_nor_at_that_time() -> None:
    wished = Ballot(FINANCE).put_off(NOW, NOW - DAY)
    assert wished.wished_at == NOW
    assert not wished.to_be_reminded(1, NOW - HOUR)
    assert not wished.to_be_reminded(2, NOW)


def test_having_been_asked_when_one_wished_counts_as_one_reminder() -> None:
    wished = Ballot(FINANCE).put_off(NOW, NOW - DAY)
    assert not wished.to_be_reminded(1, NOW + DAY)
    assert wished.to_be_reminded(2, NOW + DAY)
    again = wished.put_off(NOW + HOUR, NOW + MINUTE)
    assert again.reminded == 1
    assert not again.to_be_reminded(2, NOW + DAY)


def test_a_time_that_is_changed_before_it_comes_counts_once() -> None:
    changed = Ballot(FINANCE).put_off(NOW, NOW - DAY).put_off(NOW + DAY, NOW - HOUR)
    assert (changed.reminded, changed.wished_at) == (0, NOW + DAY)


def test_who_says_no_is_neither_reminded_nor_asked_until_they_ask_for_later() -> None:
    no = Ballot(FINANCE).put_off(NOW, NOW - DAY).refused(NOW + HOUR)
    assert (no.declined, no.wished_at, no.reminded) == (True, None, 1)
    assert not no.to_be_reminded(2, NOW + DAY)
    later = no.put_off(NOW + DAY, NOW + HOUR)
    assert later.may_be_asked_again
    assert not later.to_be_reminded(2, NOW + 2 * DAY)
