"""The English analyzer from inside: lexicon, reading and model, and how TextBlob calls it."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob

from benchmarks.voice.sets import HELD_OUT, corpus
from bot import voice
from bot.voice import english, judge, language, subjects
from bot.voice.english import features, model, rules
from bot.voice.english.analyzer import ItAnalyzer
from bot.voice.english.lexicon import inflected
from bot.voice.english.reading import read
from bot.voice.english.tokens import tokens

WORDS = st.sampled_from(
    [
        *("the", "VPN", "printer", "not", "never", "slow", "great", "but", "again", "fixed", "?"),
        *("three", "weeks", ",", ".", "no", "thanks", "why", "works", ":(", "without", "\n", "…"),
    ]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text()


def test_textblob_takes_our_analyzer_as_its_own() -> None:
    blob = TextBlob("The printer jams again", analyzer=ItAnalyzer())
    assert blob.sentiment.label == "negative"
    assert blob.sentiment.polarity < 0


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("crash", ("crash", "crashes", "crashed", "crashing")),
        ("freeze", ("freeze", "freezes", "freezed", "freezing")),
        ("drop", ("drop", "drops", "dropped", "dropping")),
        ("retry", ("retry", "retries", "retried", "retrying")),
        ("wait", ("wait", "waits", "waited", "waiting")),
    ],
)
def test_a_verb_with_a_plus_stands_for_its_regular_forms(verb: str, forms: tuple[str]) -> None:
    assert inflected(verb) == forms


def test_words_marks_emoji_and_emoticons_are_told_apart() -> None:
    assert tokens("It isn’t user-friendly :( really?! 👍 http://x") == [
        *("it", "isn't", "user", "friendly", ":(", "really", "?!", "👍", "http", ":", "/", "/", "x")
    ]


def test_a_negation_reaches_to_the_end_of_its_clause_and_no_further() -> None:
    reading = read("It is not fast or reliable, but friendly")
    rules.apply(reading)
    turned = {reading.tokens[hit.start]: hit.turned for hit in reading.hits if hit.pull}
    assert turned == {"fast": True, "reliable": True, "friendly": False}


@settings(deadline=None)
@given(TEXTS)
def test_the_model_adds_up_what_its_names_weigh(text: str) -> None:
    reading = read(text)
    rules.apply(reading)
    known, stems = model.weights(), features.words(reading)[1:-1]
    near = features.nearness(sum(stem not in known.words for stem in stems))
    each, full = near * features.share(reading), near * features.trust(reading)
    shipped = (files(english) / model.FILE).read_text("utf-8")
    by_name = {name: pair for name, pair in model.lines(shipped) if name != "bias"}
    raw = [given + bias for given, bias in zip(features.leaning(reading), known.bias, strict=True)]
    names = [(name, full) for name in features.findings(reading)]
    names += [(f"p {name}", each) for name in features.phrases(reading)]
    for name, value in names:
        for at, weight in enumerate(by_name.get(name, (0.0, 0.0))):
            raw[at] += weight * value
    expected, odds = model.soft(*raw), model.odds(reading, known)
    assert odds.negative == pytest.approx(expected.negative)
    assert odds.positive == pytest.approx(expected.positive)


def test_what_was_learned_says_nothing_about_a_text_full_of_strange_words() -> None:
    reading = read("Zorp quibbled glimly on krazzen blenders, florping vex trammels")
    rules.apply(reading)
    alone = model.soft(
        *(
            given + bias
            for given, bias in zip(features.leaning(reading), model.weights().bias, strict=True)
        )
    )
    assert model.odds(reading, model.weights()) == alone


def test_nothing_that_ships_was_learned_from_a_writer_who_is_held_out() -> None:
    shipped = (files(english) / model.FILE, files(voice) / subjects.FILE)
    for recipe in (file.read_text("utf-8").split("\n", 3)[1] for file in shipped):
        assert all(f"{name} ({len(rows)})" in recipe for name, rows in corpus().items())
        assert not any(f"{name} (" in recipe for name in HELD_OUT)


@settings(deadline=None)
@given(TEXTS)
def test_a_judgement_keeps_to_its_scale_and_a_side_has_the_scores_sign(text: str) -> None:
    finding = judge(text)
    assert -1 <= finding.score <= 1
    assert (finding.score < 0) or finding.sentiment != "negative"
    assert (finding.score > 0) or finding.sentiment != "positive"


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("The printer is broken again", ("broken", "again")),
        ("Very slow, and nobody answers", ("very slow", "nobody answers")),
        ("Thank you, that was quick", ("thank you", "quick")),
        ("It isn't helpful", ("not helpful",)),
    ],
)
def test_the_words_that_decided_are_named_as_they_were_meant(
    text: str, because: tuple[str, ...]
) -> None:
    assert judge(text).because == because


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La impresora no funciona nunca", "es"),
        ("la stampante non funziona mai", "it"),
        ("de printer werkt niet", "nl"),
        ("Drukarka nie działa", "pl"),
    ],
)
def test_a_language_we_do_not_judge_is_unknown_and_never_guessed(text: str, code: str) -> None:
    assert language(text) == code
    assert judge(text).sentiment == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        *("Danke to the service desk, great", "VPN", "SAP log on", "super", "ok", "pls fix"),
        *("Somebody came within ten minutes", "Our Graz office has no printer", "vis-a-vis Teams"),
        *("Zürich wifi bad", "Müller's printer down", "déjà vu with the café wifi", ".NET error"),
        *("Batteries die fast", "car park reader dead", "plus one", "AI tools"),
    ],
)
def test_a_foreign_word_or_none_at_all_makes_no_other_language(text: str) -> None:
    assert language(text) == "en"
