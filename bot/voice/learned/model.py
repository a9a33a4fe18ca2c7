"""A small learned model of one language: weights by name, added up, and no library at run time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from bot.voice.english.model import Odds, Pair, soft
from bot.voice.language import small_words
from bot.voice.learned.features import Reading, counted, leaning, read
from bot.voice.learned.tongue import Tongue, tongue

NEGATIVE, POSITIVE = "negative", "positive"

#: What a keyword says for its theme before anything is learned.
NAMED_WEIGHS = 3.0

#: A word that pulls less than this decides nothing.
TELLING = 0.1


#: Where arrows, signs and emoji begin.
_EMOJI = 0x2190


@dataclass(slots=True)
class Weights:
    """What each name says for negative and for positive, against neutral, and for themes."""

    sides: dict[str, Pair] = field(default_factory=dict)
    themes: dict[str, Sequence[tuple[str, float]]] = field(default_factory=dict)


@cache
def shipped(name: str) -> tuple[Tongue, Weights]:
    """A language by the name of its files, `german.toml` and `german.tsv`."""
    return tongue(name), learned(files(__package__).joinpath(f"{name}.tsv").read_text("utf-8"))


def learned(text: str) -> Weights:
    """A line is a name, a tab and what it says in hundredths: "negative=120 cost=-30"."""
    known = Weights()
    for name, said in _lines(text):
        if NEGATIVE in said or POSITIVE in said:
            known.sides[name] = said.pop(NEGATIVE, 0.0), said.pop(POSITIVE, 0.0)
        if said:
            known.themes[name] = tuple(said.items())
    return known


def _lines(text: str) -> Iterator[tuple[str, dict[str, float]]]:
    for line in text.splitlines():
        if not line.startswith("# "):
            name, said = line.split("\t")
            each = (one.split("=") for one in said.split())
            yield name, {what: int(hundredths) / 100 for what, hundredths in each}


def odds(reading: Reading, known: Weights) -> Odds:
    negative, positive = leaning(reading)
    for name, value in counted(reading).items():
        if pair := known.sides.get(name):
            negative += value * pair[0]
            positive += value * pair[1]
    return soft(negative, positive)


def meant(text: str, name: str) -> set[str]:
    """Ids of the themes that a text in the language by that name is about."""
    spoken, known = shipped(name)
    return themes(read(text, spoken), known)


def themes(reading: Reading, known: Weights) -> set[str]:
    sums = defaultdict(float, dict.fromkeys(reading.themes, NAMED_WEIGHS))
    for name, value in counted(reading).items():
        for theme, weight in known.themes.get(name, ()):
            sums[theme] += weight * value
    return {theme for theme, total in sums.items() if total > 0}


def telling(reading: Reading, side: str, known: Weights, most: int = 2) -> tuple[str, ...]:
    """Listed words that pulled to a side, in the text's order; where there are none, what the
    model took most for it."""
    sign = -1 if side == NEGATIVE else 1
    listed = [hit.places for hit in reading.hits if hit.pull * sign > 0]
    if listed:
        return _spoken(reading, {place for places in listed for place in places})
    pulls = {
        place: pull
        for place, pull in _pulls(reading, side, known).items()
        if pull > TELLING and _is_a_word(reading.tokens[place])
    }
    # Small words tell a reader little, so they are named where there is nothing else.
    telling = {at for at in pulls if reading.tokens[at] not in small_words()} or pulls.keys()
    return _spoken(reading, sorted(telling, key=lambda place: (-pulls[place], place))[:most])


def _spoken(reading: Reading, places: Iterable[int]) -> tuple[str, ...]:
    """Words beside each other are told as one."""
    told: list[list[int]] = []
    for place in sorted(places):
        if told and told[-1][-1] == place - 1:
            told[-1].append(place)
        else:
            told.append([place])
    return tuple(" ".join(reading.tokens[at] for at in places) for places in told)


def _pulls(reading: Reading, side: str, known: Weights) -> Mapping[int, float]:
    """How far each word pulled to a side against the mean of the two others."""
    mine, other = (0, 1) if side == NEGATIVE else (1, 0)
    pulls: defaultdict[int, float] = defaultdict(float)
    for found in reading.found:
        pair = known.sides.get(found.name, (0.0, 0.0))
        for place in found.places:
            pulls[place] += found.value * (pair[mine] - pair[other] / 2) / len(found.places)
    return pulls


def _is_a_word(token: str) -> bool:
    return (token[0].isalpha() and len(token) > 2) or ord(token[0]) >= _EMOJI
