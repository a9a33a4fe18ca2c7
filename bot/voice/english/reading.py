"""A text as its tokens and what the lexicon finds in them, before any rule has been asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.voice.english.lexicon import Entry, Sharing, lexicon
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

    #: Hits by family, in the text's order.
    families: dict[str, list[Hit]] = field(default_factory=dict)

    def of(self, family: str) -> Sequence[Hit]:
        return self.families.get(family, ())


def read(text: str) -> Reading:
    words = tokens(text)
    reading = Reading(text, words, tags=[""] * len(words))
    end = sentence = 0
    for at, sharing in enumerate(map(lexicon().get, words)):
        if at < end:
            continue
        entry = _longest(sharing, words, at) if sharing else None
        if entry is not None:
            end = at + 1 + len(entry.rest)
            _keep(reading, entry, at, end, sentence)
        elif not words[at].isalnum() and _ends(words, at):
            reading.questions.append(asks(words[at]))
            sentence += 1
    reading.questions.append(False)
    return reading


def _keep(reading: Reading, entry: Entry, at: int, end: int, sentence: int) -> None:
    for family in entry.families:
        hit = Hit(family.name, family.pull, at, end, sentence)
        reading.hits.append(hit)
        reading.families.setdefault(family.name, []).append(hit)
    reading.tags[at:end] = [entry.families[0].name] * (end - at)


def _ends(words: Sequence[str], at: int) -> bool:
    """Whether a sentence ends here: "?!" and "..." end nothing twice."""
    return ends_a_sentence(words[at]) and at > 0 and not ends_a_sentence(words[at - 1])


def _longest(sharing: Sharing, words: Sequence[str], at: int) -> Entry | None:
    if sharing.longer and at + 1 < len(words):
        for entry in sharing.longer.get(words[at + 1], ()):
            if tuple(words[at + 1 : at + 1 + len(entry.rest)]) == entry.rest:
                return entry
    return sharing.alone
