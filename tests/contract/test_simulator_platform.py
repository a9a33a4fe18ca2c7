"""The simulator, measured by what every platform must do, and its bad weather."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.simulator import BadWeather, Faults, Simulator, connect
from adapters.simulator.inbound import read
from adapters.simulator.render import draw
from bot.cards import Card
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address, Event
from bot.ports import Clock, Platform, Receipt
from tests.contract.platform_suite import FILLED, TYPED, EveryForm, Port
from tests.contract.sample_cards import OPENING, WORDS

pytestmark = pytest.mark.contract

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
MIA = Address("simulator", "demo", "u1")
PEOPLE = [
    ("Mia@Example.com", "Mia Bauer", "Europe/Berlin", "de"),
    ("raj@example.com", "Raj Patel", "Asia/Kolkata", "en"),
]


def filled_in(field: dict[str, Any]) -> object:
    values = [option["value"] for option in field.get("options", ())]
    picked = {"choice": values[:1] and values[0], "choices": values, "person": "u1"}
    return picked.get(field["kind"], FILLED.get(field["kind"]))


class TestTheRoundTrip(EveryForm):
    def draw(self, card: Card) -> Any:
        return draw(card)

    def payloads(self, drawn: Any) -> Iterator[Any]:
        for part in drawn["parts"]:
            yield from self.of_part(part)

    def of_part(self, part: dict[str, Any]) -> Iterator[dict[str, object]]:
        match part["type"]:
            case "scale" | "choices":
                values = [option["value"] for option in part["options"]]
                presses = [[], *([v] for v in values), values] if part["many"] else values
                yield from ({"press": part["ref"], "value": value} for value in presses)
            case "buttons":
                yield from ({"press": b["ref"], "value": b["value"]} for b in part["buttons"])
            case "free_text":
                assert [field["id"] for field in part["fields"]] == ["text"]
                yield {"submit": part["ref"], "values": {"text": TYPED}}
            case "form":
                filled = {field["id"]: filled_in(field) for field in part["fields"]}
                yield {"submit": part["ref"], "values": filled}
            case _:
                pass  # nothing to press

    def read(self, payload: Any) -> Event:
        return read(payload, MIA, START)


class TestThePort(Port):
    @pytest.fixture(autouse=True)
    def _place(self, tmp_path: Path) -> Iterator[None]:
        self.simulator = connect(tmp_path, START)
        self.simulator.adopt(PEOPLE)
        yield
        self.simulator.close()

    async def connected(self) -> tuple[Platform, Address, Address]:
        return self.simulator, MIA, Address("simulator", "demo", "u99")

    async def shown(self, to: Address) -> str:
        return str([message.drawn for message in self.simulator.chats.of(to.user)])


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    simulator = connect(tmp_path, START)
    simulator.adopt(PEOPLE)
    yield simulator
    simulator.close()


def always(weather: BadWeather) -> Faults:
    return lambda *_: weather


def summaries(simulator: Simulator) -> list[str]:
    return [message.drawn["summary"] for message in simulator.chats.of("u1")]


async def test_an_account_is_kept_by_its_email_however_it_is_spelt(simulator: Simulator) -> None:
    simulator.adopt(
        [("RAJ@example.com", "Raj P.", "UTC", "en"), ("zoe@example.com", "Zoe", "", "")]
    )
    people = [(p.user, p.email, p.name, p.zone) async for p in simulator.people()]
    assert people == [
        ("u1", "mia@example.com", "Mia Bauer", "Europe/Berlin"),
        ("u2", "raj@example.com", "Raj P.", "UTC"),
        ("u3", "zoe@example.com", "Zoe", ""),
    ]


async def test_another_workspace_or_platform_reaches_nobody(simulator: Simulator) -> None:
    for stranger in (Address("slack", "demo", "u1"), Address("simulator", "T1", "u1")):
        with pytest.raises(Unreachable):
            await simulator.deliver(stranger, OPENING, "key")


async def test_the_same_key_twice_is_two_messages_as_on_a_real_platform(
    simulator: Simulator,
) -> None:
    first = await simulator.deliver(MIA, OPENING, "key")
    await simulator.deliver(MIA, OPENING, "key")
    assert len(summaries(simulator)) == 2
    assert await simulator.was_delivered(MIA, "key") == first


async def test_a_receipt_from_nowhere_is_told(simulator: Simulator) -> None:
    with pytest.raises(Unreachable):
        await simulator.replace(Receipt("999"), WORDS)


async def test_in_bad_weather_a_message_is_lost_and_the_sender_told(simulator: Simulator) -> None:
    simulator.faults = always(BadWeather(Busy(2.0)))
    with pytest.raises(Busy, match="asked to wait 2 s"):
        await simulator.deliver(MIA, OPENING, "key")
    assert await simulator.was_delivered(MIA, "key") is None


async def test_in_bad_weather_a_message_arrives_and_nobody_knows(simulator: Simulator) -> None:
    simulator.faults = always(BadWeather(Ambiguous(), arrives=True))
    with pytest.raises(Ambiguous):
        await simulator.deliver(MIA, OPENING, "key")
    assert await simulator.was_delivered(MIA, "key") is not None


async def test_weather_may_be_bad_for_one_key_alone(simulator: Simulator) -> None:
    left = BadWeather(Unreachable("left"))
    simulator.faults = lambda _, key: left if key == "1" else None
    with pytest.raises(Unreachable, match="left"):
        await simulator.deliver(MIA, OPENING, "1")
    await simulator.deliver(MIA, OPENING, "2")
    assert len(summaries(simulator)) == 1


def test_the_clock_stands_still_until_it_is_pushed(simulator: Simulator) -> None:
    clock: Clock = simulator.clock
    assert (clock.now(), clock.now()) == (START, START)
    simulator.clock.to(START + timedelta(hours=1))
    assert clock.now() == START + timedelta(hours=1)


def test_the_clock_never_goes_back(simulator: Simulator) -> None:
    with pytest.raises(ValueError, match="never goes back"):
        simulator.clock.to(START - timedelta(microseconds=1))
    assert simulator.clock.now() == START


async def test_a_restart_finds_the_chats_and_the_clock_as_they_were(tmp_path: Path) -> None:
    before = connect(tmp_path, START)
    before.adopt(PEOPLE)
    before.clock.to(START + timedelta(days=3))
    receipt = await before.deliver(MIA, OPENING, "key")
    before.close()
    after = connect(tmp_path, START)
    assert after.clock.now() == START + timedelta(days=3)
    assert await after.was_delivered(MIA, "key") == receipt
    after.close()
