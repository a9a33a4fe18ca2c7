"""What is put into an admin's forms comes back, on Slack and in Teams as in the simulator."""

from __future__ import annotations

import pytest

from tests.contract import test_teams_cards as teams
from tests.contract.platform_suite import EveryForm
from tests.pure import test_slack_render as slack

pytestmark = pytest.mark.contract


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
