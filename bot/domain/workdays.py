"""When people work: their week, the public holidays of their country, the company's own."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase

#: As `date.weekday` counts them.
MONDAY_TO_FRIDAY: Final = frozenset(range(5))
DAY: Final = timedelta(days=1)
#: Where nobody has said until when people work.
EVENING: Final = time(18)


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days on which the company wants nobody to be asked; both ends belong to them."""

    first: date
    last: date
    name: str = ""

    @property
    def length(self) -> timedelta:
        return self.last - self.first + DAY


@dataclass(frozen=True, slots=True)
class Workdays:
    """A day is worked if it is for somebody in `countries`: a holiday of some is none of others."""

    week: frozenset[int] = MONDAY_TO_FRIDAY
    #: Of whoever has none: ISO 3166, with a part of it behind a dash (“DE-BY”), or empty.
    country: str = ""
    blackouts: tuple[Blackout, ...] = ()
    countries: frozenset[str] = frozenset({""})
    #: After this local hour nobody is written to a second time on a day.
    evening: time = EVENING

    def of(self, countries: Iterable[str]) -> Workdays:
        """The same where people of these countries are asked; empty stands for the company's."""
        return replace(self, countries=frozenset(countries) or frozenset({""}))

    def works(self, day: date) -> bool:
        return any(self.works_in(country, day) for country in self.countries)

    def works_in(self, country: str, day: date) -> bool:
        if any(blackout.first <= day <= blackout.last for blackout in self.blackouts):
            return False
        return day.weekday() in self._week(country) and day not in self._holidays(country, day.year)

    def first_from(self, day: date, most: timedelta) -> date | None:
        """The first day worked, at most so long after a day; None where there is none."""
        return next((at for at in days(day, day + most + DAY) if self.works(at)), None)

    def first_in(self, country: str, first: date, end: date) -> date | None:
        """The first day before `end` that is worked in a country."""
        return next((at for at in days(first, end) if self.works_in(country, at)), None)

    def after(self, day: date, count: int) -> date:
        """So many days worked after a day."""
        while count > 0:
            day += DAY
            count -= self.works(day)
        return day

    @property
    def longest_pause(self) -> timedelta:
        return sum((blackout.length for blackout in self.blackouts), timedelta())

    def _week(self, country: str) -> frozenset[int]:
        if country in ("", self.country.partition("-")[0]):
            return self.week
        return week_of(country) or self.week

    def _holidays(self, country: str, year: int) -> frozenset[date]:
        same = country in ("", self.country.partition("-")[0])
        return holidays_of(self.country if same else country, year)


def days(first: date, end: date) -> Iterable[date]:
    return (first + DAY * number for number in range((end - first).days))


@lru_cache(maxsize=2_000)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """Public holidays; none where the country is empty or unknown."""
    found = _calendar(country, year)
    return frozenset(found) if found is not None else frozenset()


@lru_cache(maxsize=300)
def week_of(country: str) -> frozenset[int] | None:
    """The days of the week that are no weekend there; None where nobody knows."""
    found = _calendar(country, 2026)
    return frozenset(range(7)) - found.weekend if found is not None else None


def is_country(country: str) -> bool:
    return _calendar(country, 2026) is not None


def _calendar(country: str, year: int) -> HolidayBase | None:
    if not country:
        return None
    # Half a second, and only where somebody has a country.
    import holidays

    # Of some countries the days that hang on the moon are known for a few decades only.
    warnings.filterwarnings("ignore", "Requested Holidays are available only", UserWarning)
    code, _, part = country.partition("-")
    try:
        return holidays.country_holidays(code, subdiv=part or None, years=year)
    except NotImplementedError:
        return None
