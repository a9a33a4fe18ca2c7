"""The sealed ballot: everybody invited has one from the start, all of one size.

Sealed by AES-256-GCM under a random key of the round, found by an HMAC tag under another, so that
neither its place, its size, its presence nor its change of content says whose it is or what is in
it. The keys lie outside the database and are destroyed at close.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.domain.people import Place

#: What a question was answered with; None means skipped.
Answer = int | bool | str | list[str] | None
Answers = Mapping[str, Answer]

#: Bytes of a ballot before sealing; the smallest that holds the worst case is used.
SIZES: Final = (512, 4_096, 8_192, 16_384)
NONCE: Final = 12
#: How the ballot of somebody who goes ends, and no other: what people write is quoted.
_LEAVING: Final = b',"leaving":true}'


class Keys(NamedTuple):
    """Three random 256-bit keys of one round. Not derived from one another: a derived key
    cannot be destroyed."""

    tag: bytes
    body: bytes
    thread: bytes

    @classmethod
    def draw(cls) -> Keys:
        return cls(*(secrets.token_bytes(32) for _ in range(3)))


@dataclass(frozen=True, slots=True)
class Ballot:
    place: Place
    answers: Answers = field(default_factory=dict)
    begun: bool = False
    #: How often this person was asked again, the time they wished it last left out.
    reminded: int = 0
    #: When they wish to be asked again, or wished to be: an instant in UTC, as ISO 8601.
    snoozed_until: str | None = None
    declined: bool = False
    #: Comment's question id -> HMAC of the anonymous thread's token.
    threads: Mapping[str, str] = field(default_factory=dict)
    #: Its owner wishes to be forgotten. Emptied, and waiting for whoever opens every ballot.
    leaving: bool = False

    def answered(self, answers: Answers) -> Ballot:
        return replace(self, answers=answers, begun=True, declined=False, snoozed_until=None)

    def refused(self, now: datetime) -> Ballot:
        return replace(self, declined=True, snoozed_until=None, reminded=self._asked_again(now))

    def put_off(self, until: datetime, now: datetime) -> Ballot:
        """Asked later, in place of what was wished before."""
        again = self._asked_again(now)
        return replace(self, snoozed_until=until.isoformat(), declined=False, reminded=again)

    def _asked_again(self, now: datetime) -> int:
        """A wish whose time has come counts."""
        wished = self.wished_at
        return self.reminded + (wished is not None and wished <= now)

    @property
    def wished_at(self) -> datetime | None:
        return datetime.fromisoformat(self.snoozed_until) if self.snoozed_until else None

    @property
    def may_be_asked_again(self) -> bool:
        return not self.begun and not self.declined

    def to_be_reminded(self, number: int, at: datetime) -> bool:
        """Of the `number`th reminder, due at an instant. Whoever wishes to be asked then or later
        gets none; having been asked when they wished it counts as one."""
        if not self.may_be_asked_again:
            return False
        wished = self.wished_at
        if wished is None:
            return self.reminded < number
        return wished < at and self.reminded + 1 < number

    def left(self) -> Ballot:
        """What stays of it when its owner goes: the place they were counted in when asked."""
        return Ballot(self.place, begun=True, leaving=True)

    @property
    def holds_an_answer(self) -> bool:
        return any(value is not None for value in self.answers.values())


class Box:
    """Seals and opens the ballots of one round."""

    def __init__(self, round_id: str, keys: Keys, size: int) -> None:
        self.round = round_id
        self._keys = keys
        self._cipher = AESGCM(keys.body)
        self.size = size

    def tag(self, person: int) -> bytes:
        message = f"{self.round}|{person}".encode()
        return hmac.digest(self._keys.tag, message, "sha256")[:16]

    def seal(self, tag: bytes, ballot: Ballot) -> bytes:
        return self._lock(tag, self._plain(ballot))

    def seal_empty(self, tags_by_place: Iterable[tuple[bytes, Place]]) -> list[tuple[bytes, bytes]]:
        """(tag, body) of untouched ballots; each place's text is made once."""
        plain: dict[Place, bytes] = {}
        sealed = []
        for tag, place in tags_by_place:
            text = plain.get(place)
            if text is None:
                text = plain[place] = self._plain(Ballot(place))
            sealed.append((tag, self._lock(tag, text)))
        return sealed

    def open(self, tag: bytes, body: bytes) -> Ballot:
        # As text, because json looks at bytes for a while to tell how they are encoded.
        wire = json.loads(self._unlocked(tag, body).decode())
        wire["place"] = Place(*wire["place"])
        return Ballot(**wire)

    def says_leaving(self, tag: bytes, body: bytes) -> bool:
        """The same as `open(tag, body).leaving` in a third of the time."""
        return self._unlocked(tag, body).endswith(_LEAVING)

    def _unlocked(self, tag: bytes, body: bytes) -> bytes:
        """Without the padding, over which the reading of JSON would be slow."""
        return self._cipher.decrypt(body[:NONCE], body[NONCE:], tag).rstrip()

    def _lock(self, tag: bytes, plain: bytes) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, tag)

    def _plain(self, ballot: Ballot) -> bytes:
        wire = _wire(ballot)
        if len(wire) > self.size:
            raise OverflowError("a ballot outgrew the size frozen with its round")
        return wire.ljust(self.size)


def _wire(ballot: Ballot) -> bytes:
    fields: dict[str, object] = {
        "place": ballot.place,
        "answers": ballot.answers,
        "begun": ballot.begun,
        "reminded": ballot.reminded,
        "snoozed_until": ballot.snoozed_until,
        "declined": ballot.declined,
        "threads": ballot.threads,
    }
    if ballot.leaving:
        # Only then, when nothing else is in it: the sizes of open rounds are frozen.
        fields["leaving"] = True
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def body_size(worst_answers: int, places: Iterable[Place], comments: int) -> int:
    """Bytes for every ballot of a round, from the frozen plan alone.

    `worst_answers` is the longest the answers' JSON can get, in bytes of UTF-8.
    """
    # A comment's id, a hex digest of 32 bytes and the punctuation around them.
    threads = comments * 160
    widest = max((len(_wire(Ballot(place))) for place in places), default=0)
    # Room for the counters, a date and booleans that grow after the start.
    needed = widest + worst_answers + threads + 64
    for size in SIZES:
        if needed <= size:
            return size
    raise OverflowError(f"the answers of this round can take {needed} bytes; {SIZES[-1]} fit")
