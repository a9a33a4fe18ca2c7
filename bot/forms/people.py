"""The people list in chat: who is in it, who cannot be reached, changes, and pasted lines."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from typing import Final

from bot import wording
from bot.cards import Buttons, Card, Facts, Field, Fineprint, Heading, Part, Prose, Reply
from bot.controls.forgetting import without_forgotten
from bot.controls.granting import LastAdmin
from bot.controls.leaving import come_back, leave
from bot.domain.cadence import local_day
from bot.domain.files.people_csv import COLUMNS, Diff, compare, onto, read_entries
from bot.domain.people import UNASSIGNED, Person
from bot.domain.rights import LEAVERS_KEPT
from bot.domain.unreached import unreached
from bot.errors import Fault, UnknownControl
from bot.forms.checks import at_fields, sentence
from bot.forms.step import Deed, Step, Values, Wrong, does, opens, said, sure, titled, word
from bot.ports import AuditLine
from bot.turn import Turn

#: Listed at most; a phone shows no more at a stretch.
MOST: Final = 12
#: People named in the hint of a form, which is read before it is sent.
MOST_IN_HINT: Final = 8
NO_CHAT = "not known to any chat yet"
LABELS: Final = {
    "name": "Name",
    "unit": "Unit",
    "division": "Division",
    "role": "Role in the company",
    "site": "Site",
    "timezone": "Time zone",
    "country": "Country",
    "language": "Language",
    "manager_email": "Reports to",
}
HINTS: Final = {
    "timezone": "Like Europe/Berlin.",
    "country": "Two letters, like DE.",
    "language": "Two letters, like de.",
    "manager_email": "Their e-mail.",
}
PASTE: Final = (
    "The first line names the columns: email, name, unit, division, role, site, timezone, country, "
    "language, manager_email. Only the first two are needed."
)
IF_CLOSED: Final = "The form asks whether to apply it; closed, nothing is changed."
GONE: Final = (
    "They are asked no more, have no roles any more, and everything with their name is removed in "
    f"{LEAVERS_KEPT.days} days. What was counted stays."
)


#: Leads to the overview from wherever somebody stands.
BACK: Final = word("people", "Back to the list")


def overview(turn: Turn, done: str = "") -> Card:
    """`done` is what has just been changed."""
    everybody = turn.tx.people.all()
    here = [person for person in everybody if not person.gone_on]
    silent = [one for one in unreached(turn.tx) if not one.person.gone_on]
    units = Counter(person.unit for person in here)
    rows = (
        ("In the list", wording.count(len(here), "person", "people")),
        ("Units", f"{len(units.keys() - {UNASSIGNED})}"),
        ("Without a unit", f"{units[UNASSIGNED]}"),
        ("Cannot be reached", f"{len(silent)}"),
        ("Gone", f"{len(everybody) - len(here)}"),
    )
    parts: list[Part] = [Heading("People"), *([Prose(done)] if done else []), Facts(rows)]
    if silent:
        why = tuple((person.name, f"{why} ({person.email})") for person, why in silent[:MOST])
        more = f"And {len(silent) - MOST} more." if len(silent) > MOST else ""
        parts += [Prose("Who cannot be reached, and why"), Facts(why)]
        parts += [Fineprint(more)] if more else []
    parts.append(Buttons((opens("find", "Find somebody"), opens("paste", "Paste a list"))))
    parts.append(Fineprint("Whether somebody has answered is kept nowhere and cannot be seen."))
    return Card(f"People: {rows[0][1]}, {len(silent)} cannot be reached", tuple(parts))


def card(turn: Turn, person: Person) -> Card:
    rows = [(label, getattr(person, COLUMNS[column]) or "–") for column, label in LABELS.items()]
    rows.append(("In the app", ", ".join(sorted(person.grants)) or "no role"))
    chats = {address.platform for address in turn.tx.people.addresses([person.id])[person.id]}
    rows.append(("Reached by", ", ".join(sorted(chats)) or NO_CHAT))
    id = str(person.id)
    if person.gone_on:
        rows.append(("Gone since", wording.day(person.gone_on)))
        buttons = [does("back", "Works here again", id)]
    else:
        buttons = [
            opens("person", "Change", id),
            opens("role", "Give or take a role", id),
            opens("gone", "Works here no more…", id),
        ]
    buttons += [opens("find", "Find somebody else"), BACK]
    head = f"{person.name} ({person.email})"
    return Card(head, (Heading(head), Facts(tuple(rows[1:])), Buttons(tuple(buttons))))


def _by_id(turn: Turn, about: str) -> Person:
    digits = about.isascii() and about.isdigit() and len(about) < 10
    found = turn.tx.people.by_id(int(about)) if digits else None
    if found is None:
        raise UnknownControl("This person is not in the people list any more.")
    return found


def _find_fields(_turn: Turn, _about: str) -> tuple[Field, ...]:
    return (Field("who", "text", "Who?", hint="Their e-mail, or a part of their name."),)


def _find(turn: Turn, _about: str, values: Values) -> Reply:
    words = values["who"].casefold()
    if person := turn.tx.people.by_email(values["who"]):
        return said(card(turn, person))
    found = [person for person in turn.tx.people.all() if words in person.name.casefold()]
    if not found:
        raise Wrong(who="Nobody in the people list has this e-mail or name. Check the spelling.")
    return said(card(turn, found[0]) if len(found) == 1 else _several(found))


def _several(people: list[Person]) -> Card:
    head = f"{len(people)} people have that in their name"
    rows = tuple((person.name, f"{person.unit} ({person.email})") for person in people[:MOST])
    buttons = tuple(does("somebody", person.name, str(person.id)) for person in people[:MOST])
    more = [Fineprint(f"And {len(people) - MOST} more.")] if len(people) > MOST else []
    return Card(head, (Heading(head), Facts(rows), Buttons((*buttons, BACK)), *more))


def _shown(turn: Turn, about: str) -> Reply:
    return said(card(turn, _by_id(turn, about)))


def _person_fields(turn: Turn, about: str) -> tuple[Field, ...]:
    person = _by_id(turn, about)
    return tuple(
        Field(
            column, "text", label, column == "name",
            value=getattr(person, COLUMNS[column]), hint=HINTS.get(column, ""),
        )
        for column, label in LABELS.items()
    )  # fmt: skip


def _change(turn: Turn, about: str, values: Values) -> Reply:
    person = _by_id(turn, about)
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow(["email", *LABELS])
    rows.writerow([person.email, *(values[column] for column in LABELS)])
    try:
        (after,) = onto(read_entries(sheet.getvalue()), [person])
    except Fault as fault:
        fields = {f"line 2, {column}": column for column in LABELS}
        raise at_fields(fault.lines, fields, "name") from None
    diff = compare([person], [after])
    if diff.changed:
        columns = ", ".join(diff.changed[0][1])
        turn.tx.people.put([after])
        line = f"people: 1 changed ({columns})"
        turn.tx.audit.add(AuditLine(turn.at, turn.person.email, line))
    return said(card(turn, after))


def _gone_fields(turn: Turn, about: str) -> tuple[Field, ...]:
    name = _by_id(turn, about).name
    return (Field("sure", "yes_no", f"{name} works here no more?", hint=GONE),)


def _gone(turn: Turn, about: str, values: Values) -> Reply:
    person = _by_id(turn, about)
    sure(values)
    try:
        leave(turn.tx, person, local_day(turn.at, person.zone), turn.person.email, turn.at)
    except LastAdmin as refused:
        raise Wrong(sure=str(refused)) from None
    return said(card(turn, _by_id(turn, about)))


def _back(turn: Turn, about: str) -> Reply:
    person = _by_id(turn, about)
    if person.gone_on:
        come_back(turn.tx, person, turn.person.email, turn.at)
    return Reply(redraw=card(turn, _by_id(turn, about)))


def _paste_fields(_turn: Turn, _about: str) -> tuple[Field, ...]:
    return (Field("lines", "long_text", "Lines of the people list", hint=PASTE),)


def _paste(turn: Turn, _about: str, values: Values) -> Reply:
    """Nothing is written yet: the difference is shown, and asked about."""
    diff, left_out = _compared(turn, values["lines"])
    if not (diff.added or diff.changed):
        raise Wrong(lines="This is in the people list already; nothing would change.")
    shown = APPLY.form(turn, "apply", _digest(values["lines"]))
    first = shown.fields[0]
    filled = Field(first.id, first.kind, first.label, value=values["lines"], hint=_hint(diff))
    form = type(shown)(shown.ref, shown.title, (filled, *shown.fields[1:]), shown.send)
    return Reply(say=(_difference(diff, left_out),), open=form)


def _compared(turn: Turn, text: str) -> tuple[Diff, int]:
    """What applying would do, and how many are left out because they asked to be forgotten."""
    try:
        entries = read_entries(text)
    except Fault as fault:
        raise Wrong(lines=" ".join(map(sentence, fault.lines))) from None
    before = turn.tx.people.all()
    wanted = onto(entries, before)
    after = without_forgotten(turn.tx, turn.ring, wanted)
    return compare(before, after), len(wanted) - len(after)


def _hint(diff: Diff) -> str:
    """The difference once more where it is decided: a form hides the card behind it."""
    told = ". ".join(f"{name}, {what}" for name, what in _rows(diff, MOST_IN_HINT))
    rest = len(diff.added) + len(diff.changed) - len(_rows(diff, MOST_IN_HINT))
    return f"{_counted(diff)}. {told}" + (f". And {rest} more." if rest else ".")


def _rows(diff: Diff, most: int) -> list[tuple[str, str]]:
    rows = [(p.name, f"new: {p.email}, {p.unit}") for p in diff.added[:most]]
    rows += [
        (p.name, ", ".join(_moved(column, *values) for column, values in found.items()))
        for p, found in diff.changed[:most]
    ]
    return rows[:most]


def _moved(column: str, old: str, new: str) -> str:
    return f"{LABELS.get(column, column).lower()}: {old or '–'} → {new or '–'}"


def _difference(diff: Diff, left_out: int) -> Card:
    head = f"Not applied yet: {_counted(diff)}"
    rows = _rows(diff, MOST)
    rest = len(diff.added) + len(diff.changed) - len(rows)
    fine = [f"And {rest} more."] if rest else []
    fine += [f"Left out, because they asked to be forgotten: {left_out}."] if left_out else []
    fine.append(f"Nobody is removed by a list. {IF_CLOSED}")
    again = Buttons((opens("paste", "Paste a list"), BACK))
    return Card(head, (Heading(head), Facts(tuple(rows)), *map(Fineprint, fine), again))


def _counted(diff: Diff) -> str:
    return f"{len(diff.added)} added, {len(diff.changed)} changed, {len(diff.unchanged)} the same"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _apply_fields(_turn: Turn, _about: str) -> tuple[Field, ...]:
    return (
        Field("lines", "long_text", "Lines of the people list"),
        Field("sure", "yes_no", "Apply it?"),
    )


def _apply(turn: Turn, about: str, values: Values) -> Reply:
    if _digest(values["lines"]) != about:
        # Something else stands there now than what was shown.
        return _paste(turn, "", values)
    diff, _ = _compared(turn, values["lines"])
    sure(values)
    changed = [person for person, _ in diff.changed]
    turn.tx.people.put([*diff.added, *changed])
    line = f"people import: {len(diff.added)} added, {len(changed)} changed"
    turn.tx.audit.add(AuditLine(turn.at, turn.person.email, line))
    return said(overview(turn, f"Applied: {len(diff.added)} added, {len(changed)} changed."))


APPLY: Final = Step("admin", titled("Apply this list?"), _apply_fields, _apply, "Apply")
STEPS: Final = {
    "find": Step("admin", titled("Find somebody"), _find_fields, _find, "Find"),
    "person": Step("admin", titled("Change somebody"), _person_fields, _change),
    "gone": Step("admin", titled("Works here no more"), _gone_fields, _gone, "Mark as gone"),
    "paste": Step("admin", titled("Paste a list"), _paste_fields, _paste, "Show what changes"),
    "apply": APPLY,
}
DEEDS: Final = {"back": Deed("admin", _back), "somebody": Deed("admin", _shown)}
