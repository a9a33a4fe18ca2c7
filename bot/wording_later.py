"""Every sentence about being asked later."""

from __future__ import annotations

from typing import Final

WHEN_AGAIN: Final = "When may I ask you again?"
ANOTHER_TIME: Final = "Another time"


def times_that_fit(until: str) -> str:
    return f"Only times at which you work, and before these questions close on {until}."


def no_time(until: str) -> str:
    return (
        f"These questions close on {until}, and before that no time is left at which I could ask "
        "again. You can answer now, or leave them out this time."
    )


def put_off(when: str) -> str:
    return f"All right. I will ask again {when}. Or answer now."


def begun(until: str) -> str:
    return f"You have begun already, so I will not ask again. You can go on until {until}."


def asked_for(title: str, until: str) -> str:
    return f"You wanted to be asked again now. Open until {until}: {title}"
