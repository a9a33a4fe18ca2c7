"""How well and how fast texts are judged: ours beside TextBlob and VADER.

Every figure of ours is of a model trained without the writer, or the set, that it stands for. The
public sets are read from the folder that ITPULSE_TEST_TEXTS names; without it they are left out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from benchmarks.measure import aim, heading, say
from benchmarks.voice import train_tongue
from benchmarks.voice.cost import memory, speeds
from benchmarks.voice.crossed import (
    Heard,
    Told,
    crossed,
    crossed_themes,
    crossed_tongue,
    held_out_themes,
    held_out_told,
    held_out_tongue,
    together,
)
from benchmarks.voice.scores import micro_f1
from benchmarks.voice.scrubbing import measured
from benchmarks.voice.sets import CORPUS, Row, corpus, held_out, public, second
from bot.voice.language import ENGLISH, language
from bot.voice.learned import LEARNED

Answer = Callable[[str], tuple[str, float]]

#: The aims: macro-F1 and negative recall of comments, micro-F1 of themes, macro-F1 of public sets.
COMMENTS: Final = 0.70
RECALL: Final = 0.80
THEMES: Final = 0.70
PUBLIC: Final = 0.65
#: MiB that the first judged text may add.
MEMORY: Final = 60.0


def tell() -> None:
    ours, folder = corpus(), os.environ.get("ITPULSE_TEST_TEXTS")
    others = public(Path(folder) if folder else None)
    heading("Sentiment: macro-F1 (recall of negative), ours trained without the writer or the set")
    told = crossed(ours, others)
    for name, rows in {**ours, **others}.items():
        _tell(name, rows, told[name])
    everybody = [row for rows in ours.values() for row in rows]
    joined = Told(
        [label for name in ours for label in told[name].labels],
        [score for name in ours for score in told[name].scores],
    )
    _tell("all our writers", everybody, joined)
    found = joined.score(everybody)
    say("  aims", aim(found.macro_f1 >= COMMENTS, f"macro-F1 {COMMENTS}"))
    say("", aim(found.negative_recall >= RECALL, f"recall of negative {RECALL}"))
    for name in others:
        reached, plain = told[name].score(others[name]).macro_f1, _plain(others[name])
        say("", aim(reached >= PUBLIC, f"{name} {PUBLIC}"))
        say("", aim(reached >= plain, f"{name} not below TextBlob"))
    _tell_themes(ours)
    _tell_held_out()
    _tell_agreement({**ours, **held_out()}, second())
    for name in LEARNED.values():
        _tell_tongue(name)
    _tell_recognised()
    _tell_scrubbing()
    _tell_cost(everybody)


def _tell(name: str, rows: Sequence[Row], ours: Told) -> None:
    figures = [f"n {len(rows):5}", f"ours {_figures(ours, rows)}"]
    for rival, answer in (("TextBlob", textblob), ("VADER", vader), ("rules", rules)):
        figures.append(f"{rival} {_figures(_answered(answer, rows), rows)}")
    say(name, *figures)


def _answered(answer: Answer, rows: Sequence[Row]) -> Told:
    pairs = [answer(row.text) for row in rows]
    return Told([label for label, _ in pairs], [score for _, score in pairs])


def _plain(rows: Sequence[Row]) -> float:
    return _answered(textblob, rows).score(rows).macro_f1


def _figures(told: Told, rows: Sequence[Row]) -> str:
    found = told.score(rows)
    return f"{found.macro_f1:.3f} ({found.negative_recall:.2f})"


def textblob(text: str) -> tuple[str, float]:
    from textblob import TextBlob

    return _banded(TextBlob(text).sentiment.polarity, 0.0)


def vader(text: str) -> tuple[str, float]:
    """With the thresholds that its authors recommend."""
    return _banded(_vader()(text)["compound"], 0.05)


def _vader() -> Callable[[str], dict[str, float]]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    if not _ready:
        _ready.append(SentimentIntensityAnalyzer().polarity_scores)
    return _ready[0]


_ready: list[Callable[[str], dict[str, float]]] = []


def rules(text: str) -> tuple[str, float]:
    """Ours without the model."""
    from bot.voice.english import rules, verdict
    from bot.voice.english.reading import read

    reading = read(text)
    rules.apply(reading)
    total = verdict.weight(reading)
    return verdict.side(total), verdict.squashed(total)


def _banded(score: float, band: float) -> tuple[str, float]:
    side = "positive" if score > band else "negative" if score < -band else "neutral"
    return side, max(-1.0, min(1.0, score))


def _tell_themes(ours: dict[str, list[Row]]) -> None:
    heading("Themes: micro-F1, trained without the writer")
    found = crossed_themes(ours)
    for name, value in found.items():
        say(name, f"{value:.3f}")
    mean = sum(found[name] * len(ours[name]) for name in ours) / sum(map(len, ours.values()))
    say("all our writers", f"{mean:.3f}", aim(mean >= THEMES, f"{THEMES}"))


def _tell_tongue(name: str) -> None:
    heading(f"{name.title()}: trained without the writer, sentiment and themes")
    heard = crossed_tongue(name)
    for writer, each in heard.items():
        say(writer, *_heard(each))
    every = together(heard.values())
    kept = every.score()
    aims = kept.macro_f1 >= COMMENTS and kept.negative_recall >= RECALL
    say("all but the one held out", *_heard(every), aim(aims, f"{COMMENTS} ({RECALL})"))
    say(f"{train_tongue.HELD_OUT[name]}, held out", *_heard(held_out_tongue(name)))
    _tell_agreement(corpus(CORPUS / name), second(CORPUS / name))


def _heard(heard: Heard) -> tuple[str, ...]:
    return (
        f"n {len(heard.rows):5}",
        _figures(heard.told, heard.rows),
        f"themes {heard.of_themes():.3f}",
    )


def _tell_recognised() -> None:
    heading("Texts whose language is told")
    folders = {ENGLISH: CORPUS, **{code: CORPUS / name for code, name in LEARNED.items()}}
    for code, folder in folders.items():
        for name, rows in corpus(folder).items():
            told = sum(language(row.text) == code for row in rows)
            say(f"{code} {name}", f"{told} of {len(rows)}")


def _tell_held_out() -> None:
    heading("Writers kept out of all choices, by the models that ship")
    for name, rows in held_out().items():
        told = held_out_told(rows)
        _tell(name, rows, told)
        value = held_out_themes(rows)
        say("", f"themes, micro-F1 {value:.3f}", aim(value >= THEMES, f"{THEMES}"))


def _tell_agreement(ours: dict[str, list[Row]], seconds: dict[str, list[Row]]) -> None:
    heading("Two people on the same texts")
    pairs = [
        (row, other)
        for name, rows in seconds.items()
        for row in ours.get(name, [])
        for other in rows
        if other.text == row.text
    ]
    if pairs:
        same = sum(row.label == other.label for row, other in pairs) / len(pairs)
        themes = micro_f1([(row.themes, other.themes) for row, other in pairs])
        say(f"{len(pairs)} texts", f"same sentiment {same:.3f}", f"themes, micro-F1 {themes:.3f}")


def _tell_scrubbing() -> None:
    heading("Scrubbing, on texts of our own")
    found = measured()
    say("what must go", f"recall {found.recall:.3f}", f"precision {found.precision:.3f}")


def _tell_cost(rows: Sequence[Row]) -> None:
    heading("Speed and memory")
    texts = [row.text for row in rows][:1_000]
    found = speeds(texts)
    say("ours", f"{found.ours:,.0f} texts/s", aim(found.ratio >= 1, "TextBlob's own speed"))
    say("TextBlob(t).sentiment", f"{found.textblob:,.0f} texts/s", f"{found.ratio:.2f} x TextBlob")
    mib = memory()
    say("held after the first text", f"{mib:.0f} MiB more", aim(mib < MEMORY, f"{MEMORY:.0f} MiB"))
