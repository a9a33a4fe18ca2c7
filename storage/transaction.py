"""The sections of a transaction, over one connection."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.remembered import Remembered
from storage.sections.announcements import SqlAnnouncements
from storage.sections.audit import SqlAudit
from storage.sections.ballots import SqlBallots
from storage.sections.deliveries import SqlDeliveries
from storage.sections.marks import SqlMarks
from storage.sections.named import SqlNamed
from storage.sections.notes import SqlNotes
from storage.sections.pauses import SqlPauses
from storage.sections.people import SqlPeople
from storage.sections.pulses import SqlPulses
from storage.sections.releases import SqlReleases
from storage.sections.rounds import SqlRounds
from storage.sections.threads import SqlThreads
from storage.sections.wishes import SqlWishes


class SqlTransaction:
    """Built once a connection and used for each transaction on it in turn."""

    def __init__(self, connection: Connection, remembered: Remembered | None = None) -> None:
        self.connection = connection
        self.people = SqlPeople(connection)
        self.pulses = SqlPulses(connection)
        self.rounds = SqlRounds(connection)
        self.deliveries = SqlDeliveries(connection)
        self.ballots = SqlBallots(connection)
        self.releases = SqlReleases(connection, remembered)
        self.marks = SqlMarks(connection)
        self.audit = SqlAudit(connection)
        self.named = SqlNamed(connection)
        self.threads = SqlThreads(connection)
        self.notes = SqlNotes(connection)
        self.wishes = SqlWishes(connection)
        self.pauses = SqlPauses(connection)
        self.announcements = SqlAnnouncements(connection)
