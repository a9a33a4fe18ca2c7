"""Cards in Teams, measured by what every platform must do and by Microsoft's published schema."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.teams import inbound
from adapters.teams.render import LARGEST, draw
from bot.cards import Card
from bot.events import Event, Pressed, Submitted
from tests.contract import teams_client as client
from tests.contract.platform_suite import RoundTrip
from tests.contract.sample_cards import CHOICES, FORM, OPENING, RECOMMEND, SAMPLES, WORDS

pytestmark = pytest.mark.contract

SCHEMA = "adaptive-card-1.5.schema.json"


class TestTheRoundTrip(RoundTrip):
    somebody = "29:somebody"

    def draw(self, card: Card) -> Any:
        return draw(card)

    def payloads(self, drawn: Any) -> Iterator[Any]:
        yield from client.payloads(drawn)

    def read(self, payload: Any) -> Event:
        event = inbound.read(payload)
        assert isinstance(event, Pressed | Submitted)
        return event

    def seen(self, drawn: Any) -> str:
        return client.seen(drawn)


def used(event: object) -> object:
    """What was meant, without when and where."""
    assert isinstance(event, Pressed | Submitted)
    return event.ref, event.value if isinstance(event, Pressed) else event.values


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
def test_a_client_without_execute_means_the_same_by_submit(card: Card) -> None:
    for action, filled in client.uses(draw(card)):
        if action["type"] == "Action.Execute":
            meant = used(inbound.read(client.executed(action, filled)))
            assert used(inbound.read(client.submitted(action, filled))) == meant


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
def test_a_card_is_small_enough_for_every_client(card: Card) -> None:
    assert len(json.dumps(draw(card)).encode()) < LARGEST


def test_words_on_a_card_stay_there_when_another_button_is_pressed() -> None:
    card = Card("Two", (*OPENING.parts, *WORDS.parts))
    taking = [a["title"] for a in client.actions(draw(card)) if "associatedInputs" not in a]
    assert taking == ["Send"]


@pytest.fixture(scope="session")
def schema() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    folder = os.environ.get("ITPULSE_TEST_SCHEMAS")
    if not folder or not (Path(folder) / SCHEMA).exists():
        pytest.skip(f"ITPULSE_TEST_SCHEMAS names no folder with {SCHEMA}")
    return jsonschema.Draft7Validator(json.loads((Path(folder) / SCHEMA).read_text()))


@pytest.mark.parametrize("card", SAMPLES, ids=lambda card: card.summary)
def test_a_card_follows_the_published_schema(card: Card, schema: Any) -> None:
    assert faults(schema, draw(card)) == []


def test_a_dialog_follows_the_published_schema(schema: Any) -> None:
    [action] = client.actions(draw(FORM))
    assert faults(schema, client.dialog_of(action)) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda card: card["body"].append({"type": "TextBlok", "text": "?"}),
        lambda card: card["body"].append({"type": "Input.Text"}),
        lambda card: card["body"][0].update(colour="red"),
        lambda card: card.update(body="words"),
    ],
)
def test_the_schema_finds_what_is_wrong(schema: Any, spoiled: Any) -> None:
    card = draw(RECOMMEND)
    spoiled(card)
    assert faults(schema, card)


@pytest.mark.parametrize("card", [RECOMMEND, CHOICES, WORDS], ids=lambda card: card.summary)
def test_a_card_drawn_small_follows_the_schema_too(card: Card, schema: Any) -> None:
    many = Card("Many", card.parts * 30)
    drawn = draw(many)
    assert faults(schema, drawn) == []


def faults(schema: Any, card: Any) -> list[str]:
    return [error.message[:200] for error in schema.iter_errors(_published(card))]


def _published(drawn: Any) -> Any:
    """Without what Teams adds to the schema: its own keys, its charts, its people picker."""
    if isinstance(drawn, list):
        return [_published(each) for each in drawn]
    if not isinstance(drawn, dict):
        return drawn
    if str(drawn.get("type", "")).startswith("Chart."):
        return _published(drawn["fallback"])
    extra = ("msteams", "choices.data", "data")
    return {name: _published(value) for name, value in drawn.items() if name not in extra}
