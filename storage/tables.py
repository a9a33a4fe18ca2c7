"""Every table, what it means, and what is deliberately not in it (docs/privacy.md)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
    text,
)

from storage.columns import Instant, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key(name: str, kind: Any = Words, *more: Any) -> Column[Any]:
    return Column(name, kind, *more, primary_key=True)


def _has(name: str, kind: Any = Words) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _may(name: str, kind: Any = Words) -> Column[Any]:
    return Column(name, kind)


# Who is asked. Ids are never used twice, so that nobody inherits a ballot.
# Not here: when somebody last did anything.
person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("email", Words, nullable=False, unique=True),  # in lower case
    _has("name"),
    _has("unit"),
    _has("division"),
    _has("role"),
    _has("site"),
    _has("zone"),
    _has("country"),
    _has("language"),
    _has("leader_email"),
    _may("gone_on", Date),  # works here no more; nothing is sent to them
    sqlite_autoincrement=True,
)

# What the app lets somebody do; `units` are those whose figures a lead may see, or nothing: all.
grant_ = Table(
    "person_grant",
    metadata,
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _key("grant"),
    _may("units", JSON(none_as_null=True)),
    sqlite_with_rowid=False,
)

# Where somebody can be reached; `reach` is how, in the platform's own words. `nth` counts one
# person's addresses in the order they became known. Not here: any order between people, any time.
address = Table(
    "address",
    metadata,
    _key("platform"),
    _key("space"),
    _key("user"),
    Column(
        "person", Integer, ForeignKey(person.c.id, ondelete="CASCADE"), nullable=False, index=True
    ),
    _has("nth", Integer),
    Column("reach", Words, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# What is asked, every version there was.
pulse = Table(
    "pulse",
    metadata,
    _key("id"),
    _key("version", Integer),
    _has("body", JSON),
)

# Pulses that open no rounds for now, or never again; a pulse that is not here is live.
pulse_state = Table(
    "pulse_state",
    metadata,
    _key("pulse"),
    _has("state"),
    sqlite_with_rowid=False,
)

# Who does not want to be asked, by one pulse or (empty) by any. Not here: why, since when.
wish = Table(
    "wish",
    metadata,
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _key("pulse"),
    _may("until", Date),
    sqlite_with_rowid=False,
)

# One asking of a pulse. The plan is frozen at opening and holds places and their head counts.
# Not here: any figure about answers, how many have answered, when the last one did.
round_ = Table(
    "round",
    metadata,
    _key("id"),
    _has("pulse"),
    _has("version", Integer),
    _has("day", Date),
    _has("opens_at", Instant),
    _has("closes_at", Instant),
    _has("state"),
    _may("reminded_through", Instant),
    _may("again_through", Instant),  # moves at fixed hours, whatever anybody wished
    _has("cleared", Boolean),
    _may("early_at", Instant),
    _may("sealed_on", Date),
    _has("seal"),  # a digest of ciphertext, to see whether anything was written since
    _has("plan", JSON),  # last: it is long, and states are read without it
    UniqueConstraint("pulse", "day"),
    Index(None, "state"),
)

# Who was asked and reached with the first card. Not here: whether they answered, reminders.
delivery = Table(
    "delivery",
    metadata,
    _key("round", Words, ForeignKey(round_.c.id)),
    _key("person", Integer),
    _has("send_at", Instant),
    _has("state"),
    _has("receipt"),
    _has("why"),
    _may("claimed_by"),
    _may("claimed_at", Instant),
    sqlite_with_rowid=False,
)
# Partial, so that what has been sent costs the next tick nothing.
Index(
    "ix_delivery_waiting",
    delivery.c.send_at,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_delivery_claimed",
    delivery.c.claimed_at,
    sqlite_where=text("state = 'claimed'"),
    postgresql_where=text("state = 'claimed'"),
)

# One sealed ballot for everybody invited, from the start. Nothing else: no person, no time, no
# counter, no foreign key, and without a row id, which would keep the order of writing.
ballot = Table(
    "ballot",
    metadata,
    _key("round"),
    _key("tag", LargeBinary),
    _has("body", LargeBinary),
    sqlite_with_rowid=False,
)

# A round whose answers are out, or which had too few.
release_round = Table(
    "release_round",
    metadata,
    _key("round"),
    _has("pulse"),
    _has("opens_on", Date),
    _has("closes_on", Date),
    _has("invited", Integer),
    _has("answered", Integer),
    Index(None, "pulse", "opens_on"),
)

# The smallest figures ever shown. `asked` is the question's place in the round. Not here: raw
# counts, whether the histogram was altered, anything of one person.
release_block = Table(
    "release_block",
    metadata,
    _key("round", Words, ForeignKey(release_round.c.round)),
    _key("question"),
    _key("block", Integer),
    _has("asked", Integer),
    _has("kind"),
    _has("formula"),
    _has("label"),
    _has("n", Integer),
    _has("invited", Integer),
    _has("hist", JSON),
    _has("of", JSON),  # [division, unit, role, site, invited], silent places too
    sqlite_with_rowid=False,
)

# The cuts that may be shown, each a sum of blocks; `nth` keeps the order they were accepted in.
release_group = Table(
    "release_group",
    metadata,
    _key("round", Words, ForeignKey(release_round.c.round)),
    _key("question"),
    _key("nth", Integer),
    _has("division"),
    _has("unit"),
    _has("role"),
    _has("site"),
    _has("invited", Integer),
    _has("blocks", JSON),
    sqlite_with_rowid=False,
)

# How far answers to a question lay apart within its blocks, added up from `hist` alone.
release_within = Table(
    "release_within",
    metadata,
    _key("round", Words, ForeignKey(release_round.c.round)),
    _key("question"),
    _key("kind"),
    _has("squares", Float),
    _has("freedom", Integer),
    sqlite_with_rowid=False,
)

# Scrubbed comments. The id is random and the only order there is. Not here: author, unit, time,
# rating, anything two comments of one person would share.
release_text = Table(
    "release_text",
    metadata,
    _key("id"),
    Column("round", Words, ForeignKey(release_round.c.round), nullable=False, index=True),
    _has("question"),
    _has("block"),
    _has("body"),
    _has("themes", JSON),
    _has("sentiment"),
    Column("because", JSON, nullable=False, server_default="[]"),
    sqlite_with_rowid=False,
)

# What a lead has made of a comment's sentiment. Gone with the comment. Not here: who, when, how
# often; what is counted goes by the comment's own.
correction = Table(
    "correction",
    metadata,
    _key("text_id", Words, ForeignKey(release_text.c.id, ondelete="CASCADE")),
    _has("sentiment"),
    sqlite_with_rowid=False,
)

# How often a theme was mentioned, and how often in a negative comment.
release_theme = Table(
    "release_theme",
    metadata,
    _key("round", Words, ForeignKey(release_round.c.round)),
    _key("question"),
    _key("theme"),
    _has("mentions", Integer),
    _has("negative", Integer),
    sqlite_with_rowid=False,
)

# Which answers of a round go together, company-wide. Not here: any row of answers, any group.
release_connection = Table(
    "release_connection",
    metadata,
    _key("round", Words, ForeignKey(release_round.c.round)),
    _has("main"),
    _has("n", Integer),
    _has("grain", Integer),
    _has("matrix", JSON),  # in hundredths
    _has("weights", JSON),  # in percent, as is `first`
    _has("first", JSON),
    sqlite_with_rowid=False,
)

# Platform events already seen: HMACs under a key that changes daily. Not here: person, time.
event_mark = Table(
    "event_mark",
    metadata,
    _key("mark", LargeBinary),
    Column("day", Date, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# What admins and ITPulse itself did; everybody may read it. Not here: anything about answers.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _has("at", Instant),
    _has("who"),
    _has("what"),
    sqlite_autoincrement=True,
)

# Small facts about the installation itself.
note = Table(
    "note",
    metadata,
    _key("name"),
    _has("text"),
    sqlite_with_rowid=False,
)

# While a round of a hundred or more is open: the tenths that have answered, once a day.
release_share = Table(
    "release_share",
    metadata,
    _key("round"),
    _key("day", Date),
    _has("tenths", Integer),
    sqlite_with_rowid=False,
)

# Which round of a cycle somebody is asked in. Not here: whether they were, or answered.
slice_ = Table(
    "slice",
    metadata,
    _key("pulse"),
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _has("slot", Integer),
    sqlite_with_rowid=False,
)

# Of pulses with a bank of questions: which of them somebody was sent, the latest last.
# Not here: whether they answered, which round it was, when.
seen = Table(
    "seen",
    metadata,
    _key("pulse"),
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _has("questions", JSON),
    sqlite_with_rowid=False,
)

# E-mails that no directory may bring back, as HMACs under a key outside this database.
forgotten = Table(
    "forgotten",
    metadata,
    _key("mark", LargeBinary),
    sqlite_with_rowid=False,
)

# Until when somebody hears nothing. Gone within an hour after that. Not here: since when, why,
# how often before.
pause = Table(
    "pause",
    metadata,
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _has("until", Instant),
    sqlite_with_rowid=False,
)

# Leads who are still to be told that a round has been released; gone with the telling. Not here:
# anything of the release, whom nobody had to tell, whether it was read.
announcement = Table(
    "announcement",
    metadata,
    _key("round"),
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _has("at", Instant),
    sqlite_with_rowid=False,
)

# Answers of rounds that were declared named before their first question.
named_answer = Table(
    "named_answer",
    metadata,
    _key("round"),
    _key("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE")),
    _key("question"),
    _has("nth", Integer),
    _has("value", JSON),
    sqlite_with_rowid=False,
)

# Feedback sent with a name.
named_grumble = Table(
    "named_grumble",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("person", Integer, ForeignKey(person.c.id, ondelete="CASCADE"), nullable=False),
    _has("at", Instant),
    _has("body"),
    sqlite_autoincrement=True,
)

# A released comment whose author may be answered. `token` is an HMAC of what lies in the author's
# button. Not here: the author, when they wrote, the token.
thread = Table(
    "thread",
    metadata,
    _key("token", LargeBinary),
    Column("text_id", Words, nullable=False, unique=True),
    _has("round"),
    _has("expires_on", Date),
    sqlite_with_rowid=False,
)

# What was said in a thread, readable by the other side from `batch_on`. Not here: any time.
thread_message = Table(
    "thread_message",
    metadata,
    _key("text_id"),
    _key("nth", Integer),
    _has("side"),
    _has("body"),
    _has("batch_on", Date),
    sqlite_with_rowid=False,
)
