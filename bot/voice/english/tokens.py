"""A text as words, marks and emoji, in lower case."""

from __future__ import annotations

import re

from bot.voice.language import WORD

#: Words first, because most are; emoticons before marks, because their characters are marks as
#: well. Spaces are taken along, so that nothing is tried at them.
_TOKEN = re.compile(
    rf" *+({WORD}"
    r"|>?[:;=]'?-?[()\[\]dp/|\\](?![\w/])|<3|\(:|\\o/|\^\^"
    r"|\d+"
    r"|[!?]+|\.{2,}|[.,;:()…\n–—%€$£/]"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff]"
    r")"
)

#: What ends a sentence, and what ends a part of one.
_ENDS = frozenset({".", "…", "\n"})
_PAUSES = frozenset(",;:()–—/")


def tokens(text: str) -> list[str]:
    """Apostrophes are plain and belong to their word ("isn't"); a hyphen parts words."""
    return _TOKEN.findall(text.lower().replace("’", "'").replace("‘", "'").replace("`", "'"))


def ends_a_sentence(token: str) -> bool:
    return token in _ENDS or token[0] in "!?" or token[:2] == ".."


def pauses(token: str) -> bool:
    return token in _PAUSES


def asks(token: str) -> bool:
    """Whether a mark ends a question."""
    return token[0] in "!?" and "?" in token
