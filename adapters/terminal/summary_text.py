"""The summary for reading: the wire of `summary --format json` as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

Wire = Mapping[str, Any]

#: Characters of a bar that means everybody.
LONGEST_BAR: Final = 24
MOST_COMMENTS: Final = 10


def lines(wire: Wire, unit: str | None) -> Iterator[str]:
    yield f"{wire['pulse']}: {unit or 'everybody'}, {wire['opens_on']} to {wire['closes_on']}"
    if wire["shown_only_as"]:
        yield (
            f"This group is too small to be shown by itself without pointing at people. "
            f"It is shown only as part of {wire['shown_only_as']}."
        )
        return
    yield f"{wire['answered']} of {wire['invited']} answered{_rate(wire)}"
    for question in wire["questions"]:
        yield ""
        yield from _question(question)
    yield from _tipping(wire)
    yield from _themes(wire)
    yield from _comments(wire)


def _rate(wire: Wire) -> str:
    rate = wire["response_rate"]
    return "" if rate is None else f" ({rate:.0%})"


def _question(question: Wire) -> Iterator[str]:
    change = f"  {question['change']}" if question["change"] else ""
    yield f"{question['id']} ({question['kind']}): {_figure(question)}n = {question['n']}{change}"
    hist = question.get("hist") or {}
    widest = max(map(len, hist), default=0)
    for category, count in hist.items():
        bar = "█" * round(LONGEST_BAR * count / question["n"]) if _is_number(count) else ""
        yield f"  {category:>{widest}}  {count:>4}  {bar}".rstrip()


def _figure(question: Wire) -> str:
    value, low, high = question["value"], question["low"], question["high"]
    if value is None:
        return ""
    shown = _number(question, value)
    if low is None or high is None:
        return f"{shown}, "
    return f"{shown} (likely {_number(question, low)} to {_number(question, high)}), "


def _number(question: Wire, value: float) -> str:
    if question["formula"].startswith("share"):
        return f"{value:.0%}"
    return f"{value:.0f}" if question["formula"] == "nps" else f"{value:.1f}"


def _is_number(count: object) -> bool:
    return isinstance(count, int)


def _tipping(wire: Wire) -> Iterator[str]:
    """How far the silent would have to differ for a mean to mislead by 0.3."""
    rate = wire["response_rate"]
    means = any(question["formula"] == "mean-1-5" for question in wire["questions"])
    if means and rate is not None and rate < 1:
        yield ""
        yield (
            f"To move a score by 0.3, those who did not answer would have to differ "
            f"by {0.3 / (1 - rate):.1f}."
        )


def _themes(wire: Wire) -> Iterator[str]:
    if wire["themes"]:
        yield ""
        yield "Themes"
    for theme in wire["themes"]:
        negative = theme["negative_share"]
        told = "" if negative is None else f", {negative:.0%} of them negative"
        yield f"  {theme['id']}: {theme['mentions']} comments{told}"


def _comments(wire: Wire) -> Iterator[str]:
    comments = wire["comments"]
    if not comments:
        return
    tone = ", ".join(f"{count} {name}" for name, count in wire["sentiment"].items() if count)
    yield ""
    yield f"{len(comments)} comments: {tone}"
    for comment in comments[:MOST_COMMENTS]:
        yield f"  “{' '.join(comment['text'].split())}” ({comment['sentiment']})"
    if len(comments) > MOST_COMMENTS:
        yield f"  and {len(comments) - MOST_COMMENTS} more: itpulse export texts"
