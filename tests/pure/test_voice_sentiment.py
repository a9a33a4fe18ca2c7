"""Examples of how a text is judged; the analyzer that follows must keep every one of them."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.voice import Finding, judge

LABELS = {"negative", "neutral", "positive", "unknown", "junk"}


@pytest.mark.parametrize(
    "text",
    [
        "The new laptop is terrible",
        "Awful support, as ever",
        "This is the worst portal I know",
        "The ordering form isn't good",
        "The ordering form isn’t good",
        "I am very disappointed",
        "Painfully slow since the update",
    ],
)
def test_a_word_of_blame_makes_a_text_negative(text: str) -> None:
    finding = judge(text)
    assert finding.sentiment == "negative"
    assert finding.score < 0
    assert finding.because


@pytest.mark.parametrize(
    "text",
    [
        "The hotline was excellent",
        "Great work on the new portal!",
        "I love the second screen",
        "Not bad, actually",
        "The technician was very friendly",
        "Perfect, as always :-)",
    ],
)
def test_a_word_of_praise_makes_a_text_positive(text: str) -> None:
    finding = judge(text)
    assert finding.sentiment == "positive"
    assert finding.score > 0
    assert finding.because


@pytest.mark.parametrize(
    "text", ["I work in Graz", "Where do I find the form?", "Version 8 came on Monday", "7", "🖥️"]
)
def test_a_plain_statement_is_neutral(text: str) -> None:
    assert judge(text) == Finding("neutral", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "-", "...", "???", "!!!", "n/a", "N/A", "na", "None", "nil", "nothing"),
        *("asdf", "ASDF", "asdfjkl", "asdf asdf", "qwertz", "qwerty", "sdfsdf", "aaaa", "xx xx"),
        *("no comment", "Nothing to add.", "test", "k.A.", "nix", "Keine Angabe", "bla bla"),
        *("rien", "RAS", "R.A.S.", "Néant", "Rien à ajouter.", "sans objet"),
    ],
)
def test_what_nobody_meant_is_junk(text: str) -> None:
    assert judge(text) == Finding("junk", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Nichts geht",
        "Rien ne marche",
        "Nothing works",
        "No VPN",
        "9/10",
        "👍",
        "thx",
        "were",
        "Test failed",
        "100",
    ],
)
def test_a_short_text_may_still_mean_something(text: str) -> None:
    assert judge(text).sentiment != "junk"


@pytest.mark.parametrize(
    "text",
    [
        "VPN не работает",
        "ужасно медленно",
        "网络太慢了",
        "الشبكة بطيئة",
        "プリンターが壊れた",
        "δεν δουλεύει",
    ],
)
def test_a_script_we_cannot_read_is_unknown_and_never_guessed(text: str) -> None:
    assert judge(text) == Finding("unknown", 0.0)


@pytest.mark.parametrize(
    "text", ["Hruška's laptop is terrible", "Terrible, says Nguyễn", "Terrible! «нет»"]
)
def test_a_few_foreign_letters_do_not_hide_what_is_said(text: str) -> None:
    assert judge(text).sentiment == "negative"


def test_the_words_that_decided_are_named() -> None:
    assert judge("Friendly people but terrible, terrible laptops").because == (
        "terrible",
        "terrible",
    )
    assert judge("The form isn't good").because == ("not good",)


def test_where_neither_side_wins_every_word_that_pulled_is_named() -> None:
    finding = judge("Is the screen nice or bad?")
    assert (finding.sentiment, finding.because) == ("neutral", ("nice", "bad"))


@settings(deadline=None)
@given(st.text())
def test_any_text_is_judged_within_the_scale(text: str) -> None:
    finding = judge(text)
    assert finding.sentiment in LABELS
    assert -1 <= finding.score <= 1
    assert all(finding.because)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["not", "no", "n't", "very", "bad", "good", "(!)", ":-(", "!"])))
def test_words_that_change_each_other_stay_within_the_scale(words: list[str]) -> None:
    assert -1 <= judge(" ".join(words)).score <= 1


def test_the_lexicon_waits_for_the_first_text() -> None:
    asked = "import sys, bot.voice; sys.exit('textblob' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
