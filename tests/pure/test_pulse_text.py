"""A pulse written as a file, read again, and compared."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.files.pulse_text import changes, write_pulse
from bot.domain.files.pulse_toml import read_pulse
from bot.domain.pulse import Audience, Cadence, Choice, Pulse, Question

WEEKLY = Pulse(
    id="it-weekly",
    title="How is IT doing for you?",
    questions=(Question("overall", "satisfaction", "How satisfied were you this week?"),),
    audience=Audience(everyone=True),
    cadence=Cadence("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 24), time(10)),
)

ids = st.from_regex(r"[a-z0-9-]{1,40}", fullmatch=True).filter(lambda id: id != "grumbles")


def texts(longest: int) -> st.SearchStrategy[str]:
    fit = st.characters(categories=("L", "N", "P", "S"))
    return st.text(fit, min_size=1, max_size=min(longest, 12)).map(_composed).filter(bool)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)[:12].strip()


OTHER = Choice("other", "Other")
options = st.lists(
    st.builds(Choice, ids.filter(lambda id: id != OTHER.id), texts(75)),
    min_size=2,
    max_size=10,
    unique_by=lambda o: o.id,
).map(tuple)


@st.composite
def follow_ups(draw: st.DrawFn) -> Question:
    wordings = draw(
        st.none() | st.fixed_dictionaries({b: texts(300) for b in ("low", "middle", "high")})
    )
    text = "" if wordings else draw(texts(300))
    return Question(draw(ids), "several", text, draw(options), wordings=wordings)


scales = st.builds(
    Question,
    ids,
    st.sampled_from(["satisfaction", "recommend", "effort", "agree", "lost_time"]),
    texts(300),
    follow_up=st.none() | follow_ups(),
)
lists = st.builds(Question, ids, st.just("several"), texts(300), options)
picks = st.builds(
    Question, ids, st.just("choice"), texts(300), options.map(lambda o: (*o[:9], OTHER))
)
comments = st.builds(Question, ids, st.just("comment"), texts(300))


def every_id(question: Question) -> set[str]:
    return {question.id} | ({question.follow_up.id} if question.follow_up else set())


@st.composite
def questions(draw: st.DrawFn) -> tuple[Question, ...]:
    asked = [
        *draw(st.lists(scales | lists | picks, max_size=5)),
        *draw(st.lists(comments, max_size=3)),
    ]
    kept: list[Question] = []
    seen: set[str] = set()
    for question in asked:
        own = every_id(question)
        if own.isdisjoint(seen) and not (question.follow_up and len(own) == 1):
            kept.append(question)
            seen |= own
    return tuple(kept) or (Question("only", "comment", "Why?"),)


names = st.lists(texts(200), max_size=3, unique=True).map(tuple)


def audiences(depth: int = 0) -> st.SearchStrategy[Audience]:
    inner = st.none() | audiences(depth + 1) if depth < 3 else st.none()
    mails = st.lists(st.sampled_from(["ann@example.com", "bo@b.example"]), max_size=2, unique=True)
    return st.builds(
        Audience, st.booleans(), names, names, names, mails.map(tuple), excluded=inner
    ).filter(lambda audience: replace(audience, excluded=None) != Audience())


pulses = st.builds(
    Pulse,
    ids,
    texts(75),
    questions(),
    audiences(),
    st.builds(
        Cadence,
        st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYDAY=1MO"]),
        st.dates(date(2000, 1, 1), date(2200, 1, 1)),
        st.times().map(lambda at: at.replace(second=0, microsecond=0)),
        st.integers(1, 20),
        st.integers(0, 2),
    ),
    st.sampled_from(["confidential", "named"]),
    st.integers(5, 1000),
    st.sampled_from(["none", "slices"]),
)


@given(pulses)
def test_what_is_exported_can_be_applied_again(pulse: Pulse) -> None:
    again = read_pulse(write_pulse(pulse))
    assert again == pulse
    assert changes(pulse, again) == []


def test_a_version_is_no_part_of_the_file() -> None:
    assert write_pulse(replace(WEEKLY, version=3)) == write_pulse(WEEKLY)
    assert changes(replace(WEEKLY, version=3), WEEKLY) == []


def test_every_special_character_survives_the_file() -> None:
    pulse = replace(WEEKLY, title='"\\ “é” 😀 \\u0041 # = [')
    assert read_pulse(write_pulse(pulse)).title == pulse.title


def test_changes_are_told_by_field() -> None:
    (overall,) = WEEKLY.questions
    asked = (
        replace(overall, text="How satisfied were you lately?"),
        Question("words", "comment", "Anything else?"),
    )
    assert changes(WEEKLY, replace(WEEKLY, smallest_group=7, questions=asked)) == [
        ("smallest_group", "5", "7"),
        ("questions", '["overall"]', '["overall", "words"]'),
        (
            "questions.overall.text",
            '"How satisfied were you this week?"',
            '"How satisfied were you lately?"',
        ),
        ("questions.words.id", "", '"words"'),
        ("questions.words.kind", "", '"comment"'),
        ("questions.words.text", "", '"Anything else?"'),
    ]
