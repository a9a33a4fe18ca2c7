"""Everything that is kept about one person, for whoever asks to see it.

What cannot be looked up is not here, and says so: whether somebody answered a confidential round,
or what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from bot.domain.people import Person
from bot.domain.pulse import Audience
from bot.domain.rounds import STATES, DeliveryState
from bot.ports import Transaction

SEALED: Final = (
    "Whether they answered a confidential round, and what, cannot be looked up by anybody: ballots "
    "are sealed and carry no name, everybody invited has one, and they are gone when the round "
    "has closed. That somebody has asked to be forgotten lies sealed there too, until it is done."
)
REACHED: Final[Mapping[DeliveryState, str]] = {
    "waiting": "not asked yet",
    "claimed": "being asked",
    "sent": "reached",
    "perhaps": "perhaps reached",
    "unreachable": "not reached",
    "recalled": "taken back before it was sent",
}
#: More lines than two years of audit have.
_ALL: Final = 1_000_000


def kept_about(tx: Transaction, person: Person) -> dict[str, Any]:
    """JSON; all keys are always there."""
    profile = {k: v for k, v in asdict(person).items() if k not in ("id", "grants", "units")}
    profile["gone_on"] = person.gone_on and person.gone_on.isoformat()
    until = tx.pauses.until(person.id)
    return {
        "profile": profile,
        "grants": sorted(person.grants),
        "sees_only": list(person.sees_only),
        "addresses": [asdict(a) for a in tx.people.addresses([person.id])[person.id]],
        "rounds": _asked(tx, person),
        "rotation": _rotation(tx, person),
        "questions_seen": [
            {"pulse": pulse.id, "questions": list(seen)}
            for pulse in tx.pulses.all()
            if (seen := tx.people.seen(pulse.id).get(person.id))
        ],
        "wishes": [
            {"pulse": w.pulse or "every", "until": w.until and w.until.isoformat()}
            for w in tx.wishes.of_person(person.id)
        ],
        "paused_until": until.isoformat() if until else None,
        "named_answers": [
            {"round": a.round, "question": a.question, "value": a.value}
            for a in tx.named.answers_of(person.id)
        ],
        "named_grumbles": [
            {"at": g.at.isoformat(), "text": g.body} for g in tx.named.grumbles_of(person.id)
        ],
        "mentioned": _mentioned(tx, person),
        "sealed": SEALED,
    }


def _asked(tx: Transaction, person: Person) -> list[dict[str, str]]:
    """Rounds they were asked in. Kept until thirty days after each has closed."""
    return [
        {
            "round": d.round,
            "at": d.send_at.isoformat(),
            "reached": REACHED[d.state],
            "why": d.why,
            "message": d.receipt,
        }
        for d in tx.deliveries.of_person(person.id)
    ]


def _rotation(tx: Transaction, person: Person) -> list[dict[str, Any]]:
    """Of pulses that ask a part of every unit at a time: which round of a cycle is theirs."""
    slots = ((pulse.id, tx.people.slots(pulse.id).get(person.id)) for pulse in tx.pulses.all())
    return [{"pulse": pulse, "slot": slot} for pulse, slot in slots if slot is not None]


def _mentioned(tx: Transaction, person: Person) -> dict[str, list[str]]:
    """Where else their e-mail stands."""
    email = person.email
    return {
        "leader_of": [p.email for p in tx.people.all() if p.leader_email == email],
        "audience_of": [p.id for p in tx.pulses.all() if _names(p.audience, email)],
        "may_read": [r.id for r in tx.rounds.in_state(*STATES) if email in r.plan.viewers],
        "audit": [
            f"{line.at.isoformat()} {line.who}: {line.what}"
            for line in tx.audit.newest(_ALL)
            if email in f"{line.who} {line.what}".split()
        ],
    }


def _names(audience: Audience, email: str) -> bool:
    excluded = audience.excluded
    return email in audience.emails or (excluded is not None and _names(excluded, email))
