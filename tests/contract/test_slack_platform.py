"""Slack, measured by what every platform must do, against a double of Slack's servers."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from adapters.slack.chat import Slack
from adapters.slack.pictures import Pictures
from adapters.slack.settings import Settings
from bot.cards import Card, Chart, Prose
from bot.errors import Ambiguous, Busy, Unreachable
from bot.events import Address
from bot.ports import Platform, Receipt
from tests.contract.platform_suite import Port
from tests.contract.sample_cards import FIGURES, OPENING, WORDS
from tests.slack.person import TEAM
from tests.slack.workspace import TOKEN, Limit, Weather, Workspace

pytestmark = pytest.mark.contract

AT = datetime(2026, 11, 25, 9, tzinfo=UTC)
MIA = Address("slack", TEAM, "U1")
RAJ = Address("slack", TEAM, "U2")
NOBODY = Address("slack", TEAM, "U99")


@asynccontextmanager
async def connected(pace: float = 10_000) -> AsyncIterator[tuple[Slack, Workspace]]:
    workspace = Workspace()
    workspace.join("U1", "mia@example.com", tz="Europe/Berlin", locale="de-DE")
    workspace.join("U2", "raj@example.com", tz="Asia/Kolkata")
    async with workspace.open() as url:
        slack = Slack(Settings(TOKEN, "secret", api_url=url, pace=pace), lambda: AT)
        yield slack, workspace
        await slack.close()


@pytest.fixture
async def both() -> AsyncIterator[tuple[Slack, Workspace]]:
    async with connected() as pair:
        yield pair


class TestThePort(Port):
    @pytest.fixture(autouse=True)
    def _place(self, both: tuple[Slack, Workspace]) -> None:
        self.slack, self.workspace = both

    async def connected(self) -> tuple[Platform, Address, Address]:
        return self.slack, MIA, NOBODY

    async def shown(self, to: Address) -> str:
        return json.dumps(self.workspace.said(to.user), ensure_ascii=False)


def clearing(method: str, *weathers: Weather) -> Callable[[str, object], Weather | None]:
    """Bad for the first calls of a method, fine afterwards."""
    coming: Iterator[Weather] = iter(weathers)
    return lambda called, _: next(coming, None) if called == method else None


POST = "chat.postMessage"


async def test_a_message_names_its_key_and_shows_no_previews(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    await slack.deliver(MIA, OPENING, "key-1")
    (_, given) = workspace.calls[0]
    assert given["metadata"]["event_payload"] == {"key": "key-1"}
    assert (given["unfurl_links"], given["unfurl_media"]) == (False, False)


async def test_one_call_is_enough_for_somebody_new_and_their_conversation_is_news(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    await slack.deliver(MIA, OPENING, "key-1")
    assert [method for method, _ in workspace.calls] == [POST]
    ((told),) = slack.news()
    assert (told.user, told.space, told.reach) == ("U1", TEAM, "D1")
    assert slack.news() == []
    await slack.deliver(MIA, OPENING, "key-2")
    assert workspace.calls[-1][1]["channel"] == "D1"
    assert slack.news() == []


async def test_a_conversation_that_is_gone_is_found_anew(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    await slack.deliver(replace(MIA, reach="D0GONE"), OPENING, "key-1")
    assert len(workspace.said("U1")) == 1
    assert [told.reach for told in slack.news()] == ["D1"]


async def test_a_card_is_looked_for_where_the_conversation_is_now(
    both: tuple[Slack, Workspace],
) -> None:
    slack, _ = both
    receipt = await slack.deliver(MIA, OPENING, "key-1")
    gone = replace(MIA, reach="D0GONE")
    assert await slack.was_delivered(gone, "key-1") == receipt
    assert await slack.was_delivered(gone, "key-2") is None


async def test_a_redrawn_message_keeps_its_key(both: tuple[Slack, Workspace]) -> None:
    slack, _ = both
    receipt = await slack.deliver(MIA, OPENING, "key-1")
    await slack.replace(receipt, WORDS)
    assert await slack.was_delivered(MIA, "key-1") == receipt


async def test_a_key_is_looked_for_in_few_messages_at_a_time(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    first = await slack.deliver(MIA, OPENING, "first")
    for number in range(20):
        await slack.deliver(MIA, WORDS, f"key-{number}")
    assert await slack.was_delivered(MIA, "first") == first
    looks = [given for method, given in workspace.calls if method == "conversations.history"]
    assert [given["limit"] for given in looks] == ["15", "15"]
    assert await slack.was_delivered(MIA, "never sent") is None


async def test_a_key_among_too_many_messages_cannot_be_told(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    message = {"ts": "1795536000.000001", "text": "x"}
    workspace.messages["D1"] = [message] * 100
    with pytest.raises(Ambiguous):
        await slack.was_delivered(MIA, "key")


async def test_history_that_says_wait_is_waited_for_and_given_up_after_ten_minutes(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    workspace.sky = lambda method, _: Weather("429", wait="60") if "history" in method else None
    with pytest.raises(Busy):
        await slack.was_delivered(MIA, "key")
    slack.history.asked["key"] -= 601
    with pytest.raises(Ambiguous):
        await slack.was_delivered(MIA, "key")
    assert workspace.count("conversations.history") == 1


async def test_slack_asks_to_wait_for_one_method_and_no_other(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    receipt = await slack.deliver(MIA, OPENING, "key-0")
    workspace.sky = clearing(POST, Weather("429", wait="30"))
    with pytest.raises(Busy) as first:
        await slack.deliver(MIA, OPENING, "key-1")
    assert first.value.retry_after == 30
    with pytest.raises(Busy) as second:
        await slack.deliver(RAJ, OPENING, "key-2")
    assert 29 < second.value.retry_after <= 30
    assert workspace.count(POST) == 2
    await slack.replace(receipt, WORDS)


@pytest.mark.parametrize("kind", ["500", "fatal", "html", "cut"])
async def test_what_arrived_although_slack_failed_is_found_and_not_said_again(
    both: tuple[Slack, Workspace], kind: str
) -> None:
    slack, workspace = both
    workspace.sky = clearing(POST, Weather(kind, done=True))  # type: ignore[arg-type]
    receipt = await slack.deliver(MIA, OPENING, "key-1")
    assert len(workspace.said("U1")) == 1
    assert receipt.where.endswith(workspace.said("U1")[0]["ts"])


@pytest.mark.parametrize("kind", ["500", "fatal"])
async def test_what_slack_failed_at_is_tried_again(
    both: tuple[Slack, Workspace], kind: str
) -> None:
    slack, workspace = both
    workspace.sky = clearing(POST, Weather(kind))  # type: ignore[arg-type]
    with pytest.raises(Busy):
        await slack.deliver(MIA, OPENING, "key-1")
    await slack.deliver(MIA, OPENING, "key-1")
    assert len(workspace.said("U1")) == 1


@pytest.mark.parametrize("kind", ["cut", "html"])
async def test_what_may_still_be_on_its_way_is_not_said_again(
    both: tuple[Slack, Workspace], kind: str
) -> None:
    slack, workspace = both
    workspace.sky = clearing(POST, Weather(kind))  # type: ignore[arg-type]
    with pytest.raises(Ambiguous):
        await slack.deliver(MIA, OPENING, "key-1")


async def test_an_answer_without_a_time_stamp_breaks_nothing(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    workspace.sky = clearing(POST, Weather("no ts", done=True))
    assert await slack.deliver(MIA, OPENING, "key-1") == Receipt("")
    with pytest.raises(Unreachable, match="did not say where"):
        await slack.replace(Receipt(""), WORDS)


async def test_where_slack_is_not_there_nothing_was_sent() -> None:
    slack = Slack(Settings(TOKEN, "secret", api_url="http://127.0.0.1:9/api/"), lambda: AT)
    with pytest.raises(Busy):
        await slack.deliver(MIA, OPENING, "key-1")
    await slack.close()


async def test_reasons_are_for_an_admin(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    workspace.members["U2"]["deleted"] = True
    with pytest.raises(Unreachable, match="has been deactivated"):
        await slack.deliver(RAJ, OPENING, "key-1")
    workspace.scopes = "commands"
    with pytest.raises(Unreachable, match=r"lacks chat:write.*install it again"):
        await slack.deliver(MIA, OPENING, "key-2")
    workspace.revoked = True
    with pytest.raises(Unreachable, match=r"revoked.*SLACK_BOT_TOKEN"):
        await slack.deliver(MIA, OPENING, "key-3")


async def test_the_pace_is_kept_over_the_whole_workspace() -> None:
    async with connected(pace=200) as (slack, workspace):
        workspace.limits[POST] = Limit(3, 0.010)
        for number in range(8):
            await slack.deliver(MIA if number % 2 else RAJ, OPENING, f"key-{number}")
        assert len(workspace.said("U1")) == len(workspace.said("U2")) == 4


async def test_people_come_page_by_page_without_bots_leavers_and_guests(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    workspace.join("U3", "", is_bot=True)
    workspace.join("U4", "left@example.com", deleted=True)
    workspace.join("U5", "guest@example.com", is_restricted=True)
    workspace.join("U6", "other@company.com", is_stranger=True)
    workspace.join("USLACKBOT", "slackbot@example.com")
    workspace.join("U7", "zoe@example.com", tz="", locale="")
    workspace.page = 2
    found = [profile async for profile in slack.people()]
    assert [(p.email, p.zone, p.language) for p in found] == [
        ("mia@example.com", "Europe/Berlin", "de-DE"),
        ("raj@example.com", "Asia/Kolkata", "en-GB"),
        ("zoe@example.com", "", ""),
    ]
    assert workspace.count("users.list") == 4


async def test_a_page_that_says_wait_is_asked_for_again(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    workspace.sky = clearing("users.list", Weather("429", wait="0.01"))
    assert len([profile async for profile in slack.people()]) == 2
    workspace.sky = clearing("users.list", Weather("429", wait="600"))
    with pytest.raises(Busy):
        [profile async for profile in slack.people()]


async def test_a_workspace_that_takes_no_charts_is_asked_once(
    both: tuple[Slack, Workspace],
) -> None:
    slack, workspace = both
    workspace.takes_charts = False
    (chart,) = (part for part in FIGURES.parts if isinstance(part, Chart))
    card = Card("trend", (replace(chart, series=chart.series[:1]), Prose("x")))
    await slack.deliver(MIA, card, "key-1")
    await slack.deliver(MIA, card, "key-2")
    assert workspace.count(POST) == 3
    assert len(workspace.said("U1")) == 2
    assert "▆" in json.dumps(workspace.said("U1"), ensure_ascii=False)


async def test_a_workspace_that_takes_charts_gets_them(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    (chart,) = (part for part in FIGURES.parts if isinstance(part, Chart))
    card = Card("trend", (replace(chart, series=chart.series[:1]),))
    await slack.deliver(MIA, card, "key-1")
    assert workspace.said("U1")[0]["blocks"][0]["type"] == "data_visualization"


@pytest.fixture
def pictured(both: tuple[Slack, Workspace]) -> tuple[Slack, Workspace]:
    slack, workspace = both
    address, secret = "https://itpulse.example.com", "s" * 32
    slack.pictures = Pictures(address, secret, lambda: AT)
    return slack, workspace


async def test_a_workspace_without_charts_gets_pictures(
    pictured: tuple[Slack, Workspace],
) -> None:
    slack, workspace = pictured
    workspace.takes_charts = False
    (chart,) = (part for part in FIGURES.parts if isinstance(part, Chart))
    await slack.deliver(MIA, Card("trend", (replace(chart, series=chart.series[:1]),)), "key-1")
    kinds = [block["type"] for block in workspace.said("U1")[0]["blocks"]]
    assert kinds == ["rich_text", "rich_text", "image", "context"]


async def test_a_picture_that_slack_could_not_fetch_is_left_out_that_time(
    pictured: tuple[Slack, Workspace],
) -> None:
    slack, workspace = pictured
    (gapped,) = (part for part in FIGURES.parts if isinstance(part, Chart))
    whole = replace(gapped, series=gapped.series[:1])
    card = Card("trend", (whole, gapped))
    workspace.fetches_pictures = False
    await slack.deliver(MIA, card, "key-1")
    workspace.fetches_pictures = True
    await slack.deliver(MIA, card, "key-2")
    without, with_it = ([b["type"] for b in m["blocks"]] for m in workspace.said("U1"))
    assert without == ["data_visualization", "context", "rich_text", "rich_text", "context"]
    assert with_it == [*without[:4], "image", "context"]


async def test_where_neither_is_taken_words_remain(pictured: tuple[Slack, Workspace]) -> None:
    slack, workspace = pictured
    workspace.takes_charts = workspace.fetches_pictures = False
    (gapped,) = (part for part in FIGURES.parts if isinstance(part, Chart))
    whole = replace(gapped, series=gapped.series[:1])
    await slack.deliver(MIA, Card("trend", (gapped, whole)), "key-1")
    assert workspace.count(POST) == 3
    kinds = {block["type"] for block in workspace.said("U1")[0]["blocks"]}
    assert kinds == {"rich_text", "context"}


async def test_what_the_doctor_finds(both: tuple[Slack, Workspace]) -> None:
    slack, workspace = both
    assert [finding.verdict for finding in await slack.examine()] == ["ok", "ok"]
    workspace.scopes = "chat:write,commands"
    lacking = (await slack.examine())[1]
    assert lacking.verdict == "bad"
    assert "users:read.email" in lacking.what
    assert "itpulse slack manifest" in lacking.todo
    workspace.revoked = True
    (revoked,) = await slack.examine()
    assert "revoked" in revoked.what
