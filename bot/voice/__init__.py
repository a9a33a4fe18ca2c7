"""Pure text to findings: sentiment, themes, junk and what must not be kept."""

from bot.voice.junk import is_junk
from bot.voice.sentiment import Finding, Sentiment, judge

__all__ = ["Finding", "Sentiment", "is_junk", "judge"]
