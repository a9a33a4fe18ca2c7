"""An analyzer of another language is a plug-in: what it says is what is told, and nothing is
guessed where there is none."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.voice import Finding
from bot.voice.sentiment import Analyze, judged

GERMAN = "Das VPN ist seit Montag wieder langsam und niemand hilft mir"
FRENCH = "Le réseau est encore en panne et je ne peux pas travailler"


@dataclass(frozen=True)
class Toy:
    """What an analyzer answers with."""

    label: str
    polarity: float
    because: tuple[str, ...]


def toy(text: str) -> Toy:
    slow = tuple(word for word in text.split() if word == "langsam")
    return Toy("negative", -0.5, slow) if slow else Toy("neutral", 0.0, ())


def only_german(code: str | None) -> Analyze | None:
    return {"de": toy}.get(code or "")


def test_a_plug_in_judges_the_texts_of_its_language() -> None:
    assert judged(GERMAN, only_german) == Finding("negative", -0.5, ("langsam",))
    assert judged("Das ist so und nicht anders, sagt die IT", only_german) == Finding("neutral", 0)


@pytest.mark.parametrize("text", [FRENCH, "The VPN is slow again", "Сеть не работает"])
def test_a_language_without_a_plug_in_is_never_guessed(text: str) -> None:
    assert judged(text, only_german) == Finding("unknown", 0.0)


def test_no_plug_in_is_asked_about_what_is_no_text() -> None:
    def asked(_code: str | None) -> Analyze | None:
        raise AssertionError("junk was judged")

    assert judged("asdf", asked) == Finding("junk", 0.0)
    assert judged("", asked).sentiment == "junk"


def test_a_plug_in_is_asked_with_the_code_of_the_language() -> None:
    codes: list[str | None] = []

    def asked(code: str | None) -> Analyze | None:
        codes.append(code)
        return None

    for text in (GERMAN, FRENCH, "The VPN is slow again", "Сеть не работает"):
        judged(text, asked)
    assert codes == ["de", "fr", "en", None]
