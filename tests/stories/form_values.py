"""What is put into the forms of admins by somebody who means no good, and by others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any, Final

from bot.domain.pulse import Question
from tests.asking import question_of
from tests.contract.samples import TEXTS
from tests.stories.company import WEEKLY, later

ADMIN, CLERK = "p001@example.com", "p002@example.com"
LIST: Final = "email,name,unit\nnew@example.com,New,Sales\n"
DIGEST: Final = hashlib.sha256(LIST.strip().encode()).hexdigest()[:16]

COMMENT: Final = replace(TEXTS[0], body="The printer is slow", because=("slow",))

#: Form -> what it can be about, and values with which it could be sent: as many as it takes to see
#: every field it can have.
WAYS: Final[dict[str, dict[str, dict[str, Any]]]] = {
    "new": {"": {"title": "A title"}},
    "duplicate": {"it-weekly": {}},
    "title": {"draft": {}},
    "audience": {"draft": {}},
    "cadence": {"draft": {}},
    "add": {
        "draft": {"text": "Why?", "kind": "agree"},
        "draft:bank": {"text": "Which?", "kind": "choice", "options": "One\nTwo"},
    },
    "question": {"draft:overall": {}, "draft:pick": {}, "draft:kind": {}},
    "rotate": {"draft": {}},
    "house": {"": {}},
    "find": {"": {"who": CLERK}},
    "person": {"2": {}},
    "paste": {"": {"lines": LIST}},
    "apply": {DIGEST: {"lines": LIST, "sure": True}},
    "role": {"": {"email": CLERK, "role": "lead"}},
    "launch": {"draft": {"sure": True, "above_cap": True}},
    "recall": {"it-weekly": {"sure": True}},
    "close": {"it-weekly": {"sure": True}},
    "gone": {"3": {"sure": True}},
    "tone": {COMMENT.id: {"tone": "neutral"}},
}
DRAFT: Final = later(
    WEEKLY,
    id="draft",
    title="A draft",
    questions=(*WEEKLY.questions, Question("agree", "agree", "IT listens.")),
    bank=(Question("kind", "agree", "IT is kind."), question_of("choice", "pick")),
    rotate=1,
)
NO_TEXT: Final[tuple[Any, ...]] = (5, True, 1.5, [], ["a"], {}, {"text": "a"})
UNFIT: Final = ("a\0b", "\x1b[31mred", "\u202eabc", "half \ud800 of a pair")
#: Kind of field -> what can never stand in it.
BAD: Final[dict[str, tuple[Any, ...]]] = {
    "text": (*NO_TEXT, *UNFIT, "x" * 5_000, "two\nlines", "😀" * 501),
    "long_text": (*NO_TEXT, *UNFIT, "x" * 60_000, "\n".join(["=1+1"] * 12_000)),
    "choice": (7, True, 1.5, {}, ["a"], "nothing", "x" * 5_000, "'; DROP TABLE pulse; --"),
    "choices": (7, True, "mo", {}, ["nothing"], [["mo"]], [1], ["x" * 5_000]),
    "time": (10, True, [], {}, "25:00", "10", "10:00:00", "١٠:٠٠", "10+01", "noon", "x" * 5_000),
    "number": (True, 1.5, -1, 10**40, "many", "1e3", "９", [], {}, float("nan"), float("inf")),
    "yes_no": (1, 0, "yes", "true", [], {}, "x" * 5_000),
}
#: Kind of field -> what nobody can mean, though it is of its kind.
HUGE: Final[dict[str, Any]] = {"text": "x" * 500, "long_text": "x" * 3_000, "number": 1_000_000}
#: What may well be meant, and is a word like any other.
WORDS: Final = (
    "<script>alert('1')</script> {name} %s",
    "=cmd|'!A0 *b* <!channel> [x](http://127.0.0.1); --",
    "日本語 العربية 👩‍💻 null",
)


def empty(kind: str) -> tuple[Any, ...]:
    return (None, "", " \n ") if kind in ("text", "long_text") else (None, "")


#: Form, values that contradict each other or what is known, and the field at which that is said.
CONTRADICTIONS: Final[tuple[tuple[str, dict[str, Any], str], ...]] = (
    ("new", {"start": "own"}, "text"),
    ("new", {"start": "own", "text": "Why?"}, "kind"),
    ("new", {"start": "own", "text": "Why?", "kind": "agree", "name": "SAP"}, "name"),
    ("new", {"start": "service"}, "name"),
    ("new", {"start": "satisfaction", "name": "SAP"}, "name"),
    ("new", {"start": "service", "name": "x" * 61}, "name"),
    ("new", {"text": "My own?"}, "text"),
    ("new", {"title": "x" * 76}, "title"),
    ("duplicate", {"title": "x" * 76}, "title"),
    ("title", {"smallest_group": 4}, "smallest_group"),
    ("title", {"smallest_group": 1_001}, "smallest_group"),
    ("title", {"title": "x" * 76}, "title"),
    ("audience", {"everyone": False}, "everyone"),
    ("audience", {"units": "Finance"}, "units"),
    ("audience", {"everyone": False, "units": "Nowhere"}, "units"),
    ("audience", {"everyone": False, "emails": "nobody@example.com"}, "emails"),
    ("audience", {"except_units": "Finance"}, "everyone"),
    ("audience", {"except_roles": "x" * 400}, "except_roles"),
    ("cadence", {"words": "now and then"}, "words"),
    ("cadence", {"words": "every Tuesday at 11:00"}, "words"),
    ("cadence", {"words": "on 30 February 2027"}, "words"),
    ("cadence", {"open": 0}, "open"),
    ("cadence", {"open": 21}, "open"),
    ("cadence", {"reminders": 3}, "reminders"),
    ("add", {"text": "", "kind": None}, "text"),
    ("add", {"kind": None}, "kind"),
    ("add", {"kind": "choice"}, "options"),
    ("add", {"options": "One\nTwo"}, "options"),
    ("add", {"kind": "choice", "options": "\n".join(map(str, range(20)))}, "options"),
    ("add", {"kind": "choice", "options": "x" * 200}, "options"),
    ("add", {"text": "x" * 400}, "text"),
    ("add", {"from": "effort.effort"}, "text"),
    ("add", {"from": "service.reliable", "text": "", "kind": None}, "name"),
    ("question", {"text": "x" * 400}, "text"),
    ("question", {"low": "x" * 400}, "low"),
    ("question", {"reasons": "x" * 200}, "reasons"),
    ("question", {"place": 0}, "place"),
    ("question", {"place": 5}, "place"),
    ("question", {"place": 2, "turns": True}, "place"),
    ("question", {"remove": True, "turns": True}, "remove"),
    ("question", {"remove": True, "place": 2}, "remove"),
    ("rotate", {"rotate": 0}, "rotate"),
    ("rotate", {"rotate": 3}, "rotate"),
    ("add", {"from": "service", "text": "", "kind": None, "name": "A\nB\nC"}, "from"),
    ("new", {"start": "service", "name": "\n".join(map(str, range(17)))}, "name"),
    ("launch", {"sure": False}, "sure"),
    ("launch", {"above_cap": False}, "above_cap"),
    ("close", {"sure": False}, "sure"),
    ("tone", {"tone": None}, "tone"),
    ("recall", {"sure": False}, "sure"),
    ("house", {"country": "ZZ"}, "country"),
    ("house", {"earliest": "18:00", "latest": "08:00"}, "latest"),
    ("house", {"questions_a_week": 0}, "questions_a_week"),
    ("house", {"questions_a_week": 11}, "questions_a_week"),
    ("house", {"cooldown_days": 29}, "cooldown_days"),
    ("house", {"working_days": []}, "working_days"),
    ("house", {"blackouts": "Christmas"}, "blackouts"),
    ("house", {"blackouts": "2026-12-24 to 2026-12-20 Backwards"}, "blackouts"),
    ("house", {"blackouts": "2026-12-24 to 2027-12-20 A whole year"}, "blackouts"),
    ("house", {"blackouts": "2026-02-30 No such day"}, "blackouts"),
    ("find", {"who": "nobody@example.com"}, "who"),
    ("person", {"timezone": "Mars/Olympus"}, "timezone"),
    ("person", {"country": "Germany"}, "country"),
    ("person", {"language": "German, please"}, "language"),
    ("person", {"manager_email": "the boss"}, "manager_email"),
    ("person", {"unit": "x" * 201}, "unit"),
    ("gone", {"sure": False}, "sure"),
    ("paste", {"lines": "Dear colleagues"}, "lines"),
    ("paste", {"lines": "email,name\nnobody,X"}, "lines"),
    ("paste", {"lines": "email,name\np002@example.com,Person 002"}, "lines"),
    ("apply", {"sure": False}, "sure"),
    ("role", {"email": "nobody@example.com"}, "email"),
    ("role", {"role": "editor", "units": "Finance"}, "units"),
    ("role", {"units": "Nowhere"}, "units"),
    ("role", {"way": "take"}, "role"),
    ("role", {"email": ADMIN, "role": "admin"}, "role"),
    ("role", {"email": ADMIN, "role": "admin", "way": "take"}, "role"),
)
