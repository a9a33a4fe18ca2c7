"""A text as its tokens and what the lexicon finds in them, before any rule has been asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.voice.english.lexicon import Entry, lexicon
from bot.voice.english.tokens import asks, ends_a_sentence, tokens


@dataclass(slots=True)
class Hit:
    """A word or phrase that the lexicon knows, from token `start` to before token `end`."""

    family: str
    #: From -1.4 (blame) to 1.2 (praise); 0 for families that only change others. Rules change it.
    pull: float
    start: int
    end: int
    #: Number of the sentence.
    sentence: int
    #: Where the word or token stands that turned it round, else -1.
    turned_by: int = -1

    @property
    def turned(self) -> bool:
        return self.turned_by >= 0


@dataclass(slots=True)
class Reading:
    """What rules and model look at."""

    text: str
    tokens: list[str]
    #: In the text's order; a word of two families gives two hits.
    hits: list[Hit] = field(default_factory=list)
    #: For each sentence, whether it ends with a question mark.
    questions: list[bool] = field(default_factory=list)
    #: For each token, the family that has it, or empty.
    tags: list[str] = field(default_factory=list)

    def of(self, family: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.family == family]

    def has(self, family: str) -> bool:
        return any(hit.family == family for hit in self.hits)


def read(text: str) -> Reading:
    words = tokens(text)
    reading = Reading(text, words)
    known = lexicon()
    reading.tags = tags = [""] * len(words)
    at = sentence = 0
    while at < len(words):
        entries = known.get(words[at])
        entry = _longest(entries, words, at) if entries else None
        if entry is None:
            if ends_a_sentence(words[at]) and _has_begun(words, at):
                reading.questions.append(asks(words[at]))
                sentence += 1
            at += 1
            continue
        end = at + 1 + len(entry.rest)
        for family in entry.families:
            reading.hits.append(Hit(family.name, family.pull, at, end, sentence))
        tags[at:end] = [entry.families[0].name] * (end - at)
        at = end
    reading.questions.append(False)
    return reading


def _has_begun(words: Sequence[str], at: int) -> bool:
    """Whether a sentence is there to be ended: "?!" and "..." end nothing twice."""
    return at > 0 and not ends_a_sentence(words[at - 1])


def _longest(entries: tuple[Entry, ...], words: Sequence[str], at: int) -> Entry | None:
    following = words[at + 1] if at + 1 < len(words) else ""
    for entry in entries:
        rest = entry.rest
        # Most entries differ in the next word already.
        if not rest or (rest[0] == following and tuple(words[at + 1 : at + 1 + len(rest)]) == rest):
            return entry
    return None
