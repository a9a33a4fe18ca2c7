"""A clock that stands still until somebody pushes it."""

from __future__ import annotations

from datetime import UTC, datetime

from adapters.simulator.file import File


class PushedClock:
    """Kept in the simulator's file, so it stands where it stood when the demo is started again."""

    def __init__(self, file: File, starts: datetime) -> None:
        self._file = file
        file.rows("INSERT OR IGNORE INTO clock (one, now) VALUES (1, ?)", stamp(starts))

    def now(self) -> datetime:
        row = self._file.row("SELECT now FROM clock")
        assert row is not None
        return datetime.fromisoformat(row[0])

    def to(self, instant: datetime) -> None:
        """Push it forward; raises ValueError where that would be back."""
        # Two pushers at once: the statement itself never goes back. Stamps sort as text.
        self._file.rows("UPDATE clock SET now = ?1 WHERE now < ?1", stamp(instant))
        if (now := self.now()) > instant:
            raise ValueError(f"The clock stands at {now.isoformat()} and never goes back.")


def stamp(instant: datetime) -> str:
    """UTC with six digits of a second, so that later is greater as text too."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
