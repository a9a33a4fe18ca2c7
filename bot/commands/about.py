"""What people wrote about, in words: what `summary` and `themes` say in the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot import wording
from bot.cards import Part, Quote
from bot.domain.insight import Verdict
from bot.domain.release import ReleasedText
from bot.domain.topics import Topic
from bot.domain.typical import typical
from bot.plain import TONES, theme_label

#: Sentiment -> how its voice is called.
VOICES: Final[Mapping[str, str]] = {
    "negative": "A critical voice",
    "positive": "A kind voice",
    "neutral": "A voice",
    "unknown": "A voice",
}
BOTH: Final = ("negative", "positive")

CHANGES: Final[Mapping[Verdict, str]] = {
    "up": "more than on {on}",
    "down": "less than on {on}",
    "no change": "about as much as on {on}",
    "can't tell yet": "no clear change since {on}",
}


def told(topic: Topic) -> str:
    """How often, in how large a part, how unhappily."""
    parts = [wording.count(topic.mentions, "comment", "comments")]
    if topic.share is not None:
        parts[0] += f" ({topic.share:.0%})"
    if topic.negative:
        parts.append("all critical" if topic.negative == topic.mentions else _critical(topic))
    return ", ".join(parts)


def shortly(topic: Topic) -> str:
    """Beside a bar, on a phone."""
    critical = f", {topic.negative} critical" if topic.negative else ""
    return f"{topic.mentions}{critical}"


def changed(topic: Topic, before: date | None) -> str:
    """Against the round before, in words; empty where there is nothing to compare with."""
    if topic.change is None or before is None:
        return ""
    on = wording.day_of_month(before)
    if not topic.named_before and topic.change != "up":
        return f"not named on {on}"
    return CHANGES[topic.change].format(on=on)


def briefly(topic: Topic, before: date | None) -> str:
    """With the change only where there is one to speak of."""
    how = f", {changed(topic, before)}" if topic.change in ("up", "down") else ""
    return f"{theme_label(topic.theme)}: {told(topic)}{how}."


def tones(sentiment: Mapping[str, int]) -> str:
    """“5 critical, 12 kind”."""
    return ", ".join(f"{count} {TONES[tone]}" for tone, count in sentiment.items() if count)


def quotes(texts: Sequence[ReleasedText]) -> list[Part]:
    """One critical and one kind, each the most typical of its sort; where there is only one sort,
    two of it."""
    chosen: list[ReleasedText] = []
    for tone in (*BOTH, *VOICES):
        left = [text for text in texts if text.tone == tone and text not in chosen]
        if len(chosen) < len(BOTH):
            chosen += typical(left, 1)
    return [Quote(text.body, VOICES[text.tone]) for text in chosen]


def _critical(topic: Topic) -> str:
    return f"{topic.negative} of them critical"
