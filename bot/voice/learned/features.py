"""What a model counts in a text: words, pairs of words, and what a language's lists find."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from bot.voice.english.tokens import asks, ends_a_sentence, pauses
from bot.voice.learned.tongue import NOT, Tongue, folded, stem, words

#: A text's words weigh together about as much as all else that is found in it.
WORDS_WEIGH = 3.0
#: A shorter text counts as one of so many words.
SHORT = 8

#: How many words further on, and how many before it, a negation turns round.
AHEAD, BACK = 5, 3

#: Stands between the words of a pair, and in no word.
PAIRED = "_"
#: Before a theme of which a keyword was found, and before how many there are.
NAMED = "named"

#: The family of words that set what follows against what came before.
BUT = "but"

#: What is left of a word's pull when it is turned round.
OF_PRAISE, OF_BLAME = -0.8, -0.5
#: Words that pull no more than this are not turned: "schon wieder nicht".
WEAK = 0.4
#: Of the sum of all pulls; a sum nearer to zero than this says neutral.
LISTS_WEIGH, DOUBT = 1.2, 0.2

_LENGTHS = (3, 6, 10, 16, 25, 40)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that counts, and the words in which it was found."""

    name: str
    value: float
    places: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of a family, and the negation that turned them round."""

    family: str
    pull: float
    #: In the text's order.
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Reading:
    tokens: Sequence[str]
    hits: Sequence[Hit]
    #: Themes of which a keyword was found.
    themes: Sequence[str]
    found: Sequence[Found]


def read(text: str, tongue: Tongue) -> Reading:
    spoken = words(text)
    plain = [folded(word, tongue.spelt) for word in spoken]
    places = tongue.keywords.find(plain)
    hits = _outermost(list(_hits(places, plain, tongue)))
    themes = [theme for theme in tongue.themes if theme in places]
    found = [*_shape(plain), *_spelt(plain, tongue), *_listed(plain, hits), *_named(themes)]
    return Reading(spoken, hits, themes, found)


def counted(reading: Reading) -> Mapping[str, float]:
    """How much of each name a text holds."""
    full, sums = trust(reading), defaultdict[str, float](float)
    for found in reading.found:
        sums[found.name] += full * found.value
    return sums


def leaning(reading: Reading) -> tuple[float, float]:
    """What the lists alone say for negative and for positive; the shorter a text, the more."""
    total = sum(hit.pull for hit in reading.hits)
    weigh = LISTS_WEIGH / trust(reading)
    return weigh * (max(0.0, -total) - DOUBT), weigh * (max(0.0, total) - DOUBT)


def trust(reading: Reading) -> float:
    """How far the model may go beyond the lists: in a short text these decide."""
    return min(1.0, max(1, len(reading.tokens)) / SHORT)


def _shape(plain: Sequence[str]) -> Iterator[Found]:
    yield Found("always", 1.0)
    yield from (Found(f"longer than {n}", 1.0) for n in _LENGTHS if len(plain) > n)
    if any(map(asks, plain)):
        yield Found("asks", 1.0)
    if plain and asks(plain[-1]):
        yield Found("ends asking", 1.0)
    if any("!" in word for word in plain):
        yield Found("exclaims", 1.0)


def _spelt(plain: Sequence[str], tongue: Tongue) -> Iterator[Found]:
    stems = [stem(word, tongue.endings) for word in plain]
    each = WORDS_WEIGH / sqrt(max(len(stems), SHORT))
    yield from (Found(word, each, (at,)) for at, word in enumerate(stems))
    for at, (one, other) in enumerate(pairwise(["^", *stems, "$"])):
        places = [place for place in (at - 1, at) if 0 <= place < len(stems)]
        yield Found(f"{one}{PAIRED}{other}", each, places)


def _listed(plain: Sequence[str], hits: Sequence[Hit]) -> Iterator[Found]:
    """Families, and once more those that a text ends on: in its last sentence, behind "but"."""
    ends = [at for at, word in enumerate(plain[:-1]) if ends_a_sentence(word)]
    turns = [hit.places[-1] for hit in hits if hit.family == BUT]
    last = max([-1, *ends[-1:], *turns[-1:]])
    places: defaultdict[str, list[int]] = defaultdict(list)
    for hit in hits:
        places[f"has {hit.family}"] += hit.places
        if hit.places[0] > last:
            places[f"last {hit.family}"] += hit.places
    yield from (Found(name, 1.0, within) for name, within in places.items())


def _named(themes: Sequence[str]) -> Iterator[Found]:
    yield from (Found(f"{NAMED} {theme}", 1.0) for theme in themes)
    yield Found(f"{NAMED} {min(len(themes), 4)}", 1.0)


def _hits(
    places: Mapping[str, Sequence[range]], plain: Sequence[str], tongue: Tongue
) -> Iterator[Hit]:
    negations = [within.stop - 1 for within in places.get(NOT, ())]
    for family, pull in tongue.pulls.items():
        for within in places.get(family, ()):
            near = _clause(plain, within, tongue) if negations and abs(pull) > WEAK else ()
            yield _hit(family, pull, within, [at for at in negations if at in near])


def _outermost(hits: Sequence[Hit]) -> list[Hit]:
    """Without those that stand within a longer one: "mieux" in "mieux avant"."""
    return [hit for hit in hits if not any(_is_within(hit, other) for other in hits)]


def _is_within(hit: Hit, other: Hit) -> bool:
    return len(hit.places) < len(other.places) and set(hit.places) <= set(other.places)


def _hit(family: str, pull: float, within: range, negations: Sequence[int]) -> Hit:
    if not negations:
        return Hit(family, pull, within)
    left = OF_PRAISE if pull > 0 else OF_BLAME
    return Hit(f"not-{family}", pull * left, sorted([*within, negations[0]]))


def _clause(plain: Sequence[str], within: range, tongue: Tongue) -> set[int]:
    """Where a negation would turn what stands there: near, in the same clause, not within it."""
    before = range(within.start - 1, max(-1, within.start - 1 - AHEAD), -1)
    behind = range(within.stop, min(len(plain), within.stop + BACK))
    return {*_until_parted(before, plain, tongue), *_until_parted(behind, plain, tongue)}


def _until_parted(places: Sequence[int], plain: Sequence[str], tongue: Tongue) -> Iterator[int]:
    for at in places:
        word = plain[at]
        if word in tongue.stops or pauses(word) or ends_a_sentence(word):
            return
        yield at
