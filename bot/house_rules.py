"""Where the house rules are kept, and how they are changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot import wording
from bot.domain.files.rules_toml import read_rules, write_rules
from bot.domain.house_rules import HouseRules
from bot.domain.workdays import Blackout
from bot.ports import AuditLine, Transaction

#: The note that holds them, as TOML.
NOTE: Final = "house rules"


def rules_of(tx: Transaction) -> HouseRules:
    kept = tx.notes.get(NOTE)
    return read_rules(kept) if kept else HouseRules()


def set_rules(tx: Transaction, rules: HouseRules, who: str, now: datetime) -> list[str]:
    """Rounds that open from now on follow them; returns what is different, line by line, and
    says so in the audit. Nothing is written where nothing is.
    """
    old = rules_of(tx)
    before, after = (write_rules(r).split("\n") for r in (old, rules))
    changed = [f"- {line}" for line in before if line and line not in after]
    changed += [f"+ {line}" for line in after if line and line not in before]
    if changed:
        tx.notes.put(NOTE, write_rules(rules))
        tx.audit.add(AuditLine(now, who, f"house rules: {'; '.join(_told(old, rules))}"))
    return changed


def _told(before: HouseRules, after: HouseRules) -> list[str]:
    """What is different, for whoever reads the audit."""
    pairs = zip(_rows(before).items(), _rows(after).values(), strict=True)
    told = [f"{name}: {old} → {new}" for (name, old), new in pairs if old != new]
    gone, come = (
        [_days(b) for b in one.blackouts if b not in other.blackouts]
        for one, other in ((before, after), (after, before))
    )
    told += [f"nobody is asked on {days}" for days in come]
    return told + [f"people are asked again on {days}" for days in gone]


def _rows(rules: HouseRules) -> dict[str, str]:
    week = (wording.DAYS[day] for day in sorted(rules.working_days))
    return {
        "public holidays": rules.country or "none",
        "working days": ", ".join(week),
        "cards go out": f"{rules.earliest:%H:%M} to {rules.latest:%H:%M}",
        "questions a week": f"{rules.questions_a_week}",
        "days between two cards": f"{rules.cooldown_days}",
    }


def _days(blackout: Blackout) -> str:
    until = f" to {blackout.last}" if blackout.last != blackout.first else ""
    return f"{blackout.first}{until} ({blackout.name})"
