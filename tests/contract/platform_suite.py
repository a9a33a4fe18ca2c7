"""What every platform must do: one body, which a platform's own tests inherit.

A platform's test file has a subclass of `RoundTrip` that says how it draws and reads, and one of
`Port` that says where its double and an account of it are.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args

import pytest

from bot import cards
from bot.cards import Card, Field, Form, Option, Part, Value
from bot.errors import Ambiguous, Unreachable
from bot.events import Address, Event, Pressed, Submitted
from bot.ports import Platform
from bot.refs import Ref
from tests.contract.every_form import every_form
from tests.contract.sample_cards import FIGURES, OPENING, SAMPLES, WORDS

#: What is typed into every field of words when a platform plays somebody who fills in a form.
TYPED = "It was “slow” & <late>,\non two days 😀."
#: What is filled in by kind; choices take their first option.
FILLED: dict[str, object] = {
    "text": "It was slow & <late>.",
    "long_text": TYPED,
    "date": "2026-11-19",
    "time": "14:05",
    "number": 25,
    "yes_no": True,
}


def filled(field: Field, somebody: str) -> object:
    """What goes into a field; `somebody` is a user id of the platform."""
    match field.kind:
        case "choice":
            return field.options[0].value
        case "choices":
            return [option.value for option in field.options]
        case "person":
            return somebody
        case _:
            return FILLED[field.kind]


class RoundTrip:
    """For every control drawn, a press of it brings the same ref and value back."""

    #: A user id that can be picked in a field of kind person.
    somebody = "u1"

    def draw(self, card: Card) -> Any:
        raise NotImplementedError

    def payloads(self, drawn: Any) -> Iterator[Any]:
        """What would come in from every control of what was drawn, each used once.

        Of many choices: none, each alone, all. Words are `TYPED`, fields are `filled`.
        """
        raise NotImplementedError

    def read(self, payload: Any) -> Event:
        raise NotImplementedError

    def seen(self, drawn: Any) -> str:
        """All text that a person can read in what was drawn."""
        return html.unescape("\n".join(_strings(drawn)))

    @pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
    def test_every_control_brings_its_ref_and_value_back(self, card: Card) -> None:
        came = [_gist(self.read(payload)) for payload in self.payloads(self.draw(card))]
        meant = [_plain(*what) for part in card.parts for what in intended(part, self.somebody)]
        assert sorted(came) == sorted(meant)

    @pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
    def test_nothing_that_should_be_read_is_left_out(self, card: Card) -> None:
        seen = self.seen(self.draw(card))
        assert [text for part in card.parts for text in legible(part) if text not in seen] == []

    @pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
    def test_a_card_has_its_words_for_notifications(self, card: Card) -> None:
        assert card.summary in self.seen(self.draw(card))

    def test_the_samples_hold_every_part_and_every_kind_of_field(self) -> None:
        parts = [part for card in SAMPLES for part in card.parts]
        kinds = {f.kind for part in parts if isinstance(part, Form) for f in part.fields}
        assert {type(part) for part in parts} == set(get_args(Part))
        assert kinds == set(get_args(cards.FieldKind))


class EveryForm(RoundTrip):
    """What is put into any form of an admin comes back as it was put in.

    A class of its own, because a house is opened to have them.
    """

    async def test_every_form_brings_back_what_was_put_into_it(self, tmp_path: Path) -> None:
        for form in await every_form(tmp_path):
            card = Card(form.title, (form,))
            came = [_gist(self.read(payload)) for payload in self.payloads(self.draw(card))]
            meant = [_plain(*what) for what in intended(form, self.somebody)]
            assert came == meant, form.title


class Port:
    """The calls of `bot.ports.Platform`, on the platform or on a double of its servers."""

    async def connected(self) -> tuple[Platform, Address, Address]:
        """The platform, somebody on it, and an address at which nobody is."""
        raise NotImplementedError

    async def shown(self, to: Address) -> str:
        """All text in somebody's chat."""
        raise NotImplementedError

    async def test_a_card_arrives_and_leaves_a_receipt(self) -> None:
        platform, somebody, _ = await self.connected()
        receipt = await platform.deliver(somebody, OPENING, "key-1")
        assert receipt.where
        assert "How is IT doing for you?" in await self.shown(somebody)

    async def test_a_key_that_arrived_is_found_again(self) -> None:
        platform, somebody, _ = await self.connected()
        receipt = await platform.deliver(somebody, OPENING, "key-1")
        with suppress(Ambiguous):
            assert await platform.was_delivered(somebody, "key-1") == receipt

    async def test_a_key_that_never_arrived_is_not_found(self) -> None:
        platform, somebody, _ = await self.connected()
        await platform.deliver(somebody, OPENING, "key-1")
        with suppress(Ambiguous):
            assert await platform.was_delivered(somebody, "key-2") is None

    async def test_a_card_is_redrawn_in_its_place(self) -> None:
        platform, somebody, _ = await self.connected()
        receipt = await platform.deliver(somebody, WORDS, "key-1")
        await platform.replace(receipt, FIGURES)
        shown = await self.shown(somebody)
        assert "Satisfaction with IT" in shown
        assert "What should IT know?" not in shown

    async def test_where_nobody_is_the_sender_is_told(self) -> None:
        platform, _, nobody = await self.connected()
        with pytest.raises(Unreachable):
            await platform.deliver(nobody, OPENING, "key-1")

    async def test_everybody_has_an_id_an_email_and_a_name(self) -> None:
        platform, somebody, _ = await self.connected()
        people = [profile async for profile in platform.people()]
        assert somebody in [Address(platform.name, p.space, p.user) for p in people]
        assert all(p.user and p.email and p.name for p in people)
        assert len({(p.space, p.user) for p in people}) == len(people)

    async def test_the_pace_lets_somebody_through(self) -> None:
        platform, somebody, _ = await self.connected()
        pace = platform.pace(somebody.space)
        assert pace.per_second > 0
        assert pace.at_once >= 1


