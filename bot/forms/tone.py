"""Why a comment was read as it was, and a lead's own reading of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.cards import Card, Field, Option, Prose, Quote, Reply
from bot.commands.word_for_word import ABOUT, COMMENTS, labelled, word_for_word
from bot.domain.release import ReleasedText
from bot.domain.report import allow_text
from bot.errors import Refusal
from bot.forms.step import Step, Values, said
from bot.plain import TONES
from bot.turn import Turn

#: Characters of a comment in the title of its form.
GLANCE: Final = 140
LABELS: Final = tuple(Option(tone, TONES[tone]) for tone in ("negative", "neutral", "positive"))
FIGURES_STAY: Final = "Only this comment's label changes. Published figures stay as they are."
#: Of a tone that no words decided.
WITHOUT_WORDS: Final[Mapping[str, str]] = {
    "neutral": "no words decided otherwise",
    "unknown": "it is in a language I do not judge",
    "junk": "there is nothing in it to judge",
}


class GoneComment(Refusal):
    """This comment is not there any more: its author deleted it, or its 180 days are over."""

    reason = "gone"


def _title(turn: Turn, about: str) -> str:
    text = _text(turn, about)
    body = text.body if len(text.body) <= GLANCE else f"{text.body[:GLANCE].rstrip()}…"
    return f"“{body}” was read as {TONES[text.sentiment]}: {_why(text)}."


def _why(text: ReleasedText) -> str:
    if text.because:
        decided = ", ".join(f"“{words}”" for words in text.because)
        return f"{decided} decided"
    return WITHOUT_WORDS.get(text.sentiment, "which words decided was not kept")


def _fields(turn: Turn, about: str) -> tuple[Field, ...]:
    tone = _text(turn, about).tone
    value = tone if any(option.value == tone for option in LABELS) else None
    return (
        Field("tone", "choice", "This comment is", options=LABELS, value=value, hint=FIGURES_STAY),
    )


def _take(turn: Turn, about: str, values: Values) -> Reply:
    """The page that the button stands on shows it at once."""
    text, tone = _text(turn, about), values["tone"]
    if tone == text.sentiment:
        turn.tx.releases.take_back(text.id)
    else:
        turn.tx.releases.correct(text.id, tone)
    kind, _, words = about.partition(" ")[2].partition(" ")
    if kind in (COMMENTS, ABOUT):
        return Reply(redraw=word_for_word(turn, kind, words))
    told = f"Thank you. This comment is now shown as {TONES[tone]}. {FIGURES_STAY}"
    return said(Card(told, (Prose(told), Quote(text.body, labelled(_text(turn, about))))))


def _text(turn: Turn, about: str) -> ReleasedText:
    """`about` is its id and, behind that, the words that have led to it. Raises GoneComment, or
    NotYours for whoever may not read it."""
    text = turn.tx.releases.text(about.partition(" ")[0])
    if text is None:
        raise GoneComment
    allow_text(turn.tx, text, turn.person.sees_only)
    return text


STEPS: Final = {"tone": Step("lead", _title, _fields, _take)}
