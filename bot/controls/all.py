"""What a control on a card does when it is used, by the verb of its ref."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.cards import Reply
from bot.controls import answering, declining, filling, forgetting, grumbling, replying, threads
from bot.events import Pressed, Submitted
from bot.refs import Verb
from bot.turn import Turn

Control = Callable[[Turn, Pressed | Submitted], Reply]

CONTROLS: Final[dict[Verb, Control]] = {
    "answer": answering.answer,
    "checked": answering.answer,
    "skip": answering.skip,
    "answers": answering.answer_all,
    "later": declining.later,
    "decline": declining.decline,
    "review": answering.review,
    "grumble": grumbling.grumble,
    "open_thread": threads.open_thread,
    "thread": threads.thread,
    "unthread": threads.unthread,
    "reply": replying.reply,
    "forget": forgetting.forget,
    "form": filling.form,
    "do": filling.do,
    "preview": filling.preview,
}

#: These write the ballot and nothing else.
ANSWERS: Final[frozenset[Verb]] = frozenset(
    {"answer", "checked", "skip", "answers", "later", "decline"}
)
#: Who uses these is not looked up: they are entitled by what their button carries.
ANONYMOUS: Final[frozenset[Verb]] = frozenset({"thread", "unthread"})
