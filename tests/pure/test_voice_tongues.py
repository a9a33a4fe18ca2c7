"""What every language that is judged keeps to, and what a learned one is told by."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textblob import TextBlob
from textblob.base import BaseSentimentAnalyzer

from bot.voice import Finding, judge, language, shipped, themes
from bot.voice.english.analyzer import ItAnalyzer
from bot.voice.learned import LEARNED
from bot.voice.learned.analyzer import LearnedAnalyzer
from bot.voice.learned.features import read
from bot.voice.learned.tongue import folded, stem, tongue, words
from bot.voice.learned.wordlist import WordList
from bot.voice.sentiment import ANALYZERS

#: How the analyzer of each language is made, and words of it.
MADE: dict[str, tuple[Callable[[], BaseSentimentAnalyzer], str]] = {
    "en": (ItAnalyzer, "the printer is not broken again never slow great thanks but ? ! . ,"),
    "de": (
        lambda: LearnedAnalyzer("german"),
        "der Drucker ist nicht kaputt schon wieder nie langsam super danke aber ? ! . , 👍",
    ),
    "fr": (
        lambda: LearnedAnalyzer("french"),
        "l'imprimante n'est pas en panne encore jamais lente super merci mais ? ! . , 👍",
    ),
}


def test_every_language_that_is_judged_is_held_to_the_contract() -> None:
    assert MADE.keys() == ANALYZERS.keys()


@pytest.fixture(scope="module", params=sorted(MADE))
def analyzer(request: pytest.FixtureRequest) -> BaseSentimentAnalyzer:
    made, _ = MADE[request.param]
    return made()


@settings(deadline=None, max_examples=60)
@given(
    st.text()
    | st.lists(st.sampled_from(" ".join(said for _, said in MADE.values()).split())).map(" ".join)
)
def test_any_text_gets_a_label_a_score_and_words_that_are_in_it(
    analyzer: BaseSentimentAnalyzer, text: str
) -> None:
    found = analyzer.analyze(text)
    assert found.label in {"negative", "neutral", "positive"}
    assert -1 <= found.polarity <= 1
    assert (found.polarity < 0) or found.label != "negative"
    assert (found.polarity > 0) or found.label != "positive"
    assert found.because or found.label == "neutral"
    assert analyzer.analyze(text) == found


def test_textblob_takes_it_as_its_own(analyzer: BaseSentimentAnalyzer) -> None:
    assert TextBlob("VPN", analyzer=analyzer).sentiment.label in {"negative", "neutral"}


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("Der Drucker läuft schon wieder nicht", ("läuft schon wieder nicht",)),
        ("Alles bestens, DANKE 👍", ("alles bestens", "danke 👍")),
        ("L’imprimante n’est plus en panne, merci beaucoup", ("plus en panne", "merci beaucoup")),
    ],
)
def test_the_words_that_decided_are_named_as_they_were_written(
    text: str, because: tuple[str, ...]
) -> None:
    assert judge(text).because == because


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("Der Drucker ist schon wieder kaputt", "de"), ("VPN funktioniert nicht", "de")],
        *[("Drucker kaputt", "de"), ("Danke!", "de"), ("Datenschutzschulung", "de")],
        *[("Was ist mit dem SAP?", "de"), ("Koennen wir das fuer Mai buchen", "de")],
        *[("le wifi est lent", "fr"), ("C'est trop lent depuis lundi", "fr"), ("Merci !", "fr")],
        *[("Imprimante en panne", "fr"), ("On a reçu la tablette", "fr"), ("Trop lent", "fr")],
    ],
)
def test_german_and_french_are_told_by_their_words(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Der Drucker druckt nur noch Streifen", "hardware"),
        ("Kein WLAN in der Kantine", "network"),
        ("Passwort schon wieder abgelaufen", "access"),
        ("Die Excel-Schulung war sehr gut", "training"),
        ("Viel zu teure Lizenzen", "cost"),
        ("L'imprimante est en panne", "hardware"),
        ("Pas de wifi à la cantine", "network"),
        ("Mon mot de passe a encore expiré", "access"),
        ("La formation Excel était très bien", "training"),
        ("Les licences coûtent trop cher", "cost"),
    ],
)
def test_themes_are_found_in_the_words_of_the_language(text: str, about: str) -> None:
    assert about in themes(text)


def test_a_keyword_that_an_admin_added_counts_in_every_language() -> None:
    more = shipped().extended('[cars]\nlabel = "Company cars"\nkeywords = ["Fuhrpark"]')
    assert "cars" in more.of("Der Fuhrpark hat seit Montag kein Netz")


@pytest.mark.parametrize("name", LEARNED.values())
def test_a_learned_language_has_a_list_for_every_theme(name: str) -> None:
    assert set(tongue(name).themes) == set(shipped().themes)


def test_a_language_without_an_analyzer_is_never_guessed() -> None:
    assert judge("La impresora no funciona nunca") == Finding("unknown", 0.0)


def test_letters_are_the_same_however_they_are_written() -> None:
    spelt = tongue("german").spelt
    assert {folded(word, spelt) for word in words("Geräte GERAETE gera\u0308te")} == {"gerate"}
    assert folded("strasse", spelt) == folded(*words("Straße"), spelt)
    assert {folded(word, ()) for word in words("reçu recu")} == {"recu"}


def test_a_word_loses_the_first_ending_that_leaves_enough_of_it() -> None:
    endings = ("ungen", "ung", "en", "n")
    assert [stem(w, endings) for w in ("schulungen", "schulung", "laden")] == ["schul"] * 2 + [
        "lade"
    ]


def test_an_apostrophe_parts_words() -> None:
    assert words("L'accès n’est pas là !") == ["l", "accès", "n", "est", "pas", "là", "!"]


def test_a_keyword_is_found_at_an_edge_within_and_over_words() -> None:
    listed = WordList(
        [
            ("fault", "*fall*"),
            ("fault", "weg"),
            ("wait", "seit * tagen"),
            ("wait", "seit"),
            ("n", "*netz"),
        ]
    )
    found = listed.find(["netzausfalls", "seit", "drei", "tagen", "funknetz", "wegs", "weg"])
    assert found == {
        "fault": [range(1), range(5, 6), range(6, 7)],
        "wait": [range(1, 4)],
        "n": [range(4, 5)],
    }


def test_a_negation_turns_what_is_near_and_in_its_clause() -> None:
    spoken = tongue("german")
    families = [hit.family for hit in read("Das ist nicht gut, aber freundlich", spoken).hits]
    assert families == ["not-praise", "kind", "but"]
