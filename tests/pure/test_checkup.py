"""What the doctor says of what it found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.checkup import findings
from bot.health import DatabaseFacts, Facts, Finding, RingFacts, ServerFacts, WorkFacts

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DATABASE = DatabaseFacts("postgresql+psycopg://db/itpulse", schema="current", ahead=0.1)
SERVER = ServerFacts("off", max_wal_senders=0, replicas=0, slots=0, logs_values=False)
RING = RingFacts("postgresql+psycopg://keys/ring", names=frozenset(), server=SERVER)
WORK = WorkFacts(NOW, False, None, (), (), (), None, 0)
WELL = Facts(DATABASE, RING, WORK)


def found(
    database: dict[str, Any] | None = None,
    ring: dict[str, Any] | None = None,
    server: dict[str, Any] | None = None,
    work: dict[str, Any] | None = None,
    connected: bool = True,
) -> list[Finding]:
    """What is said where these facts are others than those of an installation that is well."""
    facts = Facts(
        replace(DATABASE, **(database or {})),
        replace(RING, **{"server": replace(SERVER, **(server or {})), **(ring or {})}),
        replace(WORK, **(work or {})),
    )
    return findings(facts, connected)


def test_where_all_is_well_nothing_is_to_be_done() -> None:
    told = findings(WELL, connected=True)
    assert {finding.verdict for finding in told} == {"ok"}
    assert not any(finding.todo for finding in told)
    assert [finding.what.partition(" ")[0] for finding in told] == [
        "database",
        "clock:",
        "key",
        "rounds",
    ]


@pytest.mark.parametrize(
    ("change", "verdict", "sentence"),
    [
        ({"database": {"trouble": "connection refused"}}, "bad", "connection refused"),
        ({"database": {"schema": "none"}}, "warn", "no tables yet"),
        ({"database": {"schema": "older"}}, "bad", "of an older version"),
        ({"database": {"schema": "newer"}}, "bad", "of a newer version"),
        ({"database": {"ahead": 2.5}}, "warn", "2.5 s ahead of this machine's"),
        ({"database": {"ahead": -90.0}}, "bad", "90.0 s behind this machine's"),
        ({"ring": {"trouble": "No space left"}}, "bad", "No space left"),
        ({"ring": {"missing": True}}, "warn", "is not there yet"),
        ({"work": {"ring": "a mark"}, "ring": {"missing": True}}, "bad", "is not the one of this"),
        ({"work": {"ring": "a mark"}, "ring": {"mark": "another"}}, "bad", "or another one"),
        (
            {"work": {"ring": "a mark", "without_keys": ("a@1",)}, "ring": {"mark": "another"}},
            "bad",
            "is not the one of this database",
        ),
        ({"ring": {"backed_up_with": "the folder /var"}}, "warn", "a backup of the folder /var"),
        ({"ring": {"loose": ("/k/a", "/k/b")}}, "bad", "may look into /k/a, /k/b"),
        ({"server": {"archive_mode": "always"}}, "warn", "archive_mode is always"),
        ({"server": {"max_wal_senders": 10}}, "warn", "max_wal_senders is 10"),
        ({"server": {"replicas": 1}}, "warn", "1 replicas and 0 replication slots"),
        ({"server": {"slots": 2}}, "warn", "0 replicas and 2 replication slots"),
        ({"server": {"logs_values": True}}, "warn", "logs statements with their values"),
        ({"work": {"is_demo": True}}, "bad", "marked as a demo"),
        ({"work": {"is_demo": True}, "connected": False}, "warn", "marked as a demo"),
        ({"work": {"held_since": "2026-11-24"}}, "warn", "nothing is sent, opened or closed"),
        ({"work": {"without_keys": ("a@1", "b@2")}}, "bad", "without a key: a@1, b@2"),
        ({"work": {"overdue": ("a@1",)}}, "bad", "overdue rounds: a@1"),
        ({"work": {"undestroyed": ("a@1",)}}, "bad", "keys of ended rounds are still there: a@1"),
        ({"work": {"waiting_since": NOW}}, "bad", "due since 2026-11-24 12:00 UTC"),
        ({"work": {"left_claimed": 3}}, "warn", "3 cards were being sent"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_with_what_to_do(
    change: dict[str, Any], verdict: str, sentence: str
) -> None:
    [told] = [finding for finding in found(**change) if finding.verdict != "ok"]
    assert told.verdict == verdict
    assert sentence in told.what
    assert told.todo


def test_what_is_held_is_not_overdue() -> None:
    told = found(work={"held_since": "2026-11-24", "overdue": ("a@1",), "waiting_since": NOW})
    assert [finding.verdict for finding in told if finding.verdict != "ok"] == ["warn"]


def test_nothing_is_said_of_tables_that_cannot_be_read() -> None:
    told = findings(Facts(replace(DATABASE, trouble="gone"), RING), connected=True)
    assert not any("overdue" in finding.what for finding in told)
