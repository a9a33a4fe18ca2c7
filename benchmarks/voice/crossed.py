"""How good the model is on whom it has never read: trained anew without each writer or set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.voice import train, train_subjects, train_tongue
from benchmarks.voice.scores import Score, micro_f1, score
from benchmarks.voice.sets import Row
from bot.voice.english import model
from bot.voice.english.analyzer import ItAnalyzer
from bot.voice.language import ENGLISH
from bot.voice.learned import LEARNED
from bot.voice.learned import model as learned
from bot.voice.learned.analyzer import LearnedAnalyzer
from bot.voice.learned.features import read
from bot.voice.learned.tongue import tongue
from bot.voice.sentiment import judged
from bot.voice.subjects import meant
from bot.voice.themes import shipped, themes

CODES = {name: code for code, name in LEARNED.items()}

Sets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said of a set's texts."""

    labels: Sequence[str]
    scores: list[float]

    def score(self, rows: Sequence[Row]) -> Score:
        return score([row.label for row in rows], self.labels, self.scores)


@dataclass(frozen=True, slots=True)
class Heard:
    """A writer's texts, what was said of them and the themes found in them."""

    rows: Sequence[Row]
    told: Told
    themes: Sequence[set[str]]

    def score(self) -> Score:
        return self.told.score(self.rows)

    def of_themes(self) -> float:
        pairs = zip(self.rows, self.themes, strict=True)
        return micro_f1([(row.themes, found) for row, found in pairs])


def together(heard: Iterable[Heard]) -> Heard:
    every = list(heard)
    return Heard(
        [row for each in every for row in each.rows],
        Told(
            [label for each in every for label in each.told.labels],
            [score for each in every for score in each.told.scores],
        ),
        [themes for each in every for themes in each.themes],
    )


def crossed(ours: Sets, others: Sets) -> dict[str, Told]:
    """Every set, of ours or public, judged by a model that was trained without it."""
    return {
        name: _told(_without(name, ours), _without(name, others), rows)
        for name, rows in {**ours, **others}.items()
    }


def crossed_themes(ours: Sets) -> dict[str, float]:
    """Micro-F1 of themes for every writer, trained without them."""
    found = {}
    for name, rows in ours.items():
        weights = train_subjects.packed(train_subjects.learned(_without(name, ours)))
        pairs = [(row.themes, meant(row.text, shipped().named(row.text), weights)) for row in rows]
        found[name] = micro_f1(pairs)
    return found


def crossed_tongue(language: str) -> dict[str, Heard]:
    """Every writer of a learned language, heard by a model that was trained without them."""
    sets, spoken = train_tongue.writers(language), tongue(language)
    return {
        name: _heard(train_tongue.learned(_without(name, sets), spoken), language, rows)
        for name, rows in sets.items()
    }


def held_out_tongue(language: str) -> Heard:
    """The writer who is kept from all training and choices, by what is trained on the others."""
    sets = train_tongue.writers(language)
    everybody = [row for rows in sets.values() for row in rows]
    weights = train_tongue.learned(everybody, tongue(language))
    return _heard(weights, language, train_tongue.held_out(language))


def _heard(weights: Mapping[str, train_tongue.Said], language: str, rows: Sequence[Row]) -> Heard:
    """As the product does it, except that themes do not ask for the language."""
    known = learned.learned(train_tongue.written(weights, {}))
    analyze, code = LearnedAnalyzer(language, known).analyze, CODES[language]
    found = [judged(row.text, lambda told: analyze if told == code else None) for row in rows]
    readings = [read(row.text, tongue(language)) for row in rows]
    return Heard(
        rows,
        Told([each.sentiment for each in found], [each.score for each in found]),
        [learned.themes(reading, known) for reading in readings],
    )


def held_out_told(rows: Sequence[Row]) -> Told:
    """Judged as the product does, by the weights that ship."""
    return _judged(rows, model.weights())


def held_out_themes(rows: Sequence[Row]) -> float:
    return micro_f1([(row.themes, themes(row.text)) for row in rows])


def _without(name: str, sets: Sets) -> list[Row]:
    return [row for other, rows in sets.items() if other != name for row in rows]


def _told(ours: Sequence[Row], others: Sequence[Row], rows: Sequence[Row]) -> Told:
    return _judged(rows, model.learned(train.written(train.learned(ours, others), {})))


def _judged(rows: Sequence[Row], known: model.Weights) -> Told:
    """By all that a comment goes through in the product: what nobody could explain is neutral."""
    english = ItAnalyzer(known).analyze
    found = [judged(row.text, lambda code: english if code == ENGLISH else None) for row in rows]
    return Told([each.sentiment for each in found], [each.score for each in found])
