"""The closed vocabulary of what can be shown. A part says what it is for, not how it looks.

Every renderer is one `match` over Part that ends in `assert_never`, so a new part is a type
error in every renderer until it is drawn there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import Refusal
from bot.refs import Ref

#: What a control can carry. JSON keeps all of these apart.
Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Option:
    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    text: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Pick one step of a scale; `question` is the question's id, `text` its wording."""

    ref: Ref
    question: str
    text: str
    #: In order, lowest first; a press sends an option's value.
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Pick one option, or (`many`) any number of them; a press then sends a list of values."""

    ref: Ref
    question: str
    text: str
    options: tuple[Option, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words of one's own; submitted with the single field `text`."""

    ref: Ref
    question: str
    text: str
    #: Characters.
    longest: int


@dataclass(frozen=True, slots=True)
class Button:
    ref: Ref
    label: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]


FieldKind = Literal[
    "text", "long_text", "choice", "choices", "date", "time", "person", "number", "yes_no"
]


@dataclass(frozen=True, slots=True)
class Field:
    id: str
    kind: FieldKind
    label: str
    required: bool = True
    options: tuple[Option, ...] = ()
    #: What stands in the field when it opens.
    value: Value | tuple[Value, ...] = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One step of at most ten fields; a wizard is a Form answered by a Form."""

    ref: Ref
    title: str
    fields: tuple[Field, ...]
    send: str = "Send"

    def __post_init__(self) -> None:
        if not 1 <= len(self.fields) <= 10:
            raise ValueError("a form has one to ten fields")


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, a line each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    #: 0 to 1, the length of the bar.
    share: float
    #: What is read beside it, e.g. "12 of 40".
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    #: One a category; None where nothing may be shown.
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A line over time; `text` says in words what the picture shows."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, nobody's name."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Fineprint:
    text: str


Part = (
    Heading
    | Prose
    | Scale
    | Choices
    | FreeText
    | Buttons
    | Form
    | Facts
    | Bars
    | Chart
    | Quote
    | Fineprint
)


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown; `summary` is the plain text for notifications and screen readers."""

    summary: str
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if not self.summary.strip():
            raise ValueError("a card needs a summary in plain text")


@dataclass(frozen=True, slots=True)
class Reply:
    """What an event is answered with.

    `redraw` replaces the card the control stood on, `say` follows it, `open` asks for more.
    A `refusal` or `errors` (field id -> what is wrong with it) mean that nothing was changed.
    """

    say: tuple[Card, ...] = ()
    redraw: Card | None = None
    open: Form | None = None
    errors: Mapping[str, Refusal] = field(default_factory=dict)
    refusal: Refusal | None = None
    #: Whether answers given before were replaced.
    corrected: bool = False
