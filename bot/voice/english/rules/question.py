"""Questions and requests ask for something; few of them blame."""

from __future__ import annotations

from bot.voice.english.reading import Reading

SOFTER = 0.6

#: Of a question that wants no answer: "Why is it always me?"
HARDER = 1.6

#: Of a wish, which names what would be good, not what is: "would be great to have".
WISHED = 0.3


def soften(reading: Reading) -> None:
    wishes = {hit.sentence for hit in reading.of("request")}
    blaming = {at for at, asks in enumerate(reading.questions) if asks and _blames(reading, at)}
    for hit in reading.hits:
        if hit.sentence in wishes and hit.pull > 0 and hit.family != "thanks":
            hit.pull *= WISHED
        elif reading.questions[hit.sentence]:
            hit.pull *= HARDER if hit.sentence in blaming else SOFTER
    for sentence in blaming:
        reading.questions[sentence] = False


def _blames(reading: Reading, sentence: int) -> bool:
    """ "Why is it always me?" is no question."""
    return any(
        hit.sentence == sentence
        and (hit.family in {"anger", "repeat"} or reading.tokens[hit.start] == "why")
        for hit in reading.hits
    )
