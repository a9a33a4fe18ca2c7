"""What the made-up company's people write: enough of it, and all of it fit to be taken."""

from __future__ import annotations

from collections import Counter
from datetime import date

from adapters.simulator.company import people, pulses
from adapters.simulator.company.staff import staff
from adapters.simulator.company.voices import topics
from bot.questions.comment import LARGEST, LONGEST, clean
from bot.voice import Names, scrub

WRITTEN = [text for topic in topics() for text in topic.texts]


def test_everybody_has_something_on_their_mind_in_every_mood_and_round() -> None:
    for colleague in staff():
        for number in range(1, 14):
            for mood in ("low", "middle", "high"):
                assert any(t.suits(colleague.groups, number, mood) for t in topics())


def test_comments_are_many_distinct_and_of_every_length() -> None:
    assert len(WRITTEN) == len(set(WRITTEN)) >= 450
    for text in WRITTEN:
        assert clean(text) == text
        assert len(text) <= LONGEST
        assert len(text.encode()) <= LARGEST
    assert min(map(len, WRITTEN)) < 5
    assert max(map(len, WRITTEN)) > 600


def test_topics_name_only_groups_and_reasons_that_exist() -> None:
    groups = {group for colleague in staff() for group in colleague.groups}
    follow_up = pulses(date(2026, 6, 2))[0].questions[0].follow_up
    assert follow_up
    reasons = {option.id for option in follow_up.options}
    for topic in topics():
        assert topic.who | topic.but <= groups
        assert topic.about in reasons


def test_a_few_comments_name_somebody_and_no_other_is_taken_for_it() -> None:
    names = Names([person.name for person in people()])
    changed = {text: scrub(text, names) for text in WRITTEN if scrub(text, names) != text}
    marks = Counter(mark for text in changed.values() for mark in text.split("[")[1:])
    assert 8 <= len(changed) <= 15
    assert {mark.partition("]")[0] for mark in marks} == {"name", "e-mail", "phone", "id"}
