"""How are we really doing? The last round of any pulse or of one, or a unit in it."""

from __future__ import annotations

from dataclasses import replace

from bot import wording
from bot.cards import Bar, Bars, Card, Fineprint, Heading, Part, Prose, Reply
from bot.commands import named
from bot.commands.about import briefly, quotes, tones
from bot.commands.charts import line
from bot.commands.command import Command
from bot.commands.figures import also_asked, described, headed, hidden, meant, moved, signs, since
from bot.commands.together import together
from bot.domain.answer import Shown
from bot.domain.grumbles import PULSE as BOX
from bot.domain.insight import response_rate, tipping
from bot.domain.named import newest_named
from bot.domain.people import Cell
from bot.domain.report import Report, over_time, report
from bot.domain.topics import topics
from bot.plain import sentence, than_before
from bot.questions import KINDS
from bot.turn import Turn

MOST_THEMES = 3
#: Rounds in the small chart.
ROUNDS = 8
HOW_ANSWERED = "How people answered"
WORDED = "“… / …”: asked in the first words after a low score, in the second after a high one."
SOME = "“some”, “at least”: numbers that would point at few people are left out."
MEANS = frozenset({"mean-1-5", "mean-1-7"})


def run(turn: Turn, rest: str) -> Reply:
    pulse, unit = meant(turn, rest)
    if pulse and (round := newest_named(turn.tx, pulse)):
        return named.reply(turn, round)
    found = report(turn.tx, pulse, Cell(unit=unit), only=turn.person.sees_only)
    card = (_box_card if pulse == BOX else _card)(turn, found)
    others = [] if rest else also_asked(turn, found, COMMAND.word)
    parts = (*card.parts, *_open_now(turn, found.newest.pulse), *others)
    return Reply(say=(replace(card, parts=parts),))


def _open_now(turn: Turn, pulse: str) -> list[Part]:
    """All that is ever said of a round before it closes: a share, rounded down, a day old."""
    for round in turn.tx.rounds.of_pulse(pulse, "open"):
        tenths = turn.tx.releases.share(round.id)
        if tenths is not None:
            so_far = f"at least {10 * tenths} % have answered" if tenths else "few have answered"
            return [Fineprint(f"The round that is open now: {so_far} so far.")]
    return []


def _box_card(turn: Turn, found: Report) -> Card:
    """The box that was opened last: it has words and no figures."""
    head = headed(turn, found)
    written = wording.count(found.answered, "person has", "people have")
    said = f"{written} written into it" if found.answered else "Few wrote, so only themes are shown"
    opened = f"opened on {wording.day(found.newest.closes_on)}"
    parts = (Heading(head), Fineprint(f"{said} · {opened}"), *_voices(turn, found))
    return Card(f"{head}. {said}.", parts)


def _card(turn: Turn, found: Report) -> Card:
    head = headed(turn, found)
    if found.shown_only_as:
        return hidden(head, found.shown_only_as)
    main = _main(found)
    answered = _answered(found)
    when = f"{wording.day(found.newest.opens_on)} to {wording.day(found.newest.closes_on)}"
    parts: list[Part] = [Heading(head), Prose(main), Fineprint(f"{when} · {answered}")]
    chart = _over_time(turn, found)
    parts += chart
    for shown in found.questions:
        parts += _question(shown, found, headed=bool(chart) and shown is _first(found))
    parts += [*_voices(turn, found), *together(turn, found), *_tipping(found), *_how_to_read(found)]
    return Card(f"{head}. {main} {answered}.", tuple(parts))


def _answered(found: Report) -> str:
    rate = response_rate(found.answered, found.invited)
    return f"{found.answered} of {found.invited} answered ({rate:.0%})"


def _main(found: Report) -> str:
    """One sentence to repeat in a meeting: the first question that has one."""
    told = next(((s, said) for s in found.questions if (said := sentence(s))), None)
    if told is None:
        return "There is no single figure to show."
    shown, said = told
    return f"{said}{than_before(shown, since(found))}."


