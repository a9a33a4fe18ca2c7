"""What is to be said of the facts: pure, one check for each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.health import DatabaseFacts, Facts, Finding, RingFacts, ServerFacts, WorkFacts

#: Seconds that two clocks may differ before it is odd, and before rounds open at wrong times.
ODD: Final = 2.0
WRONG: Final = 60.0
SERVE: Final = "see whether `itpulse serve` runs (GET /readyz), and what its log says"


def findings(facts: Facts, connected: bool) -> list[Finding]:
    """`connected` is whether a real platform is set up."""
    foreign = bool(facts.work and facts.work.ring and facts.work.ring != facts.ring.mark)
    return [
        *_database(facts.database),
        *_ring(facts.ring, foreign),
        *_work(facts.work, connected, foreign),
    ]


def _database(found: DatabaseFacts) -> Iterator[Finding]:
    name = f"database {found.where}"
    if found.trouble:
        todo = "check ITPULSE_DATABASE_URL, and that the server runs and lets you in"
        yield Finding("bad", f"{name}: {found.trouble}", todo)
        return
    match found.schema:
        case "current":
            yield Finding("ok", f"{name}: reachable, tables up to date")
        case "none":
            yield Finding("warn", f"{name}: there are no tables yet", "itpulse migrate")
        case "older":
            yield Finding("bad", f"{name}: the tables are of an older version", "itpulse migrate")
        case "newer":
            todo = "start the newer ITPulse that made them, or restore a backup of this one's"
            yield Finding("bad", f"{name}: the tables are of a newer version", todo)
    yield from _clock(found)


def _clock(found: DatabaseFacts) -> Iterator[Finding]:
    if found.ahead is None:
        return
    off = abs(found.ahead)
    which = "ahead of" if found.ahead > 0 else "behind"
    said = f"the database's clock is {off:.1f} s {which} this machine's"
    if off <= ODD:
        yield Finding("ok", "clock: the database's and this machine's agree")
    else:
        todo = "let both keep time by NTP; rounds open and close by this machine's clock"
        yield Finding("bad" if off > WRONG else "warn", f"clock: {said}", todo)


def _ring(found: RingFacts, foreign: bool) -> Iterator[Finding]:
    name = f"key ring {found.where}"
    if found.trouble:
        todo = "check ITPULSE_KEYRING; without it no round can open, and no answer be taken"
        yield Finding("bad", f"{name}: {found.trouble}", todo)
        return
    if foreign:
        what = f"{name}: is not the one of this database, but empty, not mounted, or another one"
        todo = (
            "bring the right one back (mount it, or mend ITPULSE_KEYRING); only if it is lost for "
            "good: itpulse keyring adopt, which lets open rounds end as lost"
        )
        yield Finding("bad", what, todo)
    elif found.missing:
        todo = "nothing: the first start makes it"
        yield Finding("warn", f"{name}: is not there yet", todo)
    else:
        yield Finding("ok", f"{name}: can be read and written")
    if found.backed_up_with:
        yield Finding(
            "warn",
            f"{name}: a backup of {found.backed_up_with} takes the keys of ballots along",
            "name another place in ITPULSE_KEYRING, or leave the keys out of every backup and use "
            "`itpulse backup`, which does",
        )
    if found.loose:
        yield Finding(
            "bad",
            f"{name}: others on this machine may look into {', '.join(found.loose)}",
            "chmod 700 the folder and 600 what is in it; whoever has read a key can open ballots",
        )
    if found.server:
        yield from _server(name, found.server)


def _server(name: str, found: ServerFacts) -> Iterator[Finding]:
    if found.archive_mode != "off":
        yield Finding(
            "warn",
            f"{name}: archive_mode is {found.archive_mode}, so destroyed keys stay in the archive",
            "set archive_mode = off on this server and delete what was archived",
        )
    if found.replicas or found.slots:
        yield Finding(
            "warn",
            f"{name}: {found.replicas} replicas and {found.slots} replication slots get copies of "
            "the keys, or keep them in the log",
            "keep the keys on a server without replicas; drop the slots",
        )
    elif found.max_wal_senders:
        yield Finding(
            "warn",
            f"{name}: max_wal_senders is {found.max_wal_senders}, so a replica or pg_basebackup "
            "may take the keys along",
            "set max_wal_senders = 0 on this server",
        )
    if found.logs_values:
        yield Finding(
            "warn",
            f"{name}: the server logs statements with their values, which are keys",
            "set log_parameter_max_length = 0 on this server and delete its old logs",
        )


def _work(found: WorkFacts | None, connected: bool, foreign: bool) -> Iterator[Finding]:
    if found is None:
        return
    if found.is_demo:
        todo = "for a real company name an empty database in ITPULSE_DATABASE_URL"
        what = "this database is marked as a demo: nobody in it is real"
        yield Finding("bad" if connected else "warn", what, todo)
    if found.held_since:
        yield Finding(
            "warn",
            f"restored at {found.held_since}: nothing is sent, opened or closed",
            "look whether everything is there, then: itpulse restore --release",
        )
    # In a key ring that is not this database's no key can be missed.
    if found.without_keys and not foreign:
        yield Finding(
            "bad",
            f"open rounds without a key: {', '.join(found.without_keys)}; they end as lost",
            "bring the key ring back that belongs to this database before serve runs again",
        )
    # What is held is not overdue.
    undone = [] if found.held_since else list(_left_undone(found))
    yield from undone or [Finding("ok", "rounds and cards: nothing is overdue")]


def _left_undone(found: WorkFacts) -> Iterator[Finding]:
    if found.overdue:
        what = f"overdue rounds: {', '.join(found.overdue)} should have opened or closed by now"
        yield Finding("bad", what, SERVE)
    if found.undestroyed:
        what = f"keys of ended rounds are still there: {', '.join(found.undestroyed)}"
        yield Finding("bad", what, f"{SERVE}; it destroys them at its next beat")
    if found.waiting_since:
        what = f"cards are due since {found.waiting_since:%Y-%m-%d %H:%M} UTC"
        yield Finding("bad", what, SERVE)
    if found.left_claimed:
        what = f"{found.left_claimed} cards were being sent when a worker stopped"
        yield Finding("warn", what, f"{SERVE}; it looks whether they arrived")
