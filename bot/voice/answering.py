"""What the bot should say back to what somebody has just written, decided in memory."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from bot.voice.sentiment import judge

#: acknowledge: a grumble; say that it was heard and what happens next.
#: thanks: praise; thank and offer to pass it on by name.
#: urgent: point to the channel that somebody watches now.
#: noted: neither.
Kind = Literal["acknowledge", "thanks", "urgent", "noted"]

#: What an urgent text is about.
Urgency = Literal["safety", "security", "outage"]

_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)*")
_GAP = r"(?: \S+){0,4} "

#: What is past or only imagined is not urgent: "after last year's ransomware course".
_CALM = re.compile(
    r" (?:last (?:year|month|week|spring|summer|autumn|winter)|years ago|months ago|back in"
    r"|training|course|drill|exercise|policy|test|no longer|what if|in case"
    r"|if (?:we|i|you|there)|was fixed|is fixed|fixed (?:it|now|within)|(?:up|working|back) again"
    r"|never|newsletter|webinar|simulated|not|no|without|protect\w*|prevent\w*|avoid\w*) "
)


@dataclass(frozen=True, slots=True)
class Answering:
    kind: Kind
    #: Only where the kind is urgent.
    urgency: Urgency | None = None


def answering(text: str) -> Answering:
    """Which kind of reply fits a text. Nothing is kept, and nothing is looked up."""
    if urgent := urgency(text):
        return Answering("urgent", urgent)
    side = judge(text).sentiment
    if side == "negative":
        return Answering("acknowledge")
    return Answering("thanks" if side == "positive" else "noted")


def urgency(text: str) -> Urgency | None:
    """The first of safety, security and outage that one of the text's clauses speaks of."""
    sentences = [_spaced(sentence) for sentence in re.split(r"[.!?,;\n]+", text)]
    for kind, pattern in _patterns().items():
        if any(pattern.search(said) and not _is_calm(said) for said in sentences):
            return kind
    return None


def _is_calm(said: str) -> bool:
    return bool(_CALM.search(said) or _calm().search(said))


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower().replace('’', chr(39))))} "


@cache
def _patterns() -> Mapping[Urgency, re.Pattern[str]]:
    return {urgency: _pattern(urgency) for urgency in ("safety", "security", "outage")}


@cache
def _calm() -> re.Pattern[str]:
    return _pattern("calm")


def _pattern(table: str) -> re.Pattern[str]:
    """Of all languages: none has phrases that mean something else in another."""
    lists = _tables()[table].values()
    phrases = (phrase for listed in lists for phrase in listed.strip().splitlines())
    return re.compile("|".join(map(_branch, phrases)))


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("urgent.toml").read_text("utf-8"))


def _branch(phrase: str) -> str:
    parts = [" ".join(map(_word, part.split())) for part in phrase.replace("-", " ").split("...")]
    return f" {_GAP.join(parts)} "


def _word(word: str) -> str:
    return re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
