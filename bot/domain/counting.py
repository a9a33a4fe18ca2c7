"""What is kept of opened ballots: counts by place, which do not grow with the number of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from bot.domain.ballot import Ballot
from bot.domain.moments import Moments
from bot.domain.people import Place
from bot.domain.pulse import every_step
from bot.domain.release import Tally
from bot.domain.rounds import Plan
from bot.domain.words import Comment, Listen, Words
from bot.questions import KINDS


@dataclass(slots=True)
class Count:
    """All that is kept of the ballots opened so far."""

    #: Who answered anything in the round, by place.
    respondents: Counter[Place] = field(default_factory=Counter)
    #: By question.
    tallies: dict[str, Tally] = field(default_factory=dict)
    #: By question; those not heard yet.
    texts: dict[str, list[Comment]] = field(default_factory=dict)
    #: Of ballots in which every scale was answered; None before the first with an answer.
    moments: Moments | None = None
    #: By question; all that go into a box are one.
    words: dict[str, Words] = field(default_factory=dict)

    @property
    def answered(self) -> int:
        return self.respondents.total()

    def add(self, plan: Plan, ballot: Ballot) -> None:
        if not ballot.holds_an_answer:
            return
        self.respondents[ballot.place] += 1
        if self.moments is None:
            self.moments = Moments.of(plan.questions)
        self.moments.add(ballot.answers)
        for question, _ in every_step(plan.questions):
            answer = ballot.answers.get(question.id)
            if isinstance(answer, str) and question.kind == "comment":
                comment = Comment(ballot.place, answer, ballot.threads.get(question.id))
                self.texts.setdefault(question.id, []).append(comment)
            elif answer is not None:
                tally = self.tallies.setdefault(question.id, Tally())
                tally.add(ballot.place, KINDS[question.kind].counted(answer))

    def hear(self, plan: Plan, listen: Listen) -> None:
        """What was written is kept only as it may be published."""
        for question, comments in self.texts.items():
            home = plan.questions[0].id if plan.box else question
            words = self.words.setdefault(home, Words())
            for comment in comments:
                words.add(comment, listen(comment.text))
        self.texts.clear()