def _over_time(turn: Turn, found: Report) -> list[Part]:
    """The main figure over the last rounds, where there have been two."""
    main = _first(found)
    if main is None or not found.earlier:
        return []
    rounds = over_time(turn.tx, found.newest.pulse, main.question, found.cell, ROUNDS)
    return [line(main, found.cell.label, rounds)]


def _first(found: Report) -> Shown | None:
    return next((shown for shown in found.questions if shown.figure), None)


def _question(shown: Shown, found: Report, headed: bool) -> list[Part]:
    """`headed` by a chart that says the question already."""
    parts: list[Part] = []
    if shown.figure:
        # The first question's sentence stands at the top of the card.
        said = sentence(shown) if shown is not found.questions[0] else ""
        text = "" if headed else shown.text
        told = (text, said and f"{said}.", described(shown), moved(shown, since(found)))
        parts.append(Prose("\n".join(filter(None, told))))
    bars = _bars(shown)
    if any(bar.share for bar in bars):
        parts.append(Bars(HOW_ANSWERED if shown.figure else shown.text, bars))
    return parts


def _bars(shown: Shown) -> tuple[Bar, ...]:
    """One an answer; options most chosen first, and few enough for a phone."""
    telling = KINDS[shown.kind].telling
    if telling and telling.bars and "some" not in shown.hist.values():
        groups = ((name, [shown.hist.get(c, 0) for c in of]) for name, of in telling.bars)
        counts = ((name, sum(n for n in told if isinstance(n, int))) for name, told in groups)
        return tuple(Bar(name, n / shown.n if shown.n else 0.0, str(n)) for name, n in counts)
    bars = [_bar(shown, category) for category in shown.hist]
    return tuple(bars if telling else sorted(bars, key=lambda bar: -bar.share))


def _bar(shown: Shown, category: str) -> Bar:
    count = shown.hist[category]
    name = shown.labels.get(category, category)
    if not isinstance(count, int):
        return Bar(name, 0.0, "some")
    about = "about " if category in shown.doubtful else ""
    if category in shown.floors:
        about = "at least "
    return Bar(name, count / shown.n if shown.n else 0.0, f"{about}{count}")


def _voices(turn: Turn, found: Report) -> list[Part]:
    parts: list[Part] = []
    known = topics(turn.tx, found).now[:MOST_THEMES]
    if known:
        told = "\n".join(briefly(topic, since(found)) for topic in known)
        parts.append(Prose(f"Most is written about:\n{told}"))
    if found.texts:
        count = wording.count(len(found.texts), "comment", "comments")
        parts.append(Prose(f"{count}: {tones(found.sentiment)}."))
        parts += quotes(found.texts)
    return parts


def _tipping(found: Report) -> list[Part]:
    """How far the silent ones would have to differ before the score was another."""
    needed = tipping(response_rate(found.answered, found.invited))
    if needed is None or not any(s.formula in MEANS and s.figure for s in found.questions):
        return []
    silent = wording.count(found.invited - found.answered, "person", "people")
    said = (
        f"{silent} did not answer. To move a score by 0.3, they would have to differ by "
        f"{needed:.1f} from those who did."
    )
    return [Fineprint(said)]


def _how_to_read(found: Report) -> list[Part]:
    options = [s for s in found.questions if KINDS[s.kind].telling is None]
    worded = any(" / " in s.text for s in options)
    some = any("some" in s.hist.values() or s.floors for s in options)
    told = [*signs(found), *(said for said, here in ((WORDED, worded), (SOME, some)) if here)]
    return [Fineprint("\n".join(told))] if told else []


COMMAND = Command(
    "summary",
    "how IT is really doing: the last round, of everybody, a unit or a pulse",
    run,
    needs="lead",
    example="Finance",
)
