"""How good the findings are on labelled comments, where a folder with such is named."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.voice import judge, themes

Row = tuple[str, str, frozenset[str]]
CLASSES = ("negative", "neutral", "positive")


@pytest.fixture
def comments() -> list[Row]:
    """Text, sentiment and themes of every row of it_comments.tsv."""
    folder = os.environ.get("ITPULSE_TEST_TEXTS")
    if not folder:
        pytest.skip("ITPULSE_TEST_TEXTS names no folder of labelled texts")
    found = sorted(Path(folder).rglob("it_comments.tsv"))
    if not found:
        pytest.skip(f"there is no it_comments.tsv in {folder}")
    lines = found[0].read_text(encoding="utf-8").split("\n")
    return [_row(line) for line in lines if line]


def _row(line: str) -> Row:
    text, sentiment, named = line.rstrip("\r").split("\t")
    return text, sentiment, frozenset(named.split(",")) - {""}


def test_the_judgement_is_not_worse_than_plain_textblob(
    comments: list[Row], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, plain = _macro_f1(comments, _judged), _macro_f1(comments, _plain_textblob)
    with capsys.disabled():
        sys.stdout.write(f"\n  sentiment, macro-F1: {ours:.3f} (plain TextBlob {plain:.3f})\n")
    assert ours >= plain


def test_themes_are_found_well_enough_to_be_counted(
    comments: list[Row], capsys: pytest.CaptureFixture[str]
) -> None:
    both = sum(len(named & set(themes(text))) for text, _, named in comments)
    either = sum(len(named) + len(themes(text)) for text, _, named in comments)
    with capsys.disabled():
        sys.stdout.write(f"\n  themes, micro-F1: {2 * both / either:.3f}\n")
    assert 2 * both / either >= 0.55


def _judged(text: str) -> str:
    found = judge(text).sentiment
    return found if found in CLASSES else "neutral"


def _plain_textblob(text: str) -> str:
    from textblob.en import sentiment

    polarity = sentiment(text)[0]
    return "negative" if polarity < 0 else "positive" if polarity > 0 else "neutral"


def _macro_f1(rows: list[Row], answer: Callable[[str], str]) -> float:
    pairs = [(label, answer(text)) for text, label, _ in rows]
    return sum(_f1(pairs, label) for label in CLASSES) / len(CLASSES)


def _f1(pairs: list[tuple[str, str]], label: str) -> float:
    hits = sum(told == found == label for told, found in pairs)
    counted = sum((told == label) + (found == label) for told, found in pairs)
    return 2 * hits / counted if counted else 0.0
