"""A conversation between IT and the author of a comment, whom IT does not learn.

Whoever holds the button is the author: its ref carries 128 random bits, of which only an HMAC is
kept. Who pressed it is dropped before it is looked up.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace

from bot import compose_feedback as compose
from bot.cards import Card, Reply
from bot.controls.checking import scrubbed
from bot.domain.ballot import Keys
from bot.domain.rights import LONGEST_WAIT, Side, Thread, ThreadMessage
from bot.errors import BadValue, NotOpen, Refusal
from bot.events import Pressed, Submitted
from bot.ports import KeyRing
from bot.questions.comment import KIND as COMMENT
from bot.refs import Ref
from bot.turn import Turn

#: Bytes of a token.
TOKEN = 16


class NothingBehind(Refusal):
    """Nothing stands behind this button (any more): the comment was replaced, is not published
    yet, was deleted, or its thirty days are over."""

    reason = "no_thread"


def thread_keys(round: str) -> str:
    """Name in the ring of the key that outlives the round's own by thirty days."""
    return f"{round}.thread"


def open_thread(turn: Turn, event: Pressed | Submitted) -> Reply:
    """The token goes into the button of the card said by this very press, and nowhere else."""
    sheet = turn.take(turn.round(event.ref.round))
    comment = event.ref.item
    if not isinstance(sheet.ballot.answers.get(comment), str):
        raise BadValue("Write a comment first; then IT can answer it.")
    keys = turn.ring.get(thread_keys(sheet.round.id))
    if keys is None:
        raise NotOpen
    token = secrets.token_bytes(TOKEN)
    threads = {**sheet.ballot.threads, comment: _mark(keys, token).hex()}
    turn.seal(sheet, replace(sheet.ballot, threads=threads))
    # A message of its own: thanks stay where they are, and so do other comments' buttons.
    return Reply(say=(compose.thread_opened(Ref("thread", sheet.round.id, token.hex())),))


def thread(turn: Turn, event: Pressed | Submitted) -> Reply:
    found = _found(turn, event.ref)
    if isinstance(event, Submitted):
        try:
            text = COMMENT.read_text(event.values.get("text"))
        except Refusal as wrong:
            return Reply(errors={"text": wrong})
        if text:
            turn.tx.threads.write(said(found, "author", scrubbed(turn, text), turn))
    return Reply(redraw=_card(turn, event.ref, found))


def unthread(turn: Turn, event: Pressed | Submitted) -> Reply:
    """The author takes the comment and all that was said about it away."""
    found = _found(turn, event.ref)
    turn.tx.threads.remove(found.text_id)
    turn.tx.releases.drop_text(found.text_id)
    return Reply(redraw=compose.thread_deleted())


def said(found: Thread, side: Side, text: str, turn: Turn) -> ThreadMessage:
    """Readable when enough messages wait, or after a week."""
    until = turn.at.date() + LONGEST_WAIT
    return ThreadMessage(found.text_id, 0, side, text, until)


def _card(turn: Turn, ref: Ref, found: Thread) -> Card:
    text = turn.tx.releases.text(found.text_id)
    today = turn.at.date()
    messages = [
        m
        for m in turn.tx.threads.messages(found.text_id)
        if m.side == "author" or m.batch_on <= today
    ]
    return compose.thread(ref, text.body if text else "", messages)


def _found(turn: Turn, ref: Ref) -> Thread:
    keys = turn.ring.get(thread_keys(turn.round(ref.round).id))
    try:
        token = bytes.fromhex(ref.item)
    except ValueError:
        raise NothingBehind from None
    found = turn.tx.threads.by_token(_mark(keys, token)) if keys else None
    if found is None:
        raise NothingBehind
    return found


def _mark(keys: Keys, token: bytes) -> bytes:
    return hmac.digest(keys.thread, token, "sha256")


def drawn(ring: KeyRing, round: str) -> None:
    """The key is there before the round is."""
    ring.put(thread_keys(round), Keys.draw())
