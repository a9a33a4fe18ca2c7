"""What can go wrong: said to the person (`Refusal`), to whoever sent a file (`Fault`), or to the
worker (`Busy`, `Unreachable`, `Ambiguous`).
"""

from __future__ import annotations


class Refusal(Exception):
    """That did not work, and nothing was changed."""

    #: A short stable word for programs (`replay` counts by it).
    reason = "refused"

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or " ".join((type(self).__doc__ or "").split()))


class UnknownPerson(Refusal):
    """I don't know you yet. Ask your IT admin to add you to the people list."""

    reason = "unknown_person"


class Leaving(Refusal):
    """I am forgetting you, as you asked. I will not write to you again, and within a day everything
    that carries your name here is deleted."""

    reason = "leaving"


class UnknownPulse(Refusal):
    """There is no such pulse. Type “next” to see what is waiting for you."""

    reason = "unknown_pulse"


class UnknownQuestion(Refusal):
    """That question is not part of this round. Type “next” to see what is waiting for you."""

    reason = "unknown_question"


class UnknownControl(Refusal):
    """I don't know that button any more. Type “next” to see what is waiting for you."""

    reason = "unknown_control"


class BadValue(Refusal):
    """That is not one of the answers. Please pick one of those shown."""

    reason = "bad_value"


class TooLong(Refusal):
    """That is too long. Please shorten it a little."""

    reason = "too_long"


class NotInvited(Refusal):
    """This round was not addressed to you, so there is nothing to answer here."""

    reason = "not_invited"


class NotOpen(Refusal):
    """This round is closed, so answers can no longer be taken. Thank you for wanting to tell us."""

    reason = "not_open"


class NotAllowed(Refusal):
    """That is for IT leads. An admin can give you this role."""

    reason = "not_allowed"


class Fault(Exception):
    """Input that cannot be taken: a line for each place, what is wrong there, what to do."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Busy(Exception):
    """The platform asks us to wait before the next call."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"asked to wait {retry_after:g} s")
        #: Seconds.
        self.retry_after = retry_after


class Unreachable(Exception):
    """This person cannot be reached on this platform; the message says why, for an admin."""


class Ambiguous(Exception):
    """A message may or may not have arrived, and the platform cannot tell."""
