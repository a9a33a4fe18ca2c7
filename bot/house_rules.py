"""Where the house rules are kept, and how they are changed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.domain.files.rules_toml import read_rules, write_rules
from bot.domain.house_rules import HouseRules
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
    before, after = (write_rules(r).split("\n") for r in (rules_of(tx), rules))
    changed = [f"- {line}" for line in before if line and line not in after]
    changed += [f"+ {line}" for line in after if line and line not in before]
    if changed:
        tx.notes.put(NOTE, write_rules(rules))
        tx.audit.add(AuditLine(now, who, f"house rules: {'; '.join(changed)}"))
    return changed
