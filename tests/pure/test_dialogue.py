"""What is asked next is computed from the answers, so that an older card corrects."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ballot import Answer, Answers
from bot.domain.dialogue import advance, band, find, steps, waiting_for
from bot.domain.pulse import Question, every_step
from tests.asking import WORDINGS, accepted, answers_to, follow_up_of, question_of, questionnaires

WHY = follow_up_of(question_of("satisfaction", "overall"), "several")
OVERALL = Question("overall", "satisfaction", "How satisfied were you?", follow_up=WHY)
RECOMMEND = question_of("recommend", "recommend")
WORDS = question_of("comment", "words")
WEEKLY = (OVERALL, RECOMMEND, WORDS)

#: Questions, and what somebody has said to them.
talks = questionnaires(most=4).flatmap(lambda qs: st.tuples(st.just(qs), answers_to(qs)))


def asked(answers: Answers) -> str | None:
    step = waiting_for(WEEKLY, answers)
    return step.question.id if step else None


def given_one_by_one(questions: tuple[Question, ...], said: list[tuple[str, Answer]]) -> Answers:
    answers: Answers = {}
    for id, value in said:
        found = find(questions, id)
        assert found
        answers = advance(answers, found[0], value)
    return answers


def test_questions_are_asked_in_their_order_and_then_no_more() -> None:
    answers: dict[str, Answer] = {}
    for expected, value in (("overall", 2), ("overall-why", ["speed"]), ("recommend", 9)):
        assert asked(answers) == expected
        answers[expected] = value
    assert asked(answers) == "words"
    assert asked(answers | {"words": None}) is None


def test_a_skipped_question_is_not_asked_again() -> None:
    assert asked({"overall": 2, "overall-why": None}) == "recommend"


def test_who_skips_a_question_is_not_asked_why() -> None:
    assert asked({"overall": None}) == "recommend"


def test_the_wording_of_why_follows_the_score() -> None:
    texts = []
    for score in range(1, 6):
        step = waiting_for(WEEKLY, {"overall": score})
        assert step
        texts.append(step.text)
    low, middle, high = WORDINGS["low"], WORDINGS["middle"], WORDINGS["high"]
    assert texts == [low, low, middle, high, high]


def test_why_is_offered_after_every_score() -> None:
    assert all(asked({"overall": score}) == "overall-why" for score in range(1, 6))


def test_why_is_offered_after_a_score_of_nothing_at_all() -> None:
    why = follow_up_of(RECOMMEND, "choice")
    step = waiting_for((replace(RECOMMEND, follow_up=why),), {"recommend": 0})
    assert step
    assert (step.question, step.text) == (why, WORDINGS["low"])


def test_an_old_card_corrects_the_answer() -> None:
    answers: Answers = {"overall": 2, "overall-why": ["speed"], "recommend": 3}
    assert advance(answers, RECOMMEND, 8) == {**answers, "recommend": 8}


def test_a_correction_that_changes_the_wording_takes_the_reasons_back() -> None:
    answers: Answers = {"overall": 2, "overall-why": ["speed"], "recommend": 3}
    corrected = advance(answers, OVERALL, 5)
    assert corrected == {"overall": 5, "recommend": 3}
    assert asked(corrected) == "overall-why"


def test_a_correction_within_the_same_wording_keeps_the_reasons() -> None:
    answers: Answers = {"overall": 2, "overall-why": ["speed"]}
    assert advance(answers, OVERALL, 1) == {"overall": 1, "overall-why": ["speed"]}


def test_taking_a_score_back_takes_its_reasons_back() -> None:
    assert advance({"overall": 2, "overall-why": ["speed"]}, OVERALL, None) == {"overall": None}


def test_steps_are_numbered_by_all_that_may_be_asked() -> None:
    (why,) = (step for step in steps(WEEKLY, {"overall": 3}) if step.question is WHY)
    assert (why.number, why.total) == (2, 4)
    (words,) = (step for step in steps(WEEKLY, {}) if step.question is WORDS)
    assert (words.number, words.total) == (4, 4)


def test_a_question_is_found_with_the_one_it_follows() -> None:
    assert find(WEEKLY, "overall") == (OVERALL, None)
    assert find(WEEKLY, "overall-why") == (WHY, OVERALL)
    assert find(WEEKLY, "nothing") is None


@given(talks, st.data())
def test_the_next_question_depends_on_the_answers_in_whatever_order_given(
    talk: tuple[tuple[Question, ...], Answers], data: st.DataObject
) -> None:
    questions, answers = talk
    said = data.draw(st.permutations(list(answers.items())))
    parents = {q.id: parent.id for q, parent in every_step(questions) if parent}
    # A follow-up is only there to be answered after its question.
    said.sort(key=lambda pair: pair[0] in parents)
    assert given_one_by_one(questions, said) == answers
    assert waiting_for(questions, dict(said)) == waiting_for(questions, answers)


@given(talks)
def test_what_waits_is_the_first_question_nothing_was_said_to(
    talk: tuple[tuple[Question, ...], Answers],
) -> None:
    questions, answers = talk
    may_be_asked = [step.question.id for step in steps(questions, answers)]
    silent = [id for id in may_be_asked if id not in answers]
    step = waiting_for(questions, answers)
    assert (step and step.question.id) == (silent[0] if silent else None)


@given(talks, st.data())
def test_pressing_twice_is_pressing_once(
    talk: tuple[tuple[Question, ...], Answers], data: st.DataObject
) -> None:
    questions, answers = talk
    question = data.draw(st.sampled_from([step.question for step in steps(questions, answers)]))
    value = data.draw(st.none() | accepted(question))
    once = advance(answers, question, value)
    assert advance(once, question, value) == once


@given(talks, st.data())
def test_reasons_stay_exactly_as_long_as_their_wording(
    talk: tuple[tuple[Question, ...], Answers], data: st.DataObject
) -> None:
    questions, answers = talk
    question = data.draw(st.sampled_from(questions))
    value = data.draw(st.none() | accepted(question))
    after: Any = advance(answers, question, value)
    assert after[question.id] == value
    why = question.follow_up
    stays = band(question, answers.get(question.id)) == band(question, value)
    gone = {why.id} if why and not stays else set()
    others = {id: v for id, v in answers.items() if id != question.id and id not in gone}
    assert after == others | {question.id: value}


@given(talks)
def test_saying_something_to_every_question_ends_the_dialogue(
    talk: tuple[tuple[Question, ...], Answers],
) -> None:
    questions, answers = talk
    turns = 0
    while step := waiting_for(questions, answers):
        answers = advance(answers, step.question, None)
        turns += 1
    assert turns <= len(list(every_step(questions)))


@given(talks)
def test_every_step_is_asked_in_words(talk: tuple[tuple[Question, ...], Answers]) -> None:
    assert all(step.text for step in steps(*talk))
