"""Dates and times of cells; canonical are YYYY-MM-DD and YYYY-MM-DDTHH:MM."""

import datetime
import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from gridworker.domain.text.blanks import is_blank
from gridworker.domain.text.clock import find_clock
from gridworker.domain.text.date_forms import Found, as_date, find_date, fold_date, is_partial
from gridworker.domain.text.parsed import Parsed, Raw


@dataclass(frozen=True, slots=True)
class DateContext:
    """What a sheet says about its dates as a whole: year and month of its title, the day up to which it reports."""

    year: int | None = None
    month: int | None = None
    until: datetime.date | None = None

    @property
    def last_day(self) -> datetime.date | None:
        """The day of the report, or else the end of the month it is about."""
        if self.until or not (self.year and self.month):
            return self.until
        return datetime.date(self.year + self.month // 12, self.month % 12 + 1, 1) - datetime.timedelta(days=1)


class _Reading(NamedTuple):
    day: datetime.date | None
    clock: datetime.time | None = None
    issue: str | None = None


NO_CONTEXT: Final = DateContext()
"""Nothing known: dates without a year stay partial."""

_EPOCH: Final = datetime.date(1899, 12, 30)
_FIRST_SERIAL: Final = 20_000
_LAST_SERIAL: Final = 80_000
_FIRST_DAY: Final = datetime.date(1900, 1, 1)
_LAST_DAY: Final = datetime.date(2100, 12, 31)
_FAR_FUTURE: Final = 3660
"""Days after the report from which a date is a slip of the finger, such as 2062 for 2026."""
_AHEAD: Final = 31
"""Days after the report up to which a date without a year belongs to that year, not to the one before."""

_PLAIN: Final = re.compile(r"([12][0-9]{3})(?:([./-])|年)([0-9]{1,2})(?(2)\2|月)([0-9]{1,2})(?(2)|日)")
_DIGITS: Final = re.compile(r"([12][0-9]{3})()([0-9]{2})([0-9]{2})")
_NUMERIC: Final = re.compile(r"[0-9]{5,8}(?:\.[0-9]+)?")
_YEAR_AND_MONTH: Final = re.compile(r"(?:19|20)[0-9]{2}(?:\.?[0-9]{1,2})?")
_WEEKDAY: Final = re.compile(r"[(,]?\s*(?:星期|礼拜|周)[1-7日天]\)?,?\s*")
_NO_TIME: Final = re.compile(r"T?\s*0?0:00:00(?:\.0+)?")
"""How programs write a day that has no time; a person writes 0:00."""
_RANGE: Final = re.compile(r"[-~至到].*[0-9x?].*", re.IGNORECASE | re.DOTALL)
_MORE: Final = re.compile(r"[、,;/&和及与\s]*[0-9].*", re.DOTALL)
_NOTE: Final = re.compile(r"\(.*\)|之?[前后]|以[前后]|左右|起|止|截止|开始", re.DOTALL)

_INVALID: Final = _Reading(None, issue="invalid")
_PARTIAL: Final = _Reading(None, issue="partial")


def parse_date(raw: Raw, context: DateContext = NO_CONTEXT) -> Parsed:
    """The day of a cell as YYYY-MM-DD; its time of day is dropped."""
    day, _clock, issue = _read(raw, context)
    return Parsed(day.isoformat() if day else None, issue)


def parse_time(raw: Raw, context: DateContext = NO_CONTEXT) -> Parsed:
    """The day and time of a cell as YYYY-MM-DDTHH:MM, or the day alone where no time of day is given."""
    day, clock, issue = _read(raw, context)
    if day is None or clock is None:
        return Parsed(day.isoformat() if day else None, issue)
    return Parsed(f"{day.isoformat()}T{clock.hour:02d}:{clock.minute:02d}", issue)


def _read(raw: Raw, context: DateContext) -> _Reading:
    if isinstance(raw, str):
        return _read_canonical(raw, context) or _read_plain(raw, context) or _read_text(raw, context)
    if isinstance(raw, datetime.datetime):
        return _read_datetime(raw, context)
    if isinstance(raw, datetime.date):
        return _judged(raw, context)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and raw == raw:  # noqa: PLR0124 - not NaN
        return _read_number(raw, context)
    if isinstance(raw, datetime.time):
        return _PARTIAL
    return _Reading(None) if raw is None or raw != raw else _INVALID  # noqa: PLR0124 - NaN


def _read_canonical(raw: str, context: DateContext) -> _Reading | None:
    """The common case first: text that is canonical already."""
    if raw[4:5] != "-" or not (len(raw) == 10 or (len(raw) == 16 and raw[10] in "T " and raw[13] == ":")):
        return None
    try:
        moment = datetime.datetime.fromisoformat(raw)
    except ValueError:
        return None
    return _judged(moment.date(), context, None if len(raw) == 10 else moment.time())


def _read_plain(raw: str, context: DateContext) -> _Reading | None:
    """The next common ones: 2026.11.4, 2026年11月4日, 20261104 and no more."""
    found = _PLAIN.fullmatch(raw) or _DIGITS.fullmatch(raw)
    if found is None:
        return None
    day = as_date(int(found[1]), int(found[3]), int(found[4]))
    return _judged(day, context) if day else _INVALID


def _read_datetime(raw: datetime.datetime, context: DateContext) -> _Reading:
    """Spreadsheets store 20:30 as a binary fraction of a day, hence the half second; midnight means no time."""
    if not _FIRST_DAY <= raw.date() <= _LAST_DAY:
        return _INVALID
    near = raw + datetime.timedelta(milliseconds=500)
    return _judged(near.date(), context, near.time() if near.hour or near.minute else None)


def _read_number(raw: float, context: DateContext) -> _Reading:
    if _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        moment = datetime.datetime.combine(_EPOCH, datetime.time()) + datetime.timedelta(days=raw)
        return _read_datetime(moment, context)
    text = str(int(raw)) if abs(raw) < 10**9 and raw == int(raw) else repr(raw)
    if _YEAR_AND_MONTH.fullmatch(text):
        return _PARTIAL
    found = find_date(text)
    if found is None or found.rest:
        return _INVALID
    day = _complete(found, context)
    if day is None:
        return _unfinished(found)
    lost_zero = found.year is None and len(text.partition(".")[2]) == 1
    may_be_tens = lost_zero and as_date(day.year, found.month, found.day * 10) is not None
    return _judged(day, context, issue="ambiguous" if may_be_tens else None)


def _read_text(raw: str, context: DateContext) -> _Reading:
    if is_blank(raw):
        return _Reading(None)
    text = fold_date(raw)
    if _NUMERIC.fullmatch(text):
        return _read_number(float(text), context)
    found = find_date(text)
    if found is None:
        return _PARTIAL if is_partial(text) or find_clock(text) else _INVALID
    day = _complete(found, context)
    if day is None:
        return _unfinished(found)
    clock, issue = _read_rest(found.rest)
    if issue == "invalid":
        return _INVALID
    return _judged(day, context, clock, issue or ("ambiguous" if _is_doubtful(found, day, context) else None))


def _complete(found: Found, context: DateContext) -> datetime.date | None:
    """The day with the year that its writer left out or wrote with two digits."""
    last = context.last_day
    year = context.year or (last.year if last else None)
    if found.year is None:
        day = as_date(year, found.month, found.day) if year else None
        if day and last and (day - last).days > _AHEAD:
            return as_date(day.year - 1, found.month, found.day)
        return day
    if found.year >= 100:
        return as_date(found.year, found.month, found.day)
    newest = (year or 2040) + 10
    century = newest // 100 * 100
    return as_date(century + found.year - (100 if century + found.year > newest else 0), found.month, found.day)


def _is_doubtful(found: Found, day: datetime.date, context: DateContext) -> bool:
    """Whether the figures read another way as well, or the year before had to be guessed."""
    return found.doubtful or (found.year is None and day.year != (context.year or day.year))


def _unfinished(found: Found) -> _Reading:
    """No day came of it: the year is unknown, or the calendar has no such day."""
    possible = found.year is None and as_date(2000, found.month, found.day) is not None
    return _PARTIAL if possible else _INVALID


def _read_rest(rest: str) -> tuple[datetime.time | None, str | None]:
    """The time of day and the issue in what follows the date."""
    rest = rest[weekday.end() :] if (weekday := _WEEKDAY.match(rest)) else rest
    clock, failed = None, False
    if _NO_TIME.fullmatch(rest):
        return None, None
    if found := find_clock(rest):
        clock, rest, failed = found.time, found.rest.strip(), found.impossible
    if not rest:
        return clock, "partial" if failed else None
    for issue, form in (("range", _RANGE), ("multiple", _MORE), ("ambiguous", _NOTE)):
        if form.fullmatch(rest):
            return clock, issue
    return None, "invalid"


def _judged(
    day: datetime.date, context: DateContext, clock: datetime.time | None = None, issue: str | None = None
) -> _Reading:
    """The reading, unless its day is out of all reason."""
    last = _LAST_DAY if context.until is None else context.until + datetime.timedelta(days=_FAR_FUTURE)
    return _Reading(day, clock, issue) if _FIRST_DAY <= day <= last else _INVALID
