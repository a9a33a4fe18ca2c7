"""What is shown: a closed vocabulary, and cards that never repeat what somebody said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, asdict, replace
from datetime import date
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import compose, compose_feedback, compose_later, wording
from bot.cards import (
    Buttons,
    Card,
    Choices,
    Field,
    Fineprint,
    Form,
    FreeText,
    Part,
    Prose,
    Quote,
    Reply,
    Scale,
)
from bot.domain.ballot import Answers
from bot.domain.freeze import freeze
from bot.domain.people import Person
from bot.domain.pulse import Question
from bot.domain.rights import ThreadMessage
from bot.domain.rounds import Round
from bot.questions import KINDS
from bot.refs import Ref
from tests.asking import (
    CADENCE,
    answers_to,
    follow_up_of,
    pulse_of,
    question_of,
    questionnaires,
)

PEOPLE: Final = [Person(f"p{n}@example.com", f"P {n}", "Finance", "Business") for n in range(30)]
SCORE: Final = question_of("satisfaction", "overall")
WEEKLY: Final = (
    replace(SCORE, follow_up=follow_up_of(SCORE, "several")),
    question_of("comment", "words"),
)


def round_of(*questions: Question) -> Round:
    return freeze(replace(pulse_of(*questions), smallest_group=7), PEOPLE, CADENCE.starts)


def text_of(card: Card) -> str:
    """All that can be read on a card, and all that its controls carry."""
    return json.dumps(asdict(card), ensure_ascii=False)


def asking(card: Card) -> list[Scale | Choices | FreeText]:
    return [part for part in card.parts if isinstance(part, Scale | Choices | FreeText)]


def refs(parts: tuple[Part, ...]) -> Iterator[Ref]:
    for part in parts:
        match part:
            case Scale(ref=ref) | Choices(ref=ref) | FreeText(ref=ref) | Form(ref=ref):
                yield ref
            case Buttons(buttons=buttons):
                yield from (button.ref for button in buttons)
            case _:
                pass


ROUND: Final = round_of(*WEEKLY)
#: Everything was skipped.
DONE: Final[Answers] = {"overall": None, "words": None}


@pytest.mark.parametrize("summary", ["", " ", "\n\t"])
def test_a_card_without_a_summary_cannot_be_made(summary: str) -> None:
    with pytest.raises(ValueError, match="summary"):
        Card(summary, (Prose("Hello"),))


@pytest.mark.parametrize("count", [0, 11, 12])
def test_a_form_has_one_to_ten_fields(count: int) -> None:
    fields = tuple(Field(f"f{n}", "text", "Say") for n in range(count))
    with pytest.raises(ValueError, match="ten fields"):
        Form(Ref("answers"), "All at once", fields)


def test_a_card_once_made_stays_as_it_is() -> None:
    with pytest.raises(FrozenInstanceError):
        Card("Hello", ()).summary = "Goodbye"  # type: ignore[misc]


def test_a_reply_that_says_nothing_changes_nothing() -> None:
    reply = Reply()
    shown = (reply.say, reply.redraw, reply.open, reply.errors, reply.refusal)
    assert not any(shown)
    assert not reply.corrected


def test_the_first_card_says_who_sees_what_and_asks_the_first_question() -> None:
    card = compose.opening(ROUND)
    said = text_of(card)
    assert "How is IT doing for you?" in card.summary
    assert "groups of at least 7" in said
    assert "every question can be skipped" in said
    assert "Open until Friday 27 November, 10:00" in said
    assert [part.question for part in asking(card)] == ["overall"]


def test_the_first_card_says_why_me_how_long_and_how_to_say_no() -> None:
    card = compose.opening(ROUND)
    said = text_of(card)
    assert f"You are one of {ROUND.plan.invited} people asked" in said
    assert "3 short questions, about a minute" in said
    assert {Ref("later", ROUND.id), Ref("decline", ROUND.id)} <= set(refs(card.parts))
    read = [part.text for part in card.parts if isinstance(part, Prose | Fineprint)]
    assert sum(map(len, read)) < 500, "it would not fit a phone"


def test_a_questionnaire_of_six_takes_longer_than_a_minute() -> None:
    assert "about 2 minutes" in wording.invitation(6, 30)


def test_what_help_a_question_has_stands_between_it_and_its_skip() -> None:
    asked = question_of("effort")
    card = compose.opening(round_of(asked))
    at = next(i for i, part in enumerate(card.parts) if isinstance(part, Scale))
    assert card.parts[at + 1] == Fineprint(KINDS["effort"].help)
    assert isinstance(card.parts[at + 2], Buttons)


def test_every_box_for_a_comment_says_that_it_may_identify_its_author() -> None:
    assert "may identify you" in text_of(compose.turn(ROUND, {"overall": None}))


def test_thanks_say_what_came_of_the_round_before_where_anything_did() -> None:
    told = "What came of the round of 10 November: 20 of 30 answered."
    known = replace(ROUND, plan=replace(ROUND.plan, came_of=told))
    assert told in text_of(compose.turn(known, DONE))
    assert "What came of" not in text_of(compose.turn(ROUND, DONE))
    assert compose.turn(known, {"overall": 1, "overall-why": [], "words": "x"}) == compose.turn(
        known, DONE
    )


def test_buttons_of_several_comments_are_told_apart() -> None:
    first, second = question_of("comment", "first"), question_of("comment", "second")
    asked = (replace(first, text="What should stay?"), replace(second, text="What " * 30))
    card = compose.turn(round_of(*asked), {"first": None, "second": None})
    labels = [b.label for part in card.parts if isinstance(part, Buttons) for b in part.buttons]
    assert "Let IT answer me: What should stay?" in labels
    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 75


def test_a_named_round_says_so_before_the_first_question() -> None:
    named = freeze(replace(pulse_of(*WEEKLY), manner="named"), PEOPLE, CADENCE.starts)
    for card in (
        compose.opening(named),
        compose.reminder(named),
        compose.asked_for(named),
        compose_later.put_off(named, {}, named.closes_at, "UTC", named.opens_at),
        compose.turn(named, DONE),
    ):
        said = text_of(card)
        assert "your name stays on these answers" in said
        assert "Confidential:" not in said


def test_a_reminder_carries_the_whole_first_question() -> None:
    first, again = compose.opening(ROUND), compose.reminder(ROUND)
    assert asking(again) == asking(first)
    assert list(refs(again.parts)) == list(refs(first.parts))
    assert list(refs(again.parts))[-2:] == [Ref("later", ROUND.id), Ref("decline", ROUND.id)]
    assert "Still open until Friday 27 November" in again.summary
    assert "You work with IT every day" in text_of(again)
    assert "3 short questions, about a minute" in text_of(again)


def test_who_wished_to_be_asked_again_gets_the_whole_first_question_too() -> None:
    card = compose.asked_for(ROUND)
    assert asking(card) == asking(compose.opening(ROUND))
    assert list(refs(card.parts)) == list(refs(compose.opening(ROUND).parts))
    assert "You wanted to be asked again now" in card.summary
    assert "until Friday 27 November, 10:00" in card.summary


def test_every_question_can_be_skipped() -> None:
    card = compose.turn(ROUND, {"overall": 2})
    (part,) = asking(card)
    assert part.text == "What got in the way?"
    assert list(refs(card.parts)) == [
        Ref("answer", ROUND.id, "overall-why"),
        Ref("skip", ROUND.id, "overall-why"),
    ]
    assert card.summary == "Question 2 of 3: What got in the way?"


def test_thanks_say_what_happens_next_and_let_one_change_an_answer() -> None:
    card = compose.turn(ROUND, DONE)
    assert card.summary.startswith("Thank you")
    assert "On Friday 27 November" in card.summary
    assert "groups of at least 7" in card.summary
    assert Ref("review", ROUND.id) in refs(card.parts)


def test_reviewing_offers_every_question_that_may_be_asked() -> None:
    card = compose.review(ROUND, {"overall": 2})
    assert [part.question for part in asking(card)] == ["overall", "overall-why", "words"]
    card = compose.review(ROUND, {})
    assert [part.question for part in asking(card)] == ["overall", "words"]


def test_reviewing_tells_no_score_by_the_wording_of_a_follow_up() -> None:
    low, high = (compose.review(ROUND, {"overall": score}) for score in (1, 5))
    assert low == high
    assert "What got in the way? / " in text_of(low)


def test_words_somebody_wrote_are_on_no_card_again() -> None:
    canary = "The canary sings at night"
    everything: Answers = {"overall": 4, "overall-why": [], "words": canary}
    for answers in (everything, {"words": canary}):
        for card in (compose.turn(ROUND, answers), compose.review(ROUND, answers)):
            assert canary not in text_of(card)


talks = questionnaires(most=4).flatmap(lambda qs: st.tuples(st.just(qs), answers_to(qs)))


@given(talks)
def test_cards_show_the_same_whatever_was_answered(
    talk: tuple[tuple[Question, ...], Answers],
) -> None:
    """Only the wording of a follow-up, while it is asked, tells a low score from a high one."""
    questions, answers = talk
    round = round_of(*(replace(q, follow_up=None) for q in questions))
    own = {q.id for q in questions}
    said = {id: value for id, value in answers.items() if id in own}
    skipped = dict.fromkeys(said)
    assert compose.turn(round, said) == compose.turn(round, skipped)
    assert compose.review(round, said) == compose.review(round, skipped)


@given(talks)
def test_every_control_of_a_round_names_the_round_and_a_question_of_it(
    talk: tuple[tuple[Question, ...], Answers],
) -> None:
    questions, answers = talk
    round = round_of(*questions)
    ids = {q.id for q in questions} | {q.follow_up.id for q in questions if q.follow_up}
    for card in (
        compose.opening(round),
        compose.reminder(round),
        compose.turn(round, answers),
        compose.review(round, answers),
    ):
        for ref in refs(card.parts):
            assert ref.round == round.id
            assert ref.item in ids or ref.verb in ("review", "later", "decline")
            assert Ref.read(ref.wire()) == ref


def test_a_welcome_offers_what_waits_and_how_it_is_kept_confidential() -> None:
    card = compose.welcome()
    (buttons,) = (part for part in card.parts if isinstance(part, Buttons))
    assert [button.ref for button in buttons.buttons] == [
        Ref("command", item="next"),
        Ref("command", item="privacy"),
    ]
    assert all(button.label for button in buttons.buttons)


def test_typed_words_go_nowhere_until_their_author_has_said_how() -> None:
    card = compose_feedback.typed("The VPN is slow")
    assert "have not passed it on" in card.summary
    assert list(refs(card.parts)) == [
        Ref("grumble", item="named"),
        Ref("grumble", item="confidential"),
    ]
    (buttons,) = (part for part in card.parts if isinstance(part, Buttons))
    assert buttons.buttons[0].value == "The VPN is slow"


@pytest.mark.parametrize("text", ["", "   ", "x" * 1_001])
def test_words_that_could_not_be_sent_are_not_offered_to_be(text: str) -> None:
    card = compose_feedback.typed(text)
    assert list(refs(card.parts)) == [Ref("grumble", item="confidential")]


def test_every_box_says_that_what_you_write_may_identify_you() -> None:
    for card in (compose_feedback.grumble(True), compose_feedback.typed("Hello")):
        assert any(isinstance(part, FreeText) for part in card.parts)
        assert "may identify you" in text_of(card)


def test_without_an_open_box_only_named_feedback_is_offered() -> None:
    assert list(refs(compose_feedback.grumble(False).parts)) == [Ref("grumble", item="named")]


def test_thanks_offer_to_let_a_comment_be_answered_whether_there_is_one_or_not() -> None:
    card = compose.turn(ROUND, {**DONE, "words": "Slow"})
    assert Ref("open_thread", ROUND.id, "words") in refs(card.parts)
    assert card == compose.turn(ROUND, DONE)


def test_a_conversation_shows_both_sides_and_offers_to_answer_only_after_it_was_answered() -> None:
    ref = Ref("thread", ROUND.id, "ab" * 16)
    asked = ThreadMessage("id", 0, "author", "Still slow", date(2026, 12, 1))
    told = ThreadMessage("id", 1, "it", "Which site?", date(2026, 12, 1))
    waiting = compose_feedback.thread(ref, "VPN is slow", [asked])
    assert "IT has not answered yet." in text_of(waiting)
    assert not any(isinstance(part, FreeText) for part in waiting.parts)
    answered = compose_feedback.thread(ref, "VPN is slow", [asked, told])
    assert [part.text for part in answered.parts if isinstance(part, Quote)] == [
        "VPN is slow",
        "Still slow",
        "Which site?",
    ]
    assert any(isinstance(part, FreeText) for part in answered.parts)
    assert Ref("unthread", ref.round, ref.item) in refs(answered.parts)


def test_with_nothing_waiting_the_next_day_is_told_where_it_is_known() -> None:
    assert "Tuesday 1 December" in compose.nothing_waits(date(2026, 12, 1)).summary
    assert "Nothing is waiting" in compose.nothing_waits().summary


def test_how_it_is_kept_confidential_says_what_it_cannot_protect() -> None:
    said = text_of(compose.privacy(8))
    assert "at least 8 people" in said
    assert "cannot protect" in said
    assert "{" not in compose.privacy().summary
