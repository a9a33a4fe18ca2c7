"""Cards about feedback nobody asked for, and the conversations that come of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import wording
from bot.cards import (
    Button,
    Buttons,
    Card,
    Field,
    Fineprint,
    Form,
    FreeText,
    Heading,
    Part,
    Prose,
    Quote,
)
from bot.domain.rights import ThreadMessage
from bot.domain.rounds import Round
from bot.questions.comment import LONGEST
from bot.refs import Ref

if TYPE_CHECKING:
    from bot.voice.answering import Answering, Urgency

BOX = FreeText(Ref("grumble", item="confidential"), "confidential", wording.GRUMBLE_BOX, LONGEST)
NAMED = FreeText(Ref("grumble", item="named"), "named", wording.GRUMBLE_NAMED, LONGEST)


def grumble(has_box: bool) -> Card:
    boxes: tuple[Part, ...] = (BOX, NAMED) if has_box else (NAMED,)
    parts = (Prose(wording.GRUMBLE), *boxes, Fineprint(wording.MAY_IDENTIFY))
    return Card(wording.GRUMBLE, parts)


def typed(text: str) -> Card:
    """Typed words carry a name, so they go nowhere until their author has said how."""
    parts: list[Part] = [Prose(wording.TYPED)]
    if text.strip() and len(text) <= LONGEST:
        send = Button(Ref("grumble", item="named"), wording.SEND_NAMED, text)
        parts.append(Buttons((send,)))
    return Card(wording.TYPED, (*parts, BOX, Fineprint(wording.MAY_IDENTIFY)))


def grumble_sent(fitting: Answering) -> Card:
    """Named words are answered as what they are; whoever reads along can read them as well."""
    said = wording.GRUMBLE_SENT[fitting.kind]
    if fitting.urgency:
        said = f"{said} {wording.URGENT[fitting.urgency]}"
    return _said(said)


def checking(ref: Ref, text: str, is_changed: bool, urgency: Urgency | None) -> Form:
    """Asked before confidential words go; the form is shown once and kept nowhere."""
    words = wording.CHECKED[ref.verb]
    said = [wording.NOT_SENT_YET]
    if urgency:
        said.append(f"{words.nobody_reads_yet} {wording.URGENT[urgency]}")
    if is_changed:
        said.append(wording.TAKEN_OUT)
    field = Field("text", "long_text", words.goes_in, value=text)
    return Form(ref, " ".join(said), (field,), words.send)


def in_the_box(box: Round, comment: str, left: int) -> Card:
    said = wording.in_the_box(wording.day(box.closes_at.date()), left)
    answer_me = Button(Ref("open_thread", box.id, comment), wording.ANSWER_ME)
    parts = (Heading(wording.THANKS), Prose(said), Prose(wording.ASK_THREAD_BOX))
    return Card(said, (*parts, Buttons((answer_me,))))


def thread_opened(ref: Ref) -> Card:
    look = Buttons((Button(ref, wording.LOOK),))
    return Card(wording.THREAD_OPENED, (Prose(wording.THREAD_OPENED), look))


def thread(ref: Ref, comment: str, messages: Sequence[ThreadMessage]) -> Card:
    """What was said so far, as the author sees it."""
    told = [Quote(m.body, "IT" if m.side == "it" else "You") for m in messages]
    parts: list[Part] = [Quote(comment, "Your comment"), *told]
    if not any(m.side == "it" for m in messages):
        parts.append(Prose(wording.NOT_ANSWERED))
    else:
        parts.append(FreeText(ref, "thread", wording.SAY_MORE, LONGEST))
    delete = Button(Ref("unthread", ref.round, ref.item), wording.DELETE)
    parts.append(Buttons((Button(ref, wording.LOOK), delete)))
    return Card("Your conversation with IT", tuple(parts))


def thread_deleted() -> Card:
    return _said(wording.THREAD_GONE)


def replied() -> Card:
    return _said(wording.REPLIED)


def forget_asked() -> Card:
    yes = Buttons((Button(Ref("forget"), wording.FORGET_YES),))
    return Card(wording.FORGET_ASK, (Prose(wording.FORGET_ASK), yes))


def forgetting() -> Card:
    return _said(wording.FORGETTING)


def forgotten() -> Card:
    return _said(wording.FORGOTTEN)


def _said(sentence: str) -> Card:
    return Card(sentence, (Prose(sentence),))
