"""Comments word for word, a few at a time: `voices comments`, `voices about network`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot import wording
from bot.cards import Button, Buttons, Card, Fineprint, FreeText, Heading, Part, Prose, Quote
from bot.commands.figures import headed, hidden, meant
from bot.domain.people import Cell
from bot.domain.release import ReleasedText
from bot.domain.report import report
from bot.forms.step import opens
from bot.plain import TONES, theme_label
from bot.questions.comment import LONGEST
from bot.refs import LONGEST as LONGEST_REF
from bot.refs import Ref
from bot.turn import Turn

#: What follows `voices`.
COMMENTS: Final = "comments"
ABOUT: Final = "about"
#: Comments a card.
MOST: Final = 8
NONE: Final = (
    "No comments can be shown for this group. That takes ten people who answered and three "
    "comments, in the group and in what is left without it."
)
NONE_ABOUT: Final = "No comment about this can be shown for this group."
ANSWER: Final = "This author would like an answer. You do not learn who it is."


class _Wanted(NamedTuple):
    theme: str
    #: Comments before the first one shown.
    after: int
    #: Pulse and unit.
    rest: str


def word_for_word(turn: Turn, kind: str, words: str) -> Card:
    wanted = _wanted(kind, words)
    pulse, unit = meant(turn, wanted.rest)
    found = report(turn.tx, pulse, Cell(unit=unit), only=turn.person.sees_only)
    head = headed(turn, found)
    if not found.texts and found.shown_only_as:
        return hidden(head, found.shown_only_as)
    if wanted.theme:
        head = f"{head} · {theme_label(wanted.theme)}"
    answer = waiting(turn, found.texts)
    texts = [t for t in found.texts if not wanted.theme or wanted.theme in t.themes]
    texts.sort(key=lambda text: text.id not in answer)
    shown = texts[wanted.after : wanted.after + MOST]
    if not shown:
        said = NONE_ABOUT if found.texts else NONE
        return Card(f"{head}. {said}", (Heading(head), Prose(said)))
    parts: list[Part] = [Heading(head)]
    page = f"{kind} {words}".strip()
    for text in shown:
        parts += _voice(text, page, _said_since(turn, text) if text.id in answer else None)
    said = _counted(wanted.after, len(shown), len(texts))
    return Card(f"{head}. {said}", (*parts, Fineprint(said), *_more(kind, wanted, len(texts))))


def waiting(turn: Turn, texts: Sequence[ReleasedText]) -> set[str]:
    """Ids of those whose author would like an answer."""
    rounds, threads = set(turn.tx.threads.rounds()), turn.tx.threads
    return {text.id for text in texts if text.round in rounds and threads.by_text(text.id)}


def labelled(text: ReleasedText, with_themes: bool = True) -> str:
    """“critical, Network”; a correction says that it is one."""
    tone = f"{TONES[text.tone]} (corrected)" if text.corrected else TONES[text.tone]
    return ", ".join([tone, *(map(theme_label, text.themes) if with_themes else ())])


def opens_words(label: str, *words: str) -> Button | None:
    """A button for `voices` with these words; None where they fit into none."""
    ref = Ref("command", item=" ".join(filter(None, ("voices", *words))))
    return Button(ref, label) if _fits(ref) else None


def _fits(ref: Ref) -> bool:
    return "|" not in ref.item and len(ref.wire()) <= LONGEST_REF


def _wanted(kind: str, words: str) -> _Wanted:
    theme = ""
    if kind == ABOUT:
        theme, _, words = words.partition(" ")
    number, _, rest = words.partition(" ")
    if number.isascii() and number.isdecimal():
        return _Wanted(theme.lower(), max(0, int(number[:9]) - 1), rest)
    return _Wanted(theme.lower(), 0, words)


def _said_since(turn: Turn, text: ReleasedText) -> list[Part]:
    """What the conversation about a comment holds, as far as it has gone over to IT."""
    today = turn.at.date()
    return [
        Quote(message.body, "IT" if message.side == "it" else "The author")
        for message in turn.tx.threads.messages(text.id)
        if message.side == "it" or message.batch_on <= today
    ]


def _voice(text: ReleasedText, page: str, since: list[Part] | None) -> list[Part]:
    """`since` is the conversation where its author would like an answer, `page` the words that
    have led here and lead back."""
    ref = Ref("reply", text.round, text.id)
    answer = [] if since is None else [*since, FreeText(ref, "reply", ANSWER, LONGEST)]
    about = f"{text.id} {page}" if _fits(Ref("form", item=f"tone:{text.id} {page}")) else text.id
    why = opens("tone", f"Why “{TONES[text.tone]}”?", about)
    return [Quote(text.body, labelled(text)), *answer, Buttons((why,))]


def _counted(after: int, shown: int, texts: int) -> str:
    said = wording.count(texts, "comment", "comments")
    return said if shown == texts else f"{after + 1} to {after + shown} of {said}"


def _more(kind: str, wanted: _Wanted, texts: int) -> list[Part]:
    left = texts - wanted.after - MOST
    if left <= 0:
        return []
    words = (kind, wanted.theme, str(wanted.after + MOST + 1), wanted.rest)
    more = opens_words(f"{min(left, MOST)} more", *words)
    return [Buttons((more,))] if more else []
