"""An engine that answers by a few fixed rules, and what then stands in a chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

from bot.cards import Card, Field, Form, Prose, Reply
from bot.errors import BadValue, NotAllowed, UnknownPerson
from bot.events import Arrived, Commanded, Event, Pressed, Submitted, Wrote
from bot.refs import Ref
from tests.contract.sample_cards import EVERY_FIELD, FORM, OPENING, RECOMMEND, WORDS
from tests.contract.teams_talk import Json, Talk

THANKS = Card("Thank you!", (Prose("Thank you!"),))
SHOWN = {"next": OPENING, "words": WORDS, "recommend": RECOMMEND, "all": FORM}
SAID = {"secret": Reply(refusal=NotAllowed()), "form": Reply(open=EVERY_FIELD)}


@dataclass
class Script:
    """Answers by a few fixed rules and keeps what it heard."""

    heard: list[Event] = field(default_factory=list)
    known: bool = True
    slow: asyncio.Event | None = None

    async def __call__(self, event: Event) -> Reply:
        self.heard.append(event)
        if self.slow:
            await self.slow.wait()
        if not self.known and not isinstance(event, Arrived):
            return Reply(refusal=UnknownPerson())
        return self.answered(event)

    def answered(self, event: Event) -> Reply:
        match event:
            case Commanded(words=words) | Wrote(text=words):
                return SAID.get(words, Reply(say=(SHOWN.get(words, THANKS),)))
            case Pressed(value=1):
                return Reply(refusal=BadValue())
            case Pressed(ref=ref, value=value) if ref.item == "recommend":
                return Reply(redraw=Card(f"Thank you for {value}.", (Prose("Thank you!"),)))
            case Submitted(values=values):
                return submitted(dict(values))
            case Arrived():
                return Reply(say=(THANKS,))
            case _:
                return Reply(redraw=THANKS)


def submitted(values: dict[str, object]) -> Reply:
    if rude := next((name for name, value in values.items() if value == "rude"), ""):
        return Reply(errors={rude: BadValue("Please say it kindly.")})
    if values.get("nick") == "again":
        return Reply(open=replace(EVERY_FIELD, title="One more"))
    if values.get("text") == "check":
        field = Field("text", "long_text", "As it would be kept", value="what was written")
        return Reply(open=Form(Ref("answers", "one"), "Not sent yet", (field,)))
    return Reply(redraw=THANKS)


def seen(talk: Talk, user: str = "29:mia") -> list[str]:
    """Every message of a chat by its text for notifications, or its plain words."""
    return [str(m.get("summary") or m.get("text")) for m in talk.stub.shown(user)]


async def shown(talk: Talk, word: str) -> tuple[str, Json]:
    """The message that a word is answered with: its id, and its card."""
    await talk.types(word)
    [*_, (id, message)] = talk.stub.chat_of("29:mia").messages.items()
    return id, message["attachments"][0]["content"]
