"""Bars and lines: as text everywhere, as Slack's own chart where a workspace takes it, and else
as text with a picture beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from adapters.slack import limits
from adapters.slack.limits import short
from adapters.slack.texts import Json, plain, rich, run, section
from bot.cards import Bars, Chart, Series

#: Characters; a phone holds about twice as many beside the words.
BAR: Final = 12
STEPS: Final = "▁▂▃▄▅▆▇█"
GAP: Final = "·"


@dataclass(frozen=True, slots=True)
class Look:
    """How charts are drawn: Slack may refuse its own, and pictures that it cannot fetch."""

    #: Slack's own charts.
    native: bool = False
    #: Gives the address of a chart's picture, or nothing.
    picture: Callable[[Chart], str] | None = None


TEXT: Final = Look()
NATIVE: Final = "data_visualization"
PICTURE: Final = "image"


def bars(part: Bars) -> list[Json]:
    """The bar first, so that all begin in one column; the words follow and may wrap."""
    pieces = []
    for number, bar in enumerate(part.bars):
        full = round(BAR * min(max(bar.share, 0.0), 1.0))
        line = "█" * full + "░" * (BAR - full)
        pieces.append(run(line))
        ending = "\n" if number < len(part.bars) - 1 else ""
        pieces.append(run(short(f" {bar.text}  {bar.label}", limits.SECTION // 10) + ending))
    title = rich(run(short(part.title, limits.SECTION), "bold"))
    return [title, rich(*pieces)] if pieces else [title]


def chart(part: Chart, look: Look = TEXT) -> list[Json]:
    """What the picture shows is said in words below it."""
    words = {"type": "context", "elements": [plain(part.text, limits.CONTEXT)]}
    if look.native and is_drawable(part):
        return [_native(part), words]
    title = rich(run(short(part.title, limits.SECTION), "bold"))
    return [title, _lines(part), *_picture(part, look), words]


def kinds(drawn: Json) -> set[str]:
    """Which kinds of blocks a message or view has."""
    return {block["type"] for block in drawn["blocks"]}


def refusable(drawn: Json) -> bool:
    """Whether Slack may refuse it and take it in another look."""
    return not kinds(drawn).isdisjoint({NATIVE, PICTURE})


def _picture(part: Chart, look: Look) -> list[Json]:
    address = look.picture(part) if look.picture else ""
    if not address:
        return []
    words = short(f"{part.title}: {part.text}", limits.ALT_TEXT)
    return [{"type": PICTURE, "image_url": address, "alt_text": words}]


def is_drawable(part: Chart) -> bool:
    """Slack wants a value for every category, and a gap must stay one."""
    names = [short(line.label, limits.CHART_LABEL) for line in part.series]
    categories = [short(category, limits.CHART_LABEL) for category in part.categories]
    return (
        1 <= len(names) <= limits.CHART_SERIES
        and 2 <= len(categories) <= limits.CHART_CATEGORIES
        and len(set(names)) == len(names)
        and len(set(categories)) == len(categories)
        and all(None not in line.values for line in part.series)
        and all(len(line.values) == len(categories) for line in part.series)
    )


def _native(part: Chart) -> Json:
    categories = [short(category, limits.CHART_LABEL) for category in part.categories]
    series = [
        {
            "name": short(line.label, limits.CHART_LABEL),
            "data": [
                {"label": label, "value": value}
                for label, value in zip(categories, line.values, strict=True)
            ],
        }
        for line in part.series
    ]
    drawn = {"type": "line", "series": series, "axis_config": {"categories": categories}}
    title = short(part.title, limits.CHART_TITLE)
    return {"type": NATIVE, "title": title, "chart": drawn}


def _lines(part: Chart) -> Json:
    if not part.series or not part.categories:
        return section(part.title, limits.SECTION)
    pieces = []
    for number, line in enumerate(part.series):
        ending = "\n" if number < len(part.series) - 1 else ""
        pieces += [run(_sparks(line, part)), run(f"  {short(line.label, 100)}{ending}")]
    pieces.append(run(f"\n{part.categories[0]} – {part.categories[-1]}", "italic"))
    return rich(*pieces)


def _sparks(line: Series, part: Chart) -> str:
    span = (part.high - part.low) or 1.0
    return "".join(
        GAP if value is None else STEPS[_step((value - part.low) / span)] for value in line.values
    )


def _step(share: float) -> int:
    return round(min(max(share, 0.0), 1.0) * (len(STEPS) - 1))
