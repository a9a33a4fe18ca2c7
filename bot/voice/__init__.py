"""Pure text to findings: sentiment, themes, junk and what must not be kept."""

from bot.voice.answering import Answering, answering, urgency
from bot.voice.junk import is_junk
from bot.voice.language import language
from bot.voice.names import Names
from bot.voice.phrasing import Rise, rising
from bot.voice.scrub import scrub
from bot.voice.sentiment import Finding, Sentiment, judge
from bot.voice.themes import Taxonomy, label, shipped, theme_ids, themes, use
from bot.voice.typical import typical

__all__ = [
    "Answering",
    "Finding",
    "Names",
    "Rise",
    "Sentiment",
    "Taxonomy",
    "answering",
    "is_junk",
    "judge",
    "label",
    "language",
    "rising",
    "scrub",
    "shipped",
    "theme_ids",
    "themes",
    "typical",
    "urgency",
    "use",
]
