"""Pure text to findings: sentiment, themes, junk and what must not be kept."""

from bot.voice.junk import is_junk
from bot.voice.names import Names
from bot.voice.scrub import scrub
from bot.voice.sentiment import Finding, Sentiment, judge
from bot.voice.themes import label, theme_ids, themes

__all__ = [
    "Finding",
    "Names",
    "Sentiment",
    "is_junk",
    "judge",
    "label",
    "scrub",
    "theme_ids",
    "themes",
]
