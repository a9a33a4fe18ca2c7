"""Answers that are somebody's own, so that they can be told apart in a release."""

from __future__ import annotations

from typing import Final

from tests.stories.company import Company

ROUND: Final = "it-weekly@2026-11-24"
#: Stands in every comment and is taken out before anything is stored.
SECRET: Final = "wombat.kestrel"


async def say_something(company: Company, email: str, round: str = ROUND) -> None:
    """Raises AssertionError where it is not taken.

    Said again it is the same event, as when a platform repeats what nobody acknowledged.
    """
    values = {"overall": score(email), "recommend": 9, "words": comment(email)}
    told = await company.says(
        email, submit=f"answers|{round}|", values=values, event_id=f"{email} in {round}"
    )
    assert (told["refusal"], told["errors"]) == (None, {})


def score(email: str) -> int:
    return int(email[1:4]) % 5 + 1


def comment(email: str) -> str:
    return f"Comment of number {email[1:4]}, write to {SECRET}@example.org."


def published(email: str) -> str:
    return comment(email).replace(f"{SECRET}@example.org", "[e-mail]")
