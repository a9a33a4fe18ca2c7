"""Made-up companies for the rules of what may be shown: any tree of places, anybody silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from random import Random
from types import SimpleNamespace
from typing import Final, cast

from hypothesis import strategies as st

from bot.domain.answer import Shown
from bot.domain.ballot import Answer, Answers, Ballot
from bot.domain.counting import Count
from bot.domain.freeze import freeze
from bot.domain.insight import Within
from bot.domain.people import Cell, Person, Place
from bot.domain.publishing import Release, release
from bot.domain.pulse import Pulse, Question
from bot.domain.release import ReleasedBlock, ShownCount
from bot.domain.report import report
from bot.domain.rounds import Round
from bot.domain.sheet import sheets_of
from bot.domain.within import withins
from bot.domain.words import Heard
from bot.ports import Transaction
from tests.asking import CADENCE, follow_up_of, pulse_of, question_of

DIVISIONS: Final = ("Business", "Corporate")
UNITS: Final = ("Finance", "Legal", "Sales", "Works")
#: Not everybody has a role or a site in the people list.
ROLES: Final = ("", "Lead", "Staff")
SITES: Final = ("", "HQ", "Berlin")

SCORE: Final = question_of("satisfaction", "overall")
OVERALL: Final = replace(SCORE, follow_up=follow_up_of(SCORE, "several"))
WORDS: Final = question_of("comment", "words")
PULSE: Final = pulse_of(OVERALL, WORDS)
DAY: Final = CADENCE.starts

FINANCE: Final = Place("Business", "Finance", "Staff", "HQ")
SALES: Final = Place("Business", "Sales", "Staff", "HQ")
LEGAL: Final = Place("Corporate", "Legal", "Staff", "HQ")
EVERYBODY: Final = Cell()

Said = list[tuple[Place, Answers]]


@dataclass(frozen=True)
class Staff:
    """How many are invited of each place, and how many of them answered."""

    invited: Mapping[Place, int]
    answered: Mapping[Place, int]

    def who_answered(self, cell: Cell) -> int:
        return sum(n for place, n in self.answered.items() if cell.holds(place))

    def holds(self, cell: Cell) -> bool:
        return any(cell.holds(place) for place in self.invited)

    @property
    def people(self) -> Iterator[Person]:
        for place, count in self.invited.items():
            for number in range(count):
                email = f"{number}@{'-'.join(place)}"
                yield Person(email, "P", place.unit, place.division, place.role, place.site)

    @property
    def respondents(self) -> list[Place]:
        return [place for place, count in self.answered.items() for _ in range(count)]


seeds = st.integers(0, 2**32).map(Random)

#: A unit may lie in several divisions, and a place may be missing its role or its site.
places = st.builds(
    Place,
    st.sampled_from(DIVISIONS),
    st.sampled_from(UNITS),
    st.sampled_from(ROLES),
    st.sampled_from(SITES),
)


@st.composite
def staffs(draw: st.DrawFn) -> Staff:
    invited = draw(st.dictionaries(places, st.integers(1, 14), min_size=1, max_size=12))
    answered = {place: draw(st.integers(0, count)) for place, count in invited.items()}
    return Staff(invited, answered)


def every_cut() -> Iterator[Cell]:
    """Whatever somebody could ask for, and more: every combination of names, and of none."""
    named = (("", *DIVISIONS, "Nowhere"), ("", *UNITS), ROLES, SITES)
    return (Cell(*names) for names in product(*named))


def round_of(staff: Staff, pulse: Pulse = PULSE, day: date = DAY) -> Round:
    return freeze(pulse, list(staff.people), day)


def some_answers(staff: Staff, random: Random) -> list[tuple[Place, Answers]]:
    """One set of answers to the weekly pulse for each who answered; anything may be skipped."""
    return [(place, _said(random)) for place in staff.respondents]


def _said(random: Random) -> Answers:
    score = random.choice([None, 1, 1, 2, 3, 4, 5])
    why = random.choice([None, [], ["speed"], ["speed", "other"]]) if score else None
    words = random.choice([None, "VPN is slow", "Thank you", "Nothing works"])
    said: dict[str, Answer] = {"overall": score, "overall-why": why, "words": words}
    return said if any(value is not None for value in said.values()) else said | {"overall": 3}


def counted(round: Round, said: Iterable[tuple[Place, Answers]]) -> Count:
    count = Count()
    for place, answers in said:
        count.add(round.plan, Ballot(place).answered(answers))
    return count


def heard(text: str) -> Heard:
    """Words as they are, about their first one, and unhappy if they say “slow” or “nothing”."""
    unhappy = any(word in text.lower() for word in ("slow", "nothing"))
    return Heard(text, "negative" if unhappy else "neutral", (text.split()[0].lower(),))


def released(round: Round, said: Iterable[tuple[Place, Answers]]) -> Release:
    found = release(round, counted(round, said), heard)
    assert found, "too few answered"
    return found


def scored(answered: Mapping[Place, Iterable[Answer]], question: Question = SCORE) -> Release:
    """What is released of one question, with the answers in each place; nobody was silent."""
    said = [(p, {question.id: value}) for p, values in answered.items() for value in values]
    invited = {place: len(list(values)) for place, values in answered.items()}
    return released(round_of(Staff(invited, invited), pulse_of(question)), said)


def published(
    *releases: Release, pulses: Iterable[Pulse] = (PULSE,), rounds: Iterable[Round] = ()
) -> Transaction:
    """A transaction in which these releases can be read, and nothing else."""
    known = {pulse.id: pulse for pulse in pulses}
    plans = {round.id: round for round in rounds}
    oldest = sorted(releases, key=lambda r: (r.round.opens_on, r.round.round))
    wanted = {
        name: lambda ids, _blocks=(), name=name: [
            each for r in oldest for each in getattr(r, name) if each.round in ids
        ]
        for name in ("blocks", "groups", "texts", "themes")
    }
    sections = SimpleNamespace(
        connections=lambda id: next(r.connections for r in oldest if r.round.round == id),
        rounds=lambda pulse, limit=None: [r.round for r in oldest[::-1] if r.round.pulse == pulse][
            :limit
        ],
        apart=lambda id: {
            (one.question, one.kind): Within(one.squares, one.freedom)
            for one in withins(wanted["blocks"]([id]))
        },
        sheets=lambda id: sheets_of(wanted["blocks"]([id]), wanted["groups"]([id])),
        **wanted,
    )
    return cast(
        Transaction,
        SimpleNamespace(
            releases=sections,
            rounds=SimpleNamespace(
                get=plans.get,
                questions=lambda id: plans[id].plan.questions if id in plans else (),
            ),
            pulses=SimpleNamespace(get=known.get, all=lambda: list(known.values())),
        ),
    )


def blocks_of(found: Release, question: str) -> list[ReleasedBlock]:
    return [block for block in found.blocks if block.question == question]


def weekly(said: Said, silent: int = 0) -> Release | None:
    """What is released of a weekly round in which so many in Finance kept silent."""
    answered = Counter(place for place, _ in said)
    invited = answered + Counter({FINANCE: silent})
    round = round_of(Staff(invited, answered), pulse_of(OVERALL, WORDS))
    return release(round, counted(round, said), heard)


def answered(scores: Mapping[Place, Iterable[Answer]], weeks: int = 0) -> Release:
    """One round of the weekly pulse in which everybody invited answered."""
    said: Said = [(place, {"overall": s}) for place, given in scores.items() for s in given]
    count = {place: len(list(given)) for place, given in scores.items()}
    return released(round_of(Staff(count, count), day=DAY + timedelta(weeks=weeks)), said)


def asked(tx: Transaction, cell: Cell, rounds: int = 1) -> Shown:
    """The score of a cut, which may be shown."""
    found = report(tx, None, cell, rounds).by_question("overall")
    assert found
    return found


def counts(shown: Shown) -> dict[str, ShownCount]:
    return {category: count for category, count in shown.hist.items() if count}
