"""Forms and buttons by which admins set things up, and by which people say what they wish."""

from __future__ import annotations

from bot.cards import Reply
from bot.errors import BadValue, Fault, Refusal, UnknownControl
from bot.events import Pressed, Submitted
from bot.forms.all import DEEDS, STEPS
from bot.forms.reading import read
from bot.forms.step import Wrong
from bot.turn import Turn


class OnlyShown(Refusal):
    """This is a preview: it shows what people will see, and takes no answer."""

    reason = "preview"


def form(turn: Turn, event: Pressed | Submitted) -> Reply:
    """A press opens the form, a submission is taken. Who may is asked both times: anybody can
    write a ref.
    """
    name, _, about = event.ref.item.partition(":")
    step = STEPS.get(name)
    if step is None:
        raise UnknownControl
    if step.needs:
        turn.require(step.needs)
    if isinstance(event, Pressed):
        return Reply(open=step.form(turn, name, about))
    fields = step.fields(turn, about)
    values, faults = read(fields, event.values)
    if faults:
        return Reply(errors=faults)
    try:
        return step.take(turn, about, values)
    except Wrong as wrong:
        return Reply(errors={id: BadValue(said) for id, said in wrong.sentences.items()})
    except Fault as fault:
        return Reply(errors={fields[0].id: BadValue(" ".join(fault.lines))})


def do(turn: Turn, event: Pressed | Submitted) -> Reply:
    name, _, about = event.ref.item.partition(":")
    deed = DEEDS.get(name)
    if deed is None:
        raise UnknownControl
    if deed.needs:
        turn.require(deed.needs)
    try:
        return deed.run(turn, about)
    except Fault as fault:
        raise Refusal(" ".join(fault.lines)) from None


def preview(_turn: Turn, _event: Pressed | Submitted) -> Reply:
    raise OnlyShown
