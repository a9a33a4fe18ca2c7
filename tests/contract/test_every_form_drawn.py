"""What is put into an admin's forms comes back, on Slack and in Teams as in the simulator."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from adapters.slack.render import SHORTENED
from adapters.slack.render import draw as drawn_for_slack
from adapters.teams.render import draw as drawn_for_teams
from bot.cards import Buttons
from bot.domain.pulse import Question
from bot.refs import Ref
from tests.contract import test_teams_cards as teams
from tests.contract.every_form import in_a_small_company
from tests.contract.platform_suite import EveryForm
from tests.contract.speakers import ADMIN
from tests.pure import test_slack_render as slack

pytestmark = pytest.mark.contract


def long(number: int) -> Question:
    return Question(f"{'q' * 37}-{number:02}", "agree", "😀" * 300)


async def test_the_longest_questions_are_listed_whole_with_every_button(tmp_path: Path) -> None:
    pulse = {"id": "p" * 40, "title": "T" * 75, "rotate": 5}
    own, bank = tuple(map(long, range(50, 55))), tuple(map(long, range(50)))
    async with in_a_small_company(tmp_path, questions=own, bank=bank, **pulse) as speaker:
        for name in ("questions", "bank", "pulse", "preview", "test", "launching"):
            reply = await speaker.presses(ADMIN, Ref("do", item=f"{name}:{pulse['id']}"))
            (card,) = reply.say
            slack = json.dumps(drawn_for_slack(card), ensure_ascii=False)
            assert SHORTENED not in slack
            teams = json.dumps(drawn_for_teams(card), ensure_ascii=False)
            buttons = [b for part in card.parts if isinstance(part, Buttons) for b in part.buttons]
            assert buttons
            for button in buttons:
                assert button.ref.wire() in slack, name
                assert button.ref.wire() in teams, name


class TestOnSlack(EveryForm):
    somebody = slack.TestTheRoundTrip.somebody
    draw = slack.TestTheRoundTrip.draw
    payloads = slack.TestTheRoundTrip.payloads
    read = slack.TestTheRoundTrip.read


class TestInTeams(EveryForm):
    somebody = teams.TestTheRoundTrip.somebody
    draw = teams.TestTheRoundTrip.draw
    payloads = teams.TestTheRoundTrip.payloads
    read = teams.TestTheRoundTrip.read
    seen = teams.TestTheRoundTrip.seen
