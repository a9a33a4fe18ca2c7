"""Every sentence the bot says. Short, plain, and never in the language of IT."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

SKIP: Final = "Skip this one"
LATER: Final = "Ask me later"
DECLINE: Final = "Not this time"
ANSWER_NOW: Final = "Answer now"
ANSWER_AFTER_ALL: Final = "Answer after all"
CHANGE: Final = "Change an answer"
#: Reckoned generously.
QUESTIONS_A_MINUTE: Final = 5
ANYTHING_WAITING: Final = "What is waiting for me?"
HOW_PRIVATE: Final = "How is this kept confidential?"

THANKS: Final = "Thank you"
NOTHING_WAITS: Final = "Nothing is waiting for you. I will write when the next questions come."
REVIEW: Final = (
    "You can answer again; the last answer counts. What you said before is not shown, "
    "not even to you, so that nobody looking over your shoulder sees it."
)
TYPED: Final = (
    "What is typed here carries your name, so I have not passed it on. You can send it with your "
    "name, or write it into the box, where nobody learns who wrote it."
)
WELCOME: Final = (
    "I ask you now and then, in a few seconds, how IT is doing for you, "
    "and bring what you and your colleagues say to the people who can change it."
)

PRIVACY: Final = (
    "Your answers are sealed the moment you press, under a key kept apart from them. "
    "When the round closes they are counted in groups of at least {k} people, the key is "
    "destroyed and your own answers are gone. Nobody can look up what you said, or whether "
    "you answered: no colleague, no leader, no administrator of this bot.",
    "Comments are shown word for word, without names, and only where at least ten people "
    "answered. What you write may still give you away, so leave out what only you would know.",
    "What this cannot protect: whoever runs the server could tamper with it while a round is "
    "open; your chat platform's administrators may see your screen or messages; and if nearly "
    "everybody in a group says the same, the figure of the group says it of each of them.",
)
PRIVACY_NAMED: Final = "Some rounds ask for your name on your answers. They say so at the start."


def day(when: date) -> str:
    return f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"


def day_of_month(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1]}"


def short_day(when: date) -> str:
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def moment(when: datetime, zone: str) -> str:
    return f"{day(when.astimezone(ZoneInfo(zone)).date())}, {clock(when, zone)}"


def clock(when: datetime, zone: str) -> str:
    return f"{when.astimezone(ZoneInfo(zone)):%H:%M}"


def count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def ordinal(number: int) -> str:
    """“4th”."""
    last = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else last}"


def would_like_an_answer(authors: int) -> str:
    who = count(authors, "author would", "authors would")
    return f"{who} like an answer. Their comments come first when you read them."


def invitation(questions: int, invited: int) -> str:
    """Why me, and how long."""
    return (
        f"{WHY_ME} You are one of {count(invited, 'person', 'people')} asked. {how_long(questions)}"
    )


def asked_again(questions: int) -> str:
    """Why me once more, and how long."""
    return f"{WHY_ME} Without you the picture is not whole. {how_long(questions)}"


def how_long(questions: int) -> str:
    minutes = -(-questions // QUESTIONS_A_MINUTE)
    return (
        f"{count(questions, 'short question', 'short questions')}, "
        f"about {'a minute' if minutes == 1 else f'{minutes} minutes'}."
    )


def sealed(k: int) -> str:
    return (
        f"Confidential: answers are sealed and counted only in groups of at least {k} people. "
        "Nobody can look up yours, or whether you answered. Type “privacy” to see the limits."
    )


def named() -> str:
    return "Not confidential: your name stays on these answers, and those who asked can read them."


WHY_ME: Final = "You work with IT every day, so you know how it is doing."
VOLUNTARY: Final = "You need not answer; every question can be skipped."


def open_until(until: str) -> str:
    return f"Open until {until}. {VOLUNTARY}"


def still_open(title: str, until: str) -> str:
    return f"Still open until {until}: {title}"


def thanks(results_on: str, k: int) -> str:
    """What happens next, and when."""
    return (
        f"Your answers are in. On {results_on} everybody's answers are counted together, in "
        f"groups of at least {k}. IT then sees the figures and, without names, what people wrote; "
        "never who said what."
    )


def declined(until: str) -> str:
    return (
        "That is fine. You will not be reminded of these questions, and nobody learns that you "
        f"left them out. If you change your mind, you can answer until {until}."
    )


def step(number: int, total: int) -> str:
    return f"Question {number} of {total}"


ANSWER_ME: Final = "Let IT answer me, without learning who I am"
#: Characters of a question on a button.
LONGEST_ASKED: Final = 40
KEEP_BUTTON: Final = (
    "The button you get is the only key: keep that message. Whoever can read your messages could "
    "use it."
)


def answer_me_about(question: str) -> str:
    """Where a round has several comments, their buttons are told apart by what was asked."""
    asked = question if len(question) <= LONGEST_ASKED else f"{question[: LONGEST_ASKED - 1]}…"
    return f"Let IT answer me: {asked}"


ASK_THREAD: Final = (
    f"If you wrote a comment, IT can answer it without learning who you are. {KEEP_BUTTON}"
)
ASK_THREAD_BOX: Final = f"IT can answer this without learning who you are. {KEEP_BUTTON}"
LOOK: Final = "Has IT answered?"
DELETE: Final = "Delete my comment and this conversation"
THREAD_OPENED: Final = (
    "Keep this message: it is the only key. When your comment has been published, IT can answer it "
    "here without learning who you are. Look now and then; I will not write to you about it."
)
NOT_ANSWERED: Final = "IT has not answered yet."
THREAD_GONE: Final = "Your comment and everything said about it are deleted."
SAY_MORE: Final = "Say something back. It goes over together with others', within a week."
REPLIED: Final = "Your answer goes over together with others', within a week."

GRUMBLE: Final = (
    "Tell IT what is on your mind. Into the box, nobody learns who wrote it; with your name, "
    "IT can answer you directly."
)
GRUMBLE_BOX: Final = "Into the box, without my name"
GRUMBLE_NAMED: Final = "At once, with my name"
#: By what was written.
GRUMBLE_SENT: Final = {
    "acknowledge": "Sent with your name. I am sorry about the trouble. IT's leads see it now, and "
    "one of them can answer you directly.",
    "thanks": "Sent with your name. Thank you for the kind words: IT's leads see them now and can "
    "pass them on to whoever you have named.",
    "urgent": "Sent with your name, but nobody may look before long.",
    "noted": "Sent with your name. Thank you; somebody from IT can answer you directly.",
}
URGENT: Final = {
    "safety": "If somebody could get hurt, get to safety and call your emergency number now.",
    "security": "If this is happening now, please call IT now; until then click on nothing more.",
    "outage": "If nothing works right now, please call the service desk now.",
}
NOT_SENT_YET: Final = "Not sent yet."
TAKEN_OUT: Final = (
    "I have taken out what could point at a person or a machine. Change it if you like."
)


class Checked(NamedTuple):
    """How a comment is shown to its author before it goes."""

    nobody_reads_yet: str
    goes_in: str
    send: str


CHECKED: Final = {
    "grumble": Checked(
        "Nobody reads this before the box is opened.",
        "This goes into the box",
        "Send without my name",
    ),
    "checked": Checked(
        "Nobody reads this before the round has closed.",
        "This is what is kept, sealed",
        "Send",
    ),
}
SEND_NAMED: Final = "Send this with my name"
MAY_IDENTIFY: Final = "What you write may identify you."

FORGET_ASK: Final = (
    "I can forget you: your open answers are emptied, you get no more questions, and everything "
    "that carries your name here is deleted. What was counted together with others stays. "
    "No list will bring you back."
)
FORGET_YES: Final = "Yes, forget me"
FORGETTING: Final = (
    "Done. Your open answers will not be counted, I will not write to you again, and within a day "
    "everything that carries your name here is deleted."
)
FORGOTTEN: Final = "Done. I have forgotten you."

LOST: Final = (
    "The answers of “{title}” can no longer be opened by anybody, because their key was lost. "
    "Nothing of that round is published. I am sorry; thank you for having taken the time."
)


PAUSE_ENDS: Final = "End the pause"
STOP_THIS: Final = "Stop asking me these"
STOP_ALL: Final = "Stop asking me anything"
ASK_AGAIN: Final = "Ask me again"
ASKED_AGAIN: Final = "Good. I will ask you again, from the next round on."


def stopped(title: str) -> str:
    """By one pulse, or (empty) by any."""
    what = f"“{title}”" if title else "anything"
    return (
        f"All right. From the next round on I will not ask you {what} any more, and nobody is told "
        "so. What is open now can still be answered. “resume” takes it back."
    )


RESUMED: Final = "Welcome back. I will ask you again, starting with what is open now."
NOT_PAUSED: Final = "You are not paused: I write when there are questions for you."


def paused(until: str) -> str:
    return (
        f"You will hear nothing from me until {until}. If you would like to say something before "
        "that, type “next” for open questions or “grumble”. “resume” ends the pause."
    )


def in_the_box(opens_on: str, left: int) -> str:
    more = count(left, "more comment fits", "more comments fit") if left else "the box is now full"
    return (
        f"It is in the box. The box is opened on {opens_on} if at least five people have written "
        f"by then, and nobody learns who wrote what. For you, {more} this time."
    )


def answered_comments(days: list[date]) -> str:
    told = " and ".join(map(day_of_month, days))
    return f"IT has answered comments of {told}: look at your card."
