"""Slack's text objects. Everything is shown as it was written: nobody's asterisk becomes bold."""

from __future__ import annotations

from typing import Any

from adapters.slack.limits import short

Json = dict[str, Any]


def plain(text: str, longest: int) -> Json:
    return {"type": "plain_text", "text": short(text, longest), "emoji": False}


def escaped(text: str) -> str:
    """For the one place that reads marks: a message's fallback text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, style: str = "") -> Json:
    """A piece of rich text, in which nothing is read as a mark."""
    piece: Json = {"type": "text", "text": text}
    return {**piece, "style": {style: True}} if style else piece


def rich(*pieces: Json, kind: str = "rich_text_section") -> Json:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(pieces)}]}


def section(text: str, longest: int) -> Json:
    return {"type": "section", "text": plain(text, longest)}