def intended(part: Part, somebody: str) -> Iterator[tuple[Ref, object]]:
    """What the controls of a part mean: ref, and value or values."""
    match part:
        case cards.Scale(ref=ref, options=options):
            yield from ((ref, option.value) for option in options)
        case cards.Choices(ref=ref, options=options, many=many):
            yield from ((ref, value) for value in (_lists if many else _singles)(options))
        case cards.FreeText(ref=ref):
            yield ref, {"text": TYPED}
        case cards.Buttons(buttons):
            yield from ((button.ref, button.value) for button in buttons)
        case cards.Form(ref=ref, fields=fields):
            yield ref, {field.id: filled(field, somebody) for field in fields}
        case _:
            pass  # nothing to press


def legible(part: Part) -> Iterator[str]:
    """What a part says on the card itself; a form's fields may wait in a dialog."""
    match part:
        case cards.Heading(text) | cards.Prose(text) | cards.Fineprint(text):
            yield text
        case cards.FreeText(text=text) | cards.Chart(text=text) | cards.Form(title=text):
            yield text
        case cards.Scale(text=text, options=options) | cards.Choices(text=text, options=options):
            yield from (text, *(option.label for option in options))
        case cards.Buttons(buttons):
            yield from (button.label for button in buttons)
        case cards.Facts(rows):
            yield from (text for row in rows for text in row)
        case cards.Bars(title, bars):
            yield from (title, *(text for bar in bars for text in (bar.label, bar.text)))
        case cards.Quote(text, about):
            yield from (text, about)


def _singles(options: tuple[Option, ...]) -> list[object]:
    return [option.value for option in options]


def _lists(options: tuple[Option, ...]) -> list[object]:
    values: list[Value] = [option.value for option in options]
    return [[], *([value] for value in values), values]


def _gist(event: Event) -> str:
    assert isinstance(event, Pressed | Submitted)
    return _plain(event.ref, event.value if isinstance(event, Pressed) else dict(event.values))


def _plain(ref: Ref, value: object) -> str:
    """As JSON, which keeps 1, true and “1” apart where Python's own comparison does not."""
    return f"{ref.wire()} {json.dumps(value, sort_keys=True)}"


def _strings(drawn: Any) -> Iterator[str]:
    if isinstance(drawn, str):
        yield drawn
    elif isinstance(drawn, dict | list):
        for inner in drawn.values() if isinstance(drawn, dict) else drawn:
            yield from _strings(inner)
