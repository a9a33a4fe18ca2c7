"""Cards that hold every part, as a product like this one would show them."""

from __future__ import annotations

from typing import Final

from bot.cards import (
    Bar,
    Bars,
    Button,
    Buttons,
    Card,
    Chart,
    Choices,
    Facts,
    Field,
    Fineprint,
    Form,
    FreeText,
    Heading,
    Option,
    Prose,
    Quote,
    Scale,
    Series,
)
from bot.refs import Ref

ROUND: Final = "it-weekly@2026-11-24"

STEPS: Final = (
    Option(1, "Very dissatisfied"),
    Option(2, "Dissatisfied"),
    Option(3, "Neither"),
    Option(4, "Satisfied"),
    Option(5, "Very satisfied"),
)
REASONS: Final = (
    Option("speed", "Speed"),
    Option("access", "Access and passwords"),
    Option("other", "Something else"),
)


def answer(item: str) -> Ref:
    return Ref("answer", ROUND, item)


OPENING: Final = Card(
    "How is IT doing for you? One question, two minutes.",
    (
        Heading("How is IT doing for you?"),
        Prose("Your answer is counted together with those of at least four colleagues."),
        Scale(answer("overall"), "overall", "How satisfied were you with IT this week?", STEPS),
        Buttons(
            (
                Button(Ref("skip", ROUND, "overall"), "Skip this question"),
                Button(Ref("command", "", "privacy"), "Who can see this?"),
            )
        ),
        Fineprint("Whoever controls the running app while a round is open could read answers."),
    ),
)

RECOMMEND: Final = Card(
    "Question 2 of 5: would you recommend IT?",
    (
        Scale(
            answer("recommend"),
            "recommend",
            "How likely are you to recommend our IT to a new colleague?",
            tuple(
                Option(n, {0: "Not at all likely", 10: "Extremely likely"}.get(n, str(n)))
                for n in range(11)
            ),
        ),
    ),
)

CHOICES: Final = Card(
    "Question 3 of 5: what got in the way?",
    (
        Choices(answer("why"), "why", "What got in the way?", REASONS, many=True),
        Choices(answer("channel"), "channel", "Where did you ask for assistance?", REASONS),
        Choices(
            answer("solved"),
            "solved",
            "Was your last request solved?",
            (Option(True, "Yes"), Option(False, "No")),
        ),
        Buttons((Button(Ref("review", ROUND), "Show all questions again", "all"),)),
    ),
)

WORDS: Final = Card(
    "Question 5 of 5: anything else?",
    (FreeText(answer("comment"), "comment", "What should IT know?", 1000),),
)

EVERY_FIELD: Final = Form(
    Ref("answers", ROUND),
    "All questions at once",
    (
        Field("nick", "text", "What shall we call you?", required=False, value="Mia"),
        Field("comment", "long_text", "What should IT know?", hint="At most 1,000 characters."),
        Field("overall", "choice", "How satisfied were you?", options=STEPS, value=4),
        Field("why", "choices", "What got in the way?", options=REASONS, value=("speed",)),
        Field("day", "date", "When did it happen?", value="2026-11-20"),
        Field("hour", "time", "At what time?", required=False),
        Field("whom", "person", "Who took care of it?", required=False),
        Field("minutes", "number", "How many minutes did you lose?", value=15),
        Field("again", "yes_no", "May we ask you again?", required=False),
    ),
    send="Send my answers",
)

FORM: Final = Card("All questions at once", (EVERY_FIELD,))

FIGURES: Final = Card(
    "Satisfaction with IT: 3.9 of 5, no change",
    (
        Heading("Satisfaction with IT"),
        Facts(
            (
                ("Mean", "3.9 of 5 (3.6 to 4.2)"),
                ("Answered", "61 of 96 people (64 %)"),
                ("Against last week", "no change"),
            )
        ),
        Bars(
            "How satisfied people were",
            (
                Bar("Very satisfied", 0.34, "21 of 61"),
                Bar("Satisfied", 0.38, "23 of 61"),
                Bar("Neither", 0.15, "9 of 61"),
                Bar("Dissatisfied", 0.13, "8 of 61"),
                Bar("Very dissatisfied", 0.0, "0 of 61"),
            ),
        ),
        Chart(
            "Satisfaction over eight weeks",
            ("6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov", "10 Nov", "17 Nov", "24 Nov"),
            (
                Series("All", (3.6, 3.7, 3.6, 3.8, 3.9, 3.8, 3.9, 3.9)),
                Series("Finance", (3.2, 3.1, None, 3.3, 3.5, 3.4, 3.6, 3.5)),
            ),
            1.0,
            5.0,
            "All units rose from 3.6 to 3.9; Finance rose from 3.2 to 3.5, one week not shown.",
        ),
        Quote("The new laptop was ready on my first day. Thank you!", "Sales + Marketing"),
        Quote("VPN drops every time I move between floors."),
        Fineprint("Groups of fewer than five are shown only as part of a larger one."),
    ),
)

AWKWARD: Final = Card(
    "Text that must be shown as it is",
    (
        Prose("<b>5 < 6 & 7 > 2</b> *not bold* _not_ `code` <@U1> <https://example.com|link>"),
        Choices(
            answer("odd"),
            "odd",
            "“Quotes” & ‘ticks’ – naïve Straße 東京 😀",
            (Option("a", "<script>alert(1)</script>"), Option("b", "a & b")),
        ),
    ),
)

SAMPLES: Final = (OPENING, RECOMMEND, CHOICES, WORDS, FORM, FIGURES, AWKWARD)
